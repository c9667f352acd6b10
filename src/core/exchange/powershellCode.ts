import type { BodyPart, ExportableRequest } from './exportableRequest.ts';
import { tidy, type Template } from './template.ts';

/** PowerShell with `Invoke-RestMethod`, for Windows PowerShell 5.1 and PowerShell 7. */
export function toPowerShell({ title, method, url, headers, body, notes }: ExportableRequest): string {
  const lines = [title, ...notes].map((note) => `# ${note.replace(/\s+/g, ' ')}`);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  lines.push('[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12');
  if (others.length > 0) {
    lines.push('$headers = @{');
    for (const [name, value] of joinedByName(others)) lines.push(`  ${literal([name])} = ${literal(value)}`);
    lines.push('}');
  }
  if (body !== undefined) lines.push(...bodyLines(body.parts));
  const call = [
    'Invoke-RestMethod',
    `-Method ${method.charAt(0)}${method.slice(1).toLowerCase()}`,
    `-Uri ${literal(url)}`,
  ];
  if (others.length > 0) call.push('-Headers $headers');
  if (type !== undefined) call.push(`-ContentType ${literal(type)}`);
  if (body !== undefined) call.push('-Body $body');
  lines.push(call.join(' '), '');
  return lines.join('\n');
}

/** Bytes, so that characters outside Latin-1 survive. */
function bodyLines(parts: readonly BodyPart[]): string[] {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return [`$body = ${bytesOf(only)}`];
  return ['$body = [byte[]]@()', ...parts.map((part) => `$body += ${bytesOf(part)}`)];
}

function bytesOf(part: BodyPart): string {
  if (part.kind === 'text') return `[Text.Encoding]::UTF8.GetBytes(${literal(part.text)})`;
  return `[IO.File]::ReadAllBytes((Resolve-Path ${literal([part.path])}))`;
}

function joinedByName(headers: ExportableRequest['headers']): [string, Template][] {
  const found = new Map<string, [string, Template]>();
  for (const [name, value] of headers) {
    const same = found.get(name.toLowerCase());
    if (same === undefined) found.set(name.toLowerCase(), [name, value]);
    else same[1] = [...same[1], ', ', ...value];
  }
  return [...found.values()];
}

function literal(template: Template): string {
  const parts = tidy(template).map((part) => (typeof part === 'string' ? powerShellString(part) : `$env:${part.env}`));
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(' + ')})`;
}

/** Single quotes; PowerShell reads the curly ones as quotes too, so all of them are doubled. */
function powerShellString(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
