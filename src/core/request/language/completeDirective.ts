import { EXPECTATION_OPERATORS, EXPECTATION_SUBJECTS } from '../expectationSyntax.ts';
import { completeJsonPath } from './completeVariable.ts';
import { offer, type Completion } from './completion.ts';
import { operationOf } from './diagnoseAddress.ts';
import type { FileIndex } from './fileIndex.ts';
import { headersOf } from './headerNames.ts';

export const DIRECTIVE_HELP: Readonly<Record<string, { snippet: string; description: string }>> = {
  name: {
    snippet: 'name ${1:students}',
    description:
      'A name for this request: later ones take values from its answer with `{{name.response.body.$.path}}`, and `run --name` picks it.',
  },
  server: {
    snippet: 'server ',
    description: 'Sends this request to the server with this name instead of the active one.',
  },
  pages: { snippet: 'pages all', description: 'Reads all pages of the list and puts their records together.' },
  timeout: {
    snippet: 'timeout ${1:30} ${2|s,ms,m|}',
    description: 'Ends the request when the answer is not complete in this time. A bare number is seconds.',
  },
  expect: {
    snippet: 'expect ',
    description:
      'Compares the answer: `status == 200`, `count > 0`, `duration < 500`, `header NAME contains json`, `body $.path == 5`.',
  },
};

export const SUBJECT_HELP: Readonly<Record<string, string>> = {
  status: 'The status of the answer, such as 200. An HTTP error is expected only when a status line names it.',
  duration: 'Milliseconds from the start of the connection to the end of the body.',
  count: 'The number of records in the body: 1 for a row that came as an object, 0 for a list without rows.',
  header: 'A header of the answer, by name in any case. One that looks like a number compares with numbers.',
  body: 'A value in the JSON body, by JSONPath (RFC 9535). Several matches compare as an array.',
};

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
