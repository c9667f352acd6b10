/** Placeholder until the client's record finder is there. */
export function countRecords(json: unknown): number | undefined {
  if (Array.isArray(json)) return json.length;
  if (typeof json !== 'object' || json === null) return undefined;
  const [wrapper] = Object.values(json) as unknown[];
  if (typeof wrapper !== 'object' || wrapper === null) return undefined;
  const items = Object.entries(wrapper).filter(([key]) => !key.startsWith('@'));
  const [item] = items;
  if (item === undefined) return 0;
  return Array.isArray(item[1]) ? item[1].length : 1;
}
