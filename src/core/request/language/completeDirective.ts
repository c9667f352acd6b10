import { EXPECTATION_OPERATORS, EXPECTATION_SUBJECTS } from '../expectationSyntax.ts';
import { completeJsonPath } from './completeVariable.ts';
import { offer, type Completion } from './completion.ts';
import { operationOf } from './diagnoseAddress.ts';
import type { FileIndex } from './fileIndex.ts';
import { headersOf } from './headerNames.ts';
import words from './requestWords.json' with { type: 'json' };

export const DIRECTIVE_HELP: Readonly<Record<string, { snippet: string; description: string }>> = words.directives;

export const SUBJECT_HELP: Readonly<Record<string, string>> = words.subjects;

/** Offers for a comment line, from its `#` or `//` up to the cursor; undefined when it is no directive. */
export function completeDirective(index: FileIndex, lineStart: number, offset: number): Completion[] | undefined {
  const { text } = index.file;
  const line = text.slice(lineStart, offset);
  const naming = /^\s*(?:#+|\/\/+)\s*(@[\w-]*)?$/.exec(line);
  if (naming !== null) {
    const range = { start: offset - (naming[1]?.length ?? 0), end: offset };
    return Object.entries(DIRECTIVE_HELP).map(([name, { snippet, description }]) =>
      offer({
        label: `@${name}`,
        kind: 'directive',
        range,
        text: `@${snippet}`,
        snippet: true,
        documentation: () => index.say(description),
        again: name === 'server' || name === 'expect',
      }),
    );
  }
  const value = /^\s*(?:#+|\/\/+)\s*@([\w-]+)\s+(.*)$/s.exec(line);
  if (value === null) return undefined;
  const [, name = '', written = ''] = value;
  const range = { start: offset - written.length, end: offset };
  if (name === 'server')
    return (index.context.serverNames ?? []).map((label) => offer({ label, kind: 'server', range }));
  if (name === 'pages') return [offer({ label: 'all', kind: 'value', range })];
  if (name === 'timeout') return ['30 s', '500 ms', '2 m'].map((label) => offer({ label, kind: 'value', range }));
  return name === 'expect' ? completeExpectation(index, written, offset) : [];
}

function completeExpectation(index: FileIndex, written: string, offset: number): Completion[] {
  const word = /\S*$/.exec(written)?.[0] ?? '';
  const range = { start: offset - word.length, end: offset };
  if (word === written) {
    return EXPECTATION_SUBJECTS.map((label) =>
      offer({
        label,
        kind: 'value',
        range,
        text: `${label} `,
        documentation: () => index.say(SUBJECT_HELP[label] ?? ''),
        again: true,
      }),
    );
  }
  const header = /^header\s+(\S*)$/.exec(written);
  if (header !== null)
    return headersOf('response').map((label) =>
      offer({ label, kind: 'header', range, text: `${label} `, again: true }),
    );
  const body = /^body\s+(\S*)$/.exec(written);
  if (body !== null) return completeBodyPath(index, body[1] ?? '', offset);
  if (!/^(?:status|duration|count|header\s+\S+|body\s+\$.*?)\s+(?:not\s*)?\S*$/.test(written)) return [];
  return EXPECTATION_OPERATORS.map((label, at) =>
    offer({
      label,
      kind: 'operator',
      range,
      text: label.endsWith('exists') ? label : `${label} `,
      sort: String(at).padStart(2, '0'),
    }),
  );
}

function completeBodyPath(index: FileIndex, path: string, offset: number): Completion[] {
  const request = index.blockAt(offset)?.request;
  if (request === undefined) return [];
  const answer = index.context.answer?.(request)?.json;
  const json = answer ?? operationOf(request, index)?.operation.example;
  const start = offset - path.length;
  return json === undefined
    ? [offer({ label: '$.', kind: 'property', range: { start, end: offset } })]
    : completeJsonPath(json, path, start, offset);
}
