import type { ExportableBody, ExportableRequest } from './exportableRequest.ts';
import { mapText, tidy, type Template } from './template.ts';

/** How a shell writes words and lines. */
interface Shell {
  quote(template: Template): string;
  /** Between two words on lines of their own. */
  readonly continued: string;
  readonly comment: string;
  /** Words for a body of several parts, and the command whose output is piped in. */
  parts(body: ExportableBody): { readonly words: readonly string[]; readonly before: string };
}

/** A curl command for a POSIX shell (bash, zsh, sh). */
export function toCurl(request: ExportableRequest): string {
  return write(request, POSIX);
}

/**
 * A curl command for cmd.exe, to be pasted at its prompt. cmd cannot put texts and files together: such a body must lie
 * in a file, which a comment says.
 */
export function toCurlForCmd(request: ExportableRequest): string {
  return write(request, CMD);
}

function write({ method, url, headers, body, notes }: ExportableRequest, shell: Shell): string {
  const words = ['curl'];
  let before = '';
  // Brackets and braces in an address would be read as patterns.
  if (url.some((part) => typeof part === 'string' && /[[\]{}]/.test(part))) words.push('--globoff');
  if (method === 'HEAD') words.push('--head');
  else if (method !== 'GET' || body !== undefined) words.push(`--request ${method}`);
  words.push(shell.quote(url));
  for (const [name, value] of headers) {
    const empty = value.every((part) => part === '');
    words.push(`--header ${shell.quote(empty ? [`${name};`] : [`${name}: `, ...value])}`);
  }
  if (body !== undefined) {
    // Without this curl would call any body a form.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      words.push(`--header ${shell.quote(['Content-Type:'])}`);
    const written = bodyWords(body, shell);
    words.push(...written.words);
    before = written.before;
  }
  const comments = notes.map((note) => `${shell.comment} ${note}\n`).join('');
  return `${comments}${before}${words.join(shell.continued)}\n`;
}

function bodyWords(body: ExportableBody, shell: Shell): { readonly words: readonly string[]; readonly before: string } {
  const [only] = body.parts;
  if (body.parts.length !== 1 || only === undefined) return shell.parts(body);
  const word =
    only.kind === 'text' ? `--data-raw ${shell.quote(only.text)}` : `--data-binary ${shell.quote([`@${only.path}`])}`;
  return { words: [word], before: '' };
}

const POSIX: Shell = {
  quote,
  continued: ' \\\n  ',
  comment: '#',
  parts: ({ parts }) => {
    const commands = parts.map((part) =>
      part.kind === 'text'
        ? `printf %s ${quote(part.text)}`
        : `cat ${quote([part.path.startsWith('-') ? `./${part.path}` : part.path])}`,
    );
    return { words: ['--data-binary @-'], before: `{ ${commands.join('; ')}; } |\n` };
  },
};

const CMD: Shell = {
  quote: quoteForCmd,
  continued: ' ^\n  ',
  comment: 'REM',
  parts: () => ({
    words: ['--data-binary @body.txt'],
    before: 'REM Put the body into body.txt first: texts and files cannot be joined here.\n',
  }),
};

/** One word for the shell: texts in single quotes, variables of the environment in double ones. */
export function quote(template: Template): string {
  const parts = mapText(tidy(template), (text) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`));
  const word = parts.map((part) => (typeof part === 'string' ? part : `"$${part.env}"`)).join('');
  return word === '' ? "''" : word;
}

/**
 * One word for cmd.exe and the program it starts. A caret before every sign that means something to cmd keeps it from
 * seeing quotes, variables or a second command; backslashes before quotes are for the program's own reading.
 */
function quoteForCmd(template: Template): string {
  const word = tidy(template)
    .map((part) => (typeof part === 'string' ? caretText(part) : `%${part.env}%`))
    .join('');
  const backslashes = /\\*$/.exec(word)?.[0] ?? '';
  return `^"${word}${backslashes}^"`;
}

function caretText(text: string): string {
  return (
    text
      .replace(/(\\*)"/g, String.raw`$1$1\"`)
      .replace(/["^&|<>()!%]/g, '^$&')
      // A name behind the sign would be looked up before carets are read: with a caret in it there is none.
      .replace(/\^%(?=\w)/g, '^%^')
      .replace(/\r?\n/g, '^\n\n')
  );
}
