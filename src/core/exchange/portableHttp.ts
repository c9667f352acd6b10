import { SECRET_VARIABLE, isSecretHeader, withoutCredentials } from '../request/credentialPatterns.ts';
import { FileVariables } from '../request/fileVariables.ts';
import type { FileVariable, RequestEntry, RequestFile } from '../request/requestFile.ts';
import { findVariableUses, readExpression } from '../request/variableUse.ts';

const SECRET = '{{secret}}';

export interface PortableOptions {
  /** Origin of the active server, written as the value of `host`. */
  readonly origin?: string | undefined;
}

/**
 * A request as REST Client, httpYac and JetBrains run it: `{{host}}/ws/…`, an Authorization line with a variable, and
 * the file variables that it uses. Directives stay: they are comments there. Values of earlier answers stay as REST
 * Client reads them; no way to write them is known to two of the three.
 */
export function toPortableHttp(
  file: RequestFile,
  requests: readonly RequestEntry[],
  options: PortableOptions = {},
): string {
  const blocks = requests.map((request) => portableBlock(request));
  const onServer = requests.some(isOnServer);
  const head = [
    ...(onServer ? [`@host = ${options.origin ?? 'https://powerschool.example.org'}`] : []),
    ...usedVariables(file, requests).map(({ name, value }) => `@${name.text} = ${value.text}`),
  ];
  return `${head.length === 0 ? '' : `${head.join('\n')}\n\n`}${blocks.join('\n')}`;
}

function portableBlock(request: RequestEntry): string {
  const { title, directives, method, target, headers, body } = request;
  const lines = [title === undefined ? '###' : `### ${title.text}`];
  for (const { name, value } of directives) lines.push(`# @${name.text} ${value.text}`.trimEnd());
  const [first, ...rest] = target.pieces;
  lines.push(`${method.text} ${isOnServer(request) ? '{{host}}' : ''}${withoutCredentials(first?.text ?? '', SECRET)}`);
  for (const piece of rest) lines.push(`  ${withoutCredentials(piece.text, SECRET)}`);
  for (const { name, value } of headers) lines.push(`${name.text}: ${secretFree(name.text, value.text)}`.trimEnd());
  const has = (wanted: string): boolean => headers.some(({ name }) => name.text.toLowerCase() === wanted);
  if (isOnServer(request)) {
    if (!has('authorization')) lines.push('Authorization: Bearer {{token}}');
    if (!has('accept')) lines.push('Accept: application/json');
    if (body !== undefined && !has('content-type')) lines.push('Content-Type: application/json');
  }
  if (body !== undefined) {
    lines.push('');
    for (const line of body.lines) {
      if (line.kind === 'text') lines.push(withoutCredentials(line.text, SECRET));
      else lines.push(`<${line.substitute ? '@' : ''}${line.encoding?.text ?? ''} ${line.path.text}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function isOnServer({ target }: RequestEntry): boolean {
  return target.text.startsWith('/');
}

function secretFree(name: string, value: string): string {
  if (value.includes('{{') || !isSecretHeader(name)) return value;
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? '{{token}}' : `${scheme} {{token}}`;
}

/** The definitions that the requests take values from, those before the ones that use them. */
function usedVariables(file: RequestFile, requests: readonly RequestEntry[]): FileVariable[] {
  const variables = new FileVariables(file);
  const used = new Set<FileVariable>();
  const pending = requests.map(({ range }) => range);
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    for (const { inner } of findVariableUses(file.text, range.start, range.end)) {
      const expression = readExpression(inner.text);
      const definition = expression.kind === 'name' ? variables.find(expression.name, inner.range.start) : undefined;
      if (definition === undefined || used.has(definition)) continue;
      used.add(definition);
      pending.push(definition.value.range);
    }
  }
  return file.variables.filter(
    (variable) =>
      used.has(variable) && !(SECRET_VARIABLE.test(variable.name.text) && !variable.value.text.includes('{{')),
  );
}
