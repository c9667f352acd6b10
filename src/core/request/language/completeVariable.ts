import { DYNAMIC_VARIABLES } from '../dynamicVariables.ts';
import { parseJsonPath } from '../jsonPath/parseJsonPath.ts';
import { selectJson } from '../jsonPath/selectJson.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { RequestEntry } from '../requestFile.ts';
import { lineStartAt } from '../textLines.ts';
import { escapeSnippet, offer, type Completion } from './completion.ts';
import { operationOf } from './diagnoseAddress.ts';
import type { FileIndex } from './fileIndex.ts';
import { headersOf } from './headerNames.ts';

/** The `{{` before `offset` on its line that is not closed before it; undefined when there is none. */
export function openBraces(text: string, offset: number): number | undefined {
  const lineStart = lineStartAt(text, offset);
  const line = text.slice(lineStart, offset);
  const open = line.lastIndexOf('{{');
  return open < 0 || line.includes('}}', open) ? undefined : lineStart + open;
}

/** Names of variables, dynamic variables and values of earlier answers, inside `{{`. */
export function completeVariable(index: FileIndex, open: number, offset: number): Completion[] {
  const { text } = index.file;
  const written = text.slice(open + 2, offset);
  const response = /^\s*([A-Za-z_]\w*)\.response\.(body|headers)\.(.*)$/s.exec(written);
  const start = open + 2 + (written.length - written.trimStart().length);
  const closing = closingOf(text, offset);
  const range = { start, end: closing.end };
  const closed = (name: string): string => (closing.closed ? name : `${name}}}`);
  if (response !== null) {
    const [, name = '', part, path = ''] = response;
    const source = index.namedBefore(name, open);
    if (source === undefined) return [];
    const pathStart = offset - path.length;
    return part === 'body'
      ? completePath(index, source, path, pathStart, closing).map((found) =>
          // A value that holds no other ends the variable.
          found.again || found.label === '$.' ? found : offer({ ...found, text: closed(found.text) }),
        )
      : completeHeaders(index, source, { start: pathStart, end: closing.end }, closed);
  }
  const names = new Map<string, string>();
  for (const { values, environment } of index.layers) {
    for (const [name, value] of values) if (!names.has(name)) names.set(name, `${value} (${environment})`);
  }
  for (const name of index.variables.names()) {
    names.set(name, index.variables.find(name, open)?.value.text ?? '');
  }
  const requests = index
    .names()
    .flatMap((name) =>
      [`${name}.response.body.$.`, `${name}.response.headers.`].map((label) =>
        offer({ label, kind: 'request', range, again: true, sort: `2${label}` }),
      ),
    );
  return [
    ...[...names].map(([label, detail]) =>
      offer({ label, kind: 'variable', range, text: closed(label), detail: shorten(detail), sort: `1${label}` }),
    ),
    ...requests,
    ...DYNAMIC_VARIABLES.map(({ name, usage, description }) =>
      offer({
        label: name,
        kind: 'variable',
        range,
        text: closed(DYNAMIC_SNIPPETS[name] ?? escapeSnippet(name)),
        snippet: true,
        detail: usage,
        documentation: () => index.say(description),
        sort: `3${name}`,
      }),
    ),
  ];
}

const DYNAMIC_SNIPPETS: Readonly<Record<string, string>> = {
  $randomInt: '\\$randomInt ${1:1} ${2:100}',
  $processEnv: '\\$processEnv ${1:NAME}',
  $prompt: '\\$prompt ${1:Question}',
  $datetime: '\\$datetime ${1|iso8601,rfc1123|}',
};

/** Where the word ends, and whether `}}` follows. */
function closingOf(text: string, offset: number): { end: number; closed: boolean } {
  const rest = /^[^{}\r\n&?/]*?(?=\s*\}\})/.exec(text.slice(offset, offset + 200))?.[0];
  if (rest !== undefined) return { end: offset + rest.length, closed: true };
  // One brace of two: it is written anew with the other.
  const half = /^[^{}\r\n&?/]*\}(?!\})/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { end: offset + half, closed: false };
}

/** Keys below a path in the last answer of a request, or in the example that the catalog has for it. */
function completePath(
  index: FileIndex,
  source: RequestEntry,
  path: string,
  start: number,
  closing: { end: number },
): Completion[] {
  const json = index.context.answer?.(source)?.json ?? operationOf(source, index)?.operation.example;
  if (json === undefined)
    return path === '' ? [offer({ label: '$.', kind: 'property', range: { start, end: closing.end } })] : [];
  return completeJsonPath(json, path, start, closing.end);
}

/** The keys that may follow in a JSONPath such as `$.students.stu`. */
export function completeJsonPath(json: unknown, path: string, start: number, end: number): Completion[] {
  const cut = /^(\$.*?)(\.|\[)?([^.[\]]*)$/s.exec(path);
  if (cut === null) return [offer({ label: '$.', kind: 'property', range: { start, end }, again: true })];
  const [, head = '$', separator = '', word = ''] = cut;
  // What stands there is a whole key already: go on behind it. A longer key may be meant all the same.
  const further = word === '' ? [] : keysBelow(json, path, '', { start: start + path.length, end });
  const here = keysBelow(json, head, separator, { start: start + head.length, end });
  return [...further, ...here.filter(({ label }) => label !== separator + word)];
}

function keysBelow(json: unknown, path: string, separator: string, range: TextRange): Completion[] {
  const parsed = parseJsonPath(path);
  if ('reason' in parsed) return [];
  const offers = new Map<string, Completion>();
  for (const value of selectJson(parsed, json).slice(0, 50)) {
    if (Array.isArray(value)) {
      for (const label of ['[0]', '[*]', '[-1]'])
        offers.set(label, offer({ label, kind: 'property', range, detail: `${value.length}`, again: true }));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        const label = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", String.raw`\'`)}']`;
        if (separator === '[' && label.startsWith('.')) continue;
        offers.set(
          label,
          offer({
            label,
            kind: 'property',
            range,
            detail: preview(child),
            again: typeof child === 'object' && child !== null,
          }),
        );
      }
    }
  }
  return [...offers.values()];
}

function completeHeaders(
  index: FileIndex,
  source: RequestEntry,
  range: { start: number; end: number },
  closed: (name: string) => string,
): Completion[] {
  const answer = index.context.answer?.(source);
  const names = answer === undefined ? headersOf('response') : answer.headers.map(([name]) => name);
  return [...new Set(names)].map((label) => offer({ label, kind: 'header', range, text: closed(label) }));
}

/** A type and, for small values, the value: no more of a record than its owner already sees in the answer. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'object';
  return shorten(JSON.stringify(value) ?? '');
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
