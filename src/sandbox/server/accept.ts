/**
 * Whether the caller asks for JSON. `/ws/v1` answers XML otherwise, also to a wildcard: scripts that set nothing get
 * XML from a real server.
 */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  let json = 0;
  let xml = 0;
  for (const part of accept.split(',')) {
    const [type, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1);
    if (type === 'application/json') json = Math.max(json, quality);
    if (type === 'application/xml' || type === 'text/xml') xml = Math.max(xml, quality);
  }
  return json > 0 && json >= xml;
}
