import type { ExportableRequest } from './exportableRequest.ts';
import { mapText, type Template } from './template.ts';

/** A curl command for a POSIX shell (bash, zsh, sh). */
export function toCurl(request: ExportableRequest): string {
  const { method, url, headers, body, notes } = request;
  const words = ['curl'];
  // Brackets and braces in an address would be read as patterns.
  if (url.some((part) => typeof part === 'string' && /[[\]{}]/.test(part))) words.push('--globoff');
  if (method === 'HEAD') words.push('--head');
  else if (method !== 'GET' || body !== undefined) words.push(`--request ${method}`);
  words.push(quote(url));
  for (const [name, value] of headers) {
    const empty = value.every((part) => part === '');
    words.push(`--header ${quote(empty ? [`${name};`] : [`${name}: `, ...value])}`);
  }
  const piped = addBody(request, words);
  const command = words.join(' \\\n  ');
  const comments = notes.map((note) => `# ${note}\n`).join('');
  return `${comments}${piped === undefined ? '' : `${piped} |\n`}${command}\n`;
}

/** Adds the body's words; a body of several parts is piped in, and the command before the pipe is returned. */
function addBody({ headers, body }: ExportableRequest, words: string[]): string | undefined {
  if (body === undefined) return undefined;
  // Without this curl would call any body a form.
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) words.push("--header 'Content-Type:'");
  const [only] = body.parts;
  if (body.parts.length === 1 && only?.kind === 'text') {
    words.push(`--data-raw ${quote(only.text)}`);
    return undefined;
  }
  if (body.parts.length === 1 && only?.kind === 'file') {
    words.push(`--data-binary ${quote([`@${only.path}`])}`);
    return undefined;
  }
  words.push('--data-binary @-');
  const commands = body.parts.map((part) =>
    part.kind === 'text'
      ? `printf %s ${quote(part.text)}`
      : `cat ${quote([part.path.startsWith('-') ? `./${part.path}` : part.path])}`,
  );
  return `{ ${commands.join('; ')}; }`;
}

/** One word for the shell: texts in single quotes, variables of the environment in double ones. */
export function quote(template: Template): string {
  const parts = mapText(template, (text) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`));
  const word = parts.map((part) => (typeof part === 'string' ? part : `"$${part.env}"`)).join('');
  return word === '' ? "''" : word;
}
