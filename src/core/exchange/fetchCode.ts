import type { BodyPart, ExportableRequest } from './exportableRequest.ts';
import { plainText, type Template } from './template.ts';

/** JavaScript with `fetch`, as a module that Node runs as it is. */
export function toFetch({ title, method, url, headers, body, notes }: ExportableRequest): string {
  const lines: string[] = [];
  const files = body?.parts.some(({ kind }) => kind === 'file') ?? false;
  if (files) lines.push("import { readFile } from 'node:fs/promises';", '');
  lines.push(...[title, ...notes].map((note) => `// ${oneLine(note)}`));
  const bodiless = method === 'GET' || method === 'HEAD';
  if (body !== undefined && bodiless) lines.push(`// fetch sends no body with ${method}; it is left out.`);
  lines.push(`const response = await fetch(${literal(url)}, {`, `  method: ${JSON.stringify(method)},`);
  if (headers.length > 0) {
    lines.push('  headers: [');
    for (const [name, value] of headers) lines.push(`    [${JSON.stringify(name)}, ${headerValue(value)}],`);
    lines.push('  ],');
  }
  if (body !== undefined && !bodiless) lines.push(`  body: ${bodyOf(body.parts)},`);
  lines.push('});', 'console.log(response.status, await response.text());', '');
  return lines.join('\n');
}

function bodyOf(parts: readonly BodyPart[]): string {
  const [only] = parts;
  const pieces = parts.map((part) =>
    part.kind === 'text' ? literal(part.text) : `await readFile(${JSON.stringify(part.path)})`,
  );
  if (parts.length === 1 && only !== undefined) return pieces[0] ?? "''";
  return `new Blob([${pieces.join(', ')}])`;
}

/** fetch sends one byte for each character, and refuses those that have none: the bytes of UTF-8 go out as they are. */
function headerValue(value: Template): string {
  const wide = value.some((part) => typeof part === 'string' && /[^\p{ASCII}]/u.test(part));
  return wide ? `Buffer.from(${literal(value)}).toString('latin1')` : literal(value);
}

/** A string literal, or a template literal where the environment fills in. */
function literal(template: Template): string {
  const text = plainText(template);
  if (text !== undefined) return JSON.stringify(text);
  const parts = template.map((part) =>
    typeof part === 'string'
      ? part.replace(/[\\`]|\$(?=\{)/g, String.raw`\$&`).replaceAll('\r', String.raw`\r`)
      : `\${process.env.${part.env}}`,
  );
  return `\`${parts.join('')}\``;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
