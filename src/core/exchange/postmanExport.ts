import { contentType } from '../request/bodySyntax.ts';
import { isSecretHeader, SECRET_VARIABLE, withoutCredentials } from '../request/credentialPatterns.ts';
import { readExpectation, type Expectation } from '../request/expectationSyntax.ts';
import { parseJsonPath } from '../request/jsonPath/parseJsonPath.ts';
import type { JsonPath } from '../request/jsonPath/jsonPath.ts';
import { requestTitle } from '../request/language/outline.ts';
import type { RequestEntry, RequestFile } from '../request/requestFile.ts';
import { type ResponseValue, findVariableUses, readExpression } from '../request/variableUse.ts';
import { note, type ImportNote } from './importNote.ts';

export interface PostmanExport {
  /** A collection of schema v2.1, as JSON text. */
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * Writes request files as a Postman collection: one folder for each file when there are several. The server becomes
 * `{{host}}`, its sign-in `{{token}}`; expectations become tests, values of earlier answers become collection variables
 * that the tests of those requests set. Nothing secret is written.
 */
export function toPostman(
  name: string,
  files: readonly { readonly name: string; readonly file: RequestFile }[],
): PostmanExport {
  const notes: ImportNote[] = [];
  const variables = new Map<string, string>([
    ['host', 'https://powerschool.example.org'],
    ['token', ''],
  ]);
  const folders = files.map(({ name: folder, file }) => {
    for (const { name: variable, value } of file.variables) {
      if (variables.has(variable.text)) continue;
      const secret = SECRET_VARIABLE.test(variable.text) && !value.text.includes('{{');
      variables.set(variable.text, secret ? '' : rewriteUses(value.text));
    }
    const captures = capturesOf(file);
    for (const { variable } of captures) variables.set(variable, '');
    return { name: folder, item: file.requests.map((request) => itemOf(request, captures, notes)) };
  });
  const [only] = folders;
  const collection = {
    info: { name, schema: SCHEMA },
    item: folders.length === 1 && only !== undefined ? only.item : folders,
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [...variables].map(([key, value]) => ({ key, value })),
  };
  return { text: `${JSON.stringify(collection, undefined, 2)}\n`, notes };
}

interface Capture {
  readonly request: string;
  readonly value: ResponseValue;
  /** The collection variable that holds it. */
  readonly variable: string;
}

/** Values of earlier answers that requests of the file use. */
function capturesOf(file: RequestFile): Capture[] {
  const captures = new Map<string, Capture>();
  for (const { inner } of findVariableUses(file.text)) {
    const value = readExpression(inner.text);
    if (value.kind === 'response')
      captures.set(captureName(value), { request: value.request, value, variable: captureName(value) });
  }
  return [...captures.values()];
}

function captureName({ request, part, path }: ResponseValue): string {
  return `${request}_${part === 'headers' ? 'header_' : ''}${path.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'body'}`;
}

/** `{{x.response…}}` by the variable that holds the value, `{{$prompt …}}` and others by what Postman knows. */
function rewriteUses(text: string): string {
  let result = '';
  let at = 0;
  for (const { range, inner } of findVariableUses(text)) {
    result += `${text.slice(at, range.start)}{{${rewriteUse(inner.text)}}}`;
    at = range.end;
  }
  return result + text.slice(at);
}

function rewriteUse(inner: string): string {
  const expression = readExpression(inner);
  if (expression.kind === 'response') return captureName(expression);
  if (expression.kind !== 'dynamic') return inner;
  const { name, args } = expression;
  if (name === '$uuid' || name === '$random.uuid') return '$guid';
  return args === '' ? name : args.replace(/[^A-Za-z0-9_.-]+/g, '_');
}

function itemOf(request: RequestEntry, captures: readonly Capture[], notes: ImportNote[]): unknown {
  const { method, target, headers, body } = request;
  const title = requestTitle(request);
  const onServer = target.text.startsWith('/');
  const address = `${onServer ? '{{host}}' : ''}${withoutCredentials(rewriteUses(target.text), '{{secret}}')}`;
  const script = testScript(request, captures, notes);
  const has = (wanted: string): boolean => headers.some(({ name }) => name.text.toLowerCase() === wanted);
  const header = headers.map(({ name, value }) => ({
    key: name.text,
    value: isSecretHeader(name.text) && !value.text.includes('{{') ? '{{token}}' : rewriteUses(value.text),
  }));
  // What is sent from here without being written: without it PowerSchool answers in XML.
  if (onServer && !has('accept')) header.push({ key: 'Accept', value: 'application/json' });
  if (onServer && body !== undefined && !has('content-type'))
    header.push({ key: 'Content-Type', value: 'application/json' });
  return {
    name: title,
    ...(script.length === 0 ? {} : { event: [{ listen: 'test', script: { type: 'text/javascript', exec: script } }] }),
    request: {
      method: method.text,
      header,
      // Of an address in parts Postman reads the parts and not `raw`; a whole one it takes apart itself.
      url: address,
      ...(onServer && !has('authorization') ? {} : { auth: { type: 'noauth' } }),
      ...(body === undefined ? {} : { body: postmanBody(request, notes) }),
    },
  };
}

function postmanBody(request: RequestEntry, notes: ImportNote[]): unknown {
  const { body, headers } = request;
  const [first] = body?.lines ?? [];
  if (first?.kind === 'include' && body?.lines.length === 1) return { mode: 'file', file: { src: first.path.text } };
  if (body?.lines.some(({ kind }) => kind === 'include') === true) {
    notes.push(
      note(requestTitle(request), 'Files among the lines of its body were left out: Postman cannot mix them.'),
    );
  }
  const lines = (body?.lines ?? []).flatMap((line) => (line.kind === 'text' ? [line.text] : []));
  const separator = body?.kind === 'multipart' ? '\r\n' : '\n';
  const json = /json/.test(contentType(headers)) || /^\s*[[{]/.test(lines[0] ?? '');
  const raw = withoutCredentials(
    rewriteUses(body?.kind === 'form' ? joinedForm(lines) : lines.join(separator)),
    '{{secret}}',
  );
  return { mode: 'raw', raw, options: { raw: { language: json ? 'json' : 'text' } } };
}

/** A line that starts with `&` goes on, another one is a line of the value: as it is sent from here. */
function joinedForm(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .reduce(
      (form, line, at) => `${form}${at === 0 || line.startsWith('&') || form.endsWith('&') ? '' : '%0A'}${line}`,
      '',
    );
}

function testScript(request: RequestEntry, captures: readonly Capture[], notes: ImportNote[]): string[] {
  const lines: string[] = [];
  for (const directive of request.directives) {
    if (directive.name.text !== 'expect') continue;
    const expectation = readExpectation(directive);
    const statement = 'reason' in expectation ? undefined : statementOf(expectation);
    if (statement === undefined) {
      notes.push(
        note(
          requestTitle(request),
          'This expectation has no counterpart and stands as a comment: {0}',
          directive.value.text,
        ),
      );
      lines.push(`// ${directive.value.text}`);
    } else lines.push(`pm.test(${JSON.stringify(directive.value.text)}, () => { ${statement} });`);
  }
  for (const { request: source, value, variable } of captures) {
    if (source !== request.name?.text) continue;
    const read =
      value.part === 'headers'
        ? `pm.response.headers.get(${JSON.stringify(value.path)})`
        : value.path === '*'
          ? 'pm.response.text()'
          : bodyAccess(value.path);
    if (read === undefined) notes.push(note(requestTitle(request), 'The value {0} cannot be taken over.', value.path));
    else lines.push(`pm.collectionVariables.set(${JSON.stringify(variable)}, ${read});`);
  }
  return lines;
}

const CHAI: Readonly<Record<string, string>> = {
  '==': 'eql',
  '!=': 'not.eql',
  '<': 'be.below',
  '<=': 'be.at.most',
  '>': 'be.above',
  '>=': 'be.at.least',
  contains: 'include',
};

function statementOf({ subject, selector, operator, value }: Expectation): string | undefined {
  const actual = actualOf(subject, selector?.text ?? '');
  if (actual === undefined || value?.text.includes('{{') === true) return undefined;
  if (operator === 'exists')
    return subject === 'header'
      ? `pm.expect(${actual}).to.be.a('string');`
      : `pm.expect(${actual}).to.not.be.undefined;`;
  if (operator === 'not exists') return `pm.expect(${actual}).to.be.undefined;`;
  const written = value?.text ?? '';
  const literal = isJson(written) ? written : JSON.stringify(written);
  if (operator === 'matches')
    return `pm.expect(String(${actual})).to.match(new RegExp(${isJson(written) && written.startsWith('"') ? written : JSON.stringify(written)}));`;
  return `pm.expect(${actual}).to.${CHAI[operator] ?? 'eql'}(${literal});`;
}

function actualOf(subject: Expectation['subject'], selector: string): string | undefined {
  switch (subject) {
    case 'status':
      return 'pm.response.code';
    case 'duration':
      return 'pm.response.responseTime';
    case 'header':
      return `pm.response.headers.get(${JSON.stringify(selector)})`;
    case 'body':
      return bodyAccess(selector);
    case 'count':
      break;
  }
  return undefined;
}

/** JavaScript that reads a plain path of the body. */
function bodyAccess(path: string): string | undefined {
  const parsed = parseJsonPath(path);
  if ('reason' in parsed || !parsed.singular) return undefined;
  return `pm.response.json()${keysOf(parsed)
    .map((key) => (typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key) ? `?.${key}` : `?.[${JSON.stringify(key)}]`))
    .join('')}`;
}

function keysOf({ segments }: JsonPath): (string | number)[] {
  return segments.flatMap(({ selectors }) =>
    selectors.map((selector) =>
      selector.kind === 'name' ? selector.name : selector.kind === 'index' ? selector.index : '',
    ),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
