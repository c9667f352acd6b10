import { offer, type Completion } from './completion.ts';
import { completeDirective } from './completeDirective.ts';
import { completeBodyKeys } from './completeBody.ts';
import { completeMethods, completePaths, completeQuery } from './completeTarget.ts';
import { completeVariable, openBraces } from './completeVariable.ts';
import { lineStartAt } from '../textLines.ts';
import type { FileIndex } from './fileIndex.ts';
import { headersOf, knownHeader } from './headerNames.ts';

/** What can be written at a place. The offers are not filtered by what is already written there. */
export function completeAt(index: FileIndex, offset: number): Completion[] {
  const { text } = index.file;
  const lineStart = lineStartAt(text, offset);
  const lineEnd = lineEndAfter(text, offset);
  const fitting: Completion[] = [];
  // A value over several lines is completed on the line of the cursor, or not at all.
  for (const found of offersAt(index, offset)) {
    const { start, end } = found.range;
    if (start < lineStart || start > offset || end < offset) continue;
    fitting.push(end <= lineEnd ? found : offer({ ...found, range: { start, end: lineEnd } }));
  }
  return fitting;
}

function offersAt(whole: FileIndex, offset: number): Completion[] {
  const request = whole.blockAt(offset)?.request;
  const index = whole.for(request);
  const { text } = index.file;
  const open = openBraces(text, offset);
  if (open !== undefined) return completeVariable(index, open, offset);
  const lineStart = lineStartAt(text, offset);
  const line = text.slice(lineStart, offset);
  if (line.startsWith('###')) return [];
  if (/^\s*(?:#|\/\/)/.test(line)) return completeDirective(index, lineStart, offset) ?? [];

  if (request === undefined || offset <= lineEndAfter(text, request.method.range.start)) {
    return offset < (request?.method.range.start ?? 0)
      ? completeEmptyLine(index, line, offset)
      : completeRequestLine(index, line, lineStart, offset);
  }
  if (/^\s*[?&]/.test(line) || offset <= request.target.range.end)
    return completeQuery(index, request, offset) ?? completeContinuation(index, line, offset);
  const { body, headers } = request;
  if (body !== undefined && offset >= body.range.start)
    return completeInclude(index, line, offset) ?? completeBodyKeys(index, request, offset);
  // An empty line ends the headers.
  const last = headers.at(-1)?.range.end ?? request.target.range.end;
  if (/\n\s*\n/.test(text.slice(last, offset).replaceAll('\r\n', '\n')))
    return completeInclude(index, line, offset) ?? [];
  return completeHeader(index, line, offset);
}

function completeEmptyLine(index: FileIndex, line: string, offset: number): Completion[] {
  return line.trim() === '' ? completeMethods(index, { start: offset, end: offset }) : [];
}

function completeRequestLine(index: FileIndex, line: string, lineStart: number, offset: number): Completion[] {
  const [whole, blanks = '', method, path] = /^(\s*)([A-Za-z]+)?(?:\s+(.*))?$/s.exec(line) ?? [];
  if (whole === undefined) {
    const start = lineStart + (line.length - line.trimStart().length);
    const request = index.blockAt(offset)?.request;
    const query = request === undefined ? undefined : completeQuery(index, request, offset);
    return query ?? completePaths(index, undefined, pathRange(index, start, offset), offset);
  }
  if (path === undefined) {
    const range = { start: lineStart + blanks.length, end: offset };
    const atWord = completeMethods(index, range);
    if (method !== undefined) return atWord;
    return [...atWord, ...completePaths(index, undefined, range, offset)];
  }
  const request = index.blockAt(offset)?.request;
  const query = request === undefined ? undefined : completeQuery(index, request, offset);
  return query ?? completePaths(index, method?.toUpperCase(), pathRange(index, offset - path.length, offset), offset);
}

/** The path as written, without a base such as `{{host}}` before it and without the query behind it. */
function pathRange(index: FileIndex, start: number, offset: number): { start: number; end: number } {
  const { text } = index.file;
  const base = /^(?:\{\{[^{}]*\}\}|https?:\/\/[^/?#\s]*)/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const rest = /^[^\s?#]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return { start: start + base, end: offset + rest };
}

/** A line with `?` or `&` alone below a target that has no query yet. */
function completeContinuation(index: FileIndex, line: string, offset: number): Completion[] {
  const request = index.blockAt(offset)?.request;
  const match =
    request === undefined || !/^\s*[?&]$/.test(line)
      ? undefined
      : index.operations?.match(request.method.text, index.address(request).path.text);
  return (match?.operation.queryParams ?? []).map(({ name }) =>
    offer({ label: name, kind: 'parameter', range: { start: offset, end: offset }, text: `${name}=`, again: true }),
  );
}

function completeHeader(index: FileIndex, line: string, offset: number): Completion[] {
  const colon = line.indexOf(':');
  if (colon < 0) {
    const range = { start: offset - line.trimStart().length, end: offset };
    return headersOf('request').map((label) =>
      offer({
        label,
        kind: 'header',
        range,
        text: `${label}: `,
        documentation: () => index.say(knownHeader(label)?.description ?? ''),
        again: true,
      }),
    );
  }
  const written = line.slice(colon + 1).trimStart();
  const range = { start: offset - written.length, end: offset };
  return (knownHeader(line.slice(0, colon).trim())?.values ?? []).map((label) =>
    offer({ label, kind: 'value', range }),
  );
}

/** Files for `< ./file`; undefined when the line is none. */
function completeInclude(index: FileIndex, line: string, offset: number): Completion[] | undefined {
  const include = /^<@?\w*\s+(.*)$/.exec(line);
  if (include === null) return undefined;
  const range = { start: offset - (include[1]?.length ?? 0), end: offset };
  return (index.context.nearbyFiles?.() ?? []).map((label) => offer({ label, kind: 'file', range }));
}

function lineEndAfter(text: string, offset: number): number {
  const end = /[\r\n]/.exec(text.slice(offset))?.index;
  return end === undefined ? text.length : offset + end;
}
