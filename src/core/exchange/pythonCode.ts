import type { BodyPart, ExportableRequest } from './exportableRequest.ts';
import { environmentNames, type Template } from './template.ts';

/** Python with the `requests` package. */
export function toPython({ title, method, url, headers, body, notes }: ExportableRequest): string {
  const texts = body?.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])) ?? [];
  const usesEnvironment = environmentNames([url, ...headers.map(([, value]) => value), ...texts]).length > 0;
  const lines = [
    ...(usesEnvironment ? ['import os'] : []),
    'import requests',
    '',
    ...[title, ...notes].map((note) => `# ${note.replace(/\s+/g, ' ')}`),
  ];
  lines.push('response = requests.request(', `    ${literal([method])},`, `    ${literal(url)},`);
  if (headers.length > 0) {
    lines.push('    headers={');
    for (const [name, values] of byName(headers)) lines.push(`        ${literal([name])}: ${headerValue(values)},`);
    lines.push('    },');
  }
  if (body !== undefined) lines.push(`    data=${body.parts.map(bodyPart).join(' + ')},`);
  lines.push('    timeout=60,', ')', 'print(response.status_code, response.text)', '');
  return lines.join('\n');
}

/** A dictionary holds a header once: values of one name are joined, as HTTP allows. */
function byName(headers: ExportableRequest['headers']): [string, Template[]][] {
  const found = new Map<string, [string, Template[]]>();
  for (const [name, value] of headers) {
    const same = found.get(name.toLowerCase());
    if (same === undefined) found.set(name.toLowerCase(), [name, [value]]);
    else same[1].push(value);
  }
  return [...found.values()];
}

function headerValue(values: readonly Template[]): string {
  const joined = values.flatMap((value, index) => (index === 0 ? value : [', ', ...value]));
  const text = literal(joined);
  // Header texts are sent as Latin-1; bytes go out as they are.
  const wide = joined.some((part) => typeof part === 'string' && /[^\p{ASCII}]/u.test(part));
  return wide ? `(${text}).encode("utf-8")` : text;
}

function bodyPart(part: BodyPart): string {
  return part.kind === 'text'
    ? `(${literal(part.text)}).encode("utf-8")`
    : `open(${literal([part.path])}, "rb").read()`;
}

function literal(template: Template): string {
  if (template.length === 0) return '""';
  return template
    .map((part) => (typeof part === 'string' ? pythonString(part) : `os.environ[${pythonString(part.env)}]`))
    .join(' + ');
}

/** JSON's escapes are Python's too; other control characters are written as escapes. */
function pythonString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
