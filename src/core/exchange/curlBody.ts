import { note, type ImportNote } from './importNote.ts';

/** What the options of a curl command say about the body. */
export interface CurlData {
  /** `@path` is a file, `\@…` a text that starts with an @. */
  readonly data: string[];
  readonly form: FormField[];
  readonly json: boolean;
  /** Headers that are not sent, in small letters. */
  readonly without: Set<string>;
  readonly notes: ImportNote[];
}

/** One part of a form: a text, the content of a file as text, or a file with its name. */
export interface FormField {
  readonly name: string;
  readonly text?: string;
  readonly file?: string;
  readonly fileName?: string;
  readonly type?: string;
}

const BOUNDARY = 'boundary-of-this-form';
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|[^;]*`;

/** Reads `name=text`, `name=@file` and `name=<file` with `;type=…` and `;filename=…`, as `--form` does. */
export function formField(value: string): FormField {
  const [, name = '', sign = '', written = '', rest = ''] =
    new RegExp(`^([^=]*)=([@<]?)(${QUOTED})(.*)$`, 's').exec(value) ?? [];
  const options = new Map(
    Array.from(rest.matchAll(new RegExp(`;\\s*(\\w+)=(${QUOTED})`, 'gs')), ([, key = '', text = '']) => [
      key,
      unquoted(text),
    ]),
  );
  const type = options.get('type');
  const content = unquoted(written);
  if (sign === '') return { name, text: content, ...(type !== undefined && { type }) };
  if (sign === '<') return { name, file: content, ...(type !== undefined && { type }) };
  const fileName = options.get('filename') ?? content.replace(/^.*[/\\]/, '');
  return { name, file: content, fileName, type: type ?? 'application/octet-stream' };
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}

/** The body as lines of a request file; adds the Content-Type that curl would send to the headers. */
export function curlBody(parsed: CurlData, headers: [string, string][]): string | undefined {
  const { data, form, json, without } = parsed;
  const typeAt = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  if (form.length > 0) {
    if (typeAt >= 0) headers.splice(typeAt, 1);
    headers.push(['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]);
    return multipart(form, parsed);
  }
  if (data.length === 0) return undefined;
  const usual = json ? 'application/json' : 'application/x-www-form-urlencoded';
  if (typeAt < 0 && !without.has('content-type')) headers.push(['Content-Type', usual]);
  if (json && !without.has('accept') && !headers.some(([name]) => name.toLowerCase() === 'accept'))
    headers.push(['Accept', 'application/json']);
  const isForm = headers.some(([name, value]) => /^content-type$/i.test(name) && /x-www-form-urlencoded/i.test(value));
  const separator = json ? '' : '&';
  let body = '';
  for (const [index, piece] of data.entries()) {
    const file = piece.startsWith('@');
    // A file is a line of its own; a form joins its lines again.
    if (index > 0) body += (data[index - 1] ?? '').startsWith('@') ? `\n${separator}` : separator;
    if (file) body += `${body === '' ? '' : '\n'}< ${piece.slice(1)}`;
    else body += asLines(piece.replace(/^\\@/, '@'), isForm, parsed);
  }
  return body;
}

/** A text that a request file does not take for a comment, a separator or a file. */
function asLines(text: string, isForm: boolean, { notes }: CurlData): string {
  if (isForm) return text.replace(/^[#<>/?\s]|[\r\n]|\s$/g, encodeURIComponent);
  if (/^(?:###|\s*(?:#|\/\/))/m.test(text))
    notes.push(note('curl', 'Lines of its body that start with # or // are comments here and are not sent.'));
  return text.replace(/^(?=###|<[ \t@])/gm, ' ');
}

function multipart(fields: readonly FormField[], parsed: CurlData): string {
  const lines: string[] = [];
  for (const { name, text = '', file, fileName, type } of fields) {
    const named = fileName === undefined ? '' : `; filename="${fileName}"`;
    lines.push(`--${BOUNDARY}`, `Content-Disposition: form-data; name="${name}"${named}`);
    if (type !== undefined) lines.push(`Content-Type: ${type}`);
    lines.push('', file === undefined ? asLines(text, false, parsed) : `< ${file}`);
  }
  return [...lines, `--${BOUNDARY}--`].join('\n');
}
