import { headerValue, type Header } from '../http/transport.ts';

/** Forms that are named in their content type as in the end of a file. */
const SAME_NAME = /\b(?:svg|json|html|xml|csv|pdf|png|gif|zip)\b/;

/** Other forms, by a part of the content type. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  spreadsheetml: 'xlsx',
  wordprocessingml: 'docx',
  'ms-excel': 'xls',
  gzip: 'gz',
  'text/': 'txt',
};

/** Types that an editor cannot show as text. */
const BINARY = /^(?:image|audio|video|font)\/(?!svg)|\b(?:pdf|g?zip|octet-stream|msword|ms-excel|officedocument)\b/;

/** Bytes that are looked at. */
const SNIFFED = 4096;

/** Whether a body is no text: by its type, or since no text has such a beginning. */
export function isBinary(start: Uint8Array, headers: readonly Header[]): boolean {
  const beginning = start.subarray(0, SNIFFED);
  // UTF-16 has zero bytes too, and says so with its mark.
  const marked = (beginning[0] === 0xff && beginning[1] === 0xfe) || (beginning[0] === 0xfe && beginning[1] === 0xff);
  return BINARY.test(contentType(headers)) || (!marked && beginning.includes(0));
}

/**
 * A name for the file of a body: the one that the server suggests, else the title with the extension of its type. Never
 * with a folder in it.
 */
export function bodyFileName(title: string, headers: readonly Header[]): string {
  const suggested = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(headerValue(headers, 'content-disposition') ?? '')?.[1];
  const name = suggested
    ?.replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .trim();
  if (name !== undefined && /[^._ ]/.test(name)) return name;
  const type = contentType(headers);
  const other = Object.keys(OTHER_NAMES).find((part) => type.includes(part));
  const extension = SAME_NAME.exec(type)?.[0] ?? OTHER_NAMES[other ?? ''] ?? (type === '' ? 'txt' : 'bin');
  return `${title}.${extension}`;
}

/** `application/pdf`, without its parameters; empty when the server says none. */
export function contentType(headers: readonly Header[]): string {
  return (headerValue(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
