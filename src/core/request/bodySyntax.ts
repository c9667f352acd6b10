import type { BodyLine, HeaderLine, IncludeLine, RequestBody } from './requestFile.ts';
import { span } from './requestLine.ts';

/** Reads `< ./file`, `<@ ./file` or `<@latin1 ./file` at the first column. */
export function readInclude(text: string, start: number, end: number): IncludeLine | undefined {
  if (text.charCodeAt(start) !== 60) return undefined;
  const match = /^<(@?)(\w*)[ \t]+(\S.*?)\s*$/.exec(text.slice(start, end));
  if (match === null) return undefined;
  const [, at = '', encoding = '', path = ''] = match;
  if (at === '' && encoding !== '') return undefined;
  const pathStart = start + match[0].indexOf(path, 1 + at.length + encoding.length);
  return {
    kind: 'include',
    path: span(text, pathStart, pathStart + path.length),
    substitute: at !== '',
    encoding: encoding === '' ? undefined : span(text, start + 2, start + 2 + encoding.length),
    range: { start, end: pathStart + path.length },
  };
}

/** Takes the blank lines around off; undefined when nothing is left. */
export function makeBody(lines: readonly BodyLine[], headers: readonly HeaderLine[]): RequestBody | undefined {
  let first = 0;
  let last = lines.length - 1;
  while (first <= last && isBlankLine(lines[first])) first++;
  while (last >= first && isBlankLine(lines[last])) last--;
  const kept = lines.slice(first, last + 1);
  const start = kept[0];
  const end = kept.at(-1);
  if (start === undefined || end === undefined) return undefined;
  return { kind: bodyKind(headers), range: { start: start.range.start, end: end.range.end }, lines: kept };
}

function isBlankLine(line: BodyLine | undefined): boolean {
  return line?.kind === 'text' && line.text.trim() === '';
}

function bodyKind(headers: readonly HeaderLine[]): RequestBody['kind'] {
  const type = contentType(headers);
  if (type.startsWith('multipart/')) return 'multipart';
  return type.startsWith('application/x-www-form-urlencoded') ? 'form' : 'text';
}

/** The Content-Type header's value in lower case; empty when there is none. */
export function contentType(headers: readonly HeaderLine[]): string {
  const header = headers.find(({ name }) => name.text.toLowerCase() === 'content-type');
  return header?.value.text.toLowerCase() ?? '';
}
