import { isAscii, isUtf8 } from 'node:buffer';
import { USUAL_DECLARATION } from './declaration.ts';

/** The bytes of a file as text, and what is wrong with them. */
export interface DecodedText {
  /** Without byte order mark. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** Upper case, e.g. `UTF-8`. */
  readonly encoding: string;
  /** UTF-16 offset of the first character whose bytes do not fit the encoding; -1 when all do. */
  readonly badAt: number;
  /** The XML declaration names an encoding that is unknown, or that the bytes are not in. */
  readonly conflict: { readonly declared: string; readonly actual: string } | undefined;
}

const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;

/**
 * Decodes the bytes of an XML file as the XML recommendation (appendix F) and the command line's contract say:
 * byte order mark, then XML declaration, then UTF-8. Bytes that do not fit become U+FFFD.
 */
export function decodeXml(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decodeUnicode(bytes.subarray(3), 'UTF-8', true);
  if (startsWith(bytes, 0xff, 0xfe)) return decodeUnicode(bytes.subarray(2), 'UTF-16LE', true);
  if (startsWith(bytes, 0xfe, 0xff)) return decodeUnicode(bytes.subarray(2), 'UTF-16BE', true);
  if (startsWith(bytes, 0x3c, 0x00)) return decodeUnmarked(bytes, 'UTF-16LE', bytes[2] === 0x3f && bytes[3] === 0);
  if (startsWith(bytes, 0x00, 0x3c)) return decodeUnmarked(bytes, 'UTF-16BE', bytes[2] === 0 && bytes[3] === 0x3f);
  const declared = declaredEncoding(latin1(bytes.subarray(0, 512)));
  if (declared === undefined || /^utf-?8$/i.test(declared)) return decodeUnicode(bytes, 'UTF-8', false);
  return decodeByName(bytes, declared);
}

/**
 * The same for a file that was read as UTF-8, which is faster than to read its bytes and decode them. Undefined when
 * only the bytes can tell: bytes that did not fit, another encoding, or a mark at the start.
 */
export function decodePlain(text: string): DecodedText | undefined {
  const first = text.charCodeAt(0);
  if (first === 0xfeff || first === 0 || text.charCodeAt(1) === 0 || text.includes('\ufffd')) return undefined;
  const declared = declaredEncoding(text);
  if (declared !== undefined && !/^utf-?8$/i.test(declared)) return undefined;
  return { text, byteOrderMark: false, encoding: 'UTF-8', badAt: -1, conflict: undefined };
}

/** A text that is decoded already: only a name that no decoder knows can be wrong. */
export function decodedText(text: string): DecodedText {
  const byteOrderMark = text.startsWith('\ufeff');
  const content = byteOrderMark ? text.slice(1) : text;
  const declared = declaredEncoding(content.slice(0, 512));
  const known =
    declared === undefined || /^(?:utf|ucs|iso-10646)-?\d/i.test(declared) || decoderFor(declared) !== undefined;
  const conflict = known ? undefined : { declared, actual: '' };
  return { text: content, byteOrderMark, encoding: 'UTF-8', badAt: -1, conflict };
}

function declaredEncoding(text: string): string | undefined {
  if (text.startsWith(USUAL_DECLARATION)) return 'UTF-8';
  if (!text.startsWith('<?xml')) return undefined;
  const match = DECLARED.exec(text);
  return match?.[1] ?? match?.[2];
}

/** Without a mark, parsers know UTF-16 by its first `<?` alone; what begins otherwise is not the UTF-8 they take it for. */
function decodeUnmarked(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE', isKnown: boolean): DecodedText {
  const decoded = decodeUnicode(bytes, encoding, false);
  return isKnown ? decoded : { ...decoded, encoding: 'UTF-8', badAt: 0, conflict: undefined };
}

function decodeUnicode(
  bytes: Uint8Array,
  encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE',
  byteOrderMark: boolean,
): DecodedText {
  const text = encoding === 'UTF-8' ? decodeUtf8(bytes) : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  const badAt = encoding === 'UTF-8' ? badUtf8At(bytes) : badUtf16At(bytes, text);
  const declared = declaredEncoding(text);
  const agrees =
    declared === undefined ||
    (encoding === 'UTF-8'
      ? /^utf-?8$/i.test(declared)
      : new RegExp(`^utf-?16$|^${encoding}$|^ucs-?2$|^iso-10646-ucs-2$`, 'i').test(declared));
  const name = `${encoding}${byteOrderMark ? ' with a byte order mark' : ''}`;
  return { text, byteOrderMark, encoding, badAt, conflict: agrees ? undefined : { declared, actual: name } };
}

/** One byte or more a character, as declared. Declared names that need another width contradict the bytes. */
function decodeByName(bytes: Uint8Array, declared: string): DecodedText {
  const fallback = (): DecodedText => ({
    text: decodeUtf8(bytes),
    byteOrderMark: false,
    encoding: 'UTF-8',
    badAt: -1,
    conflict: { declared, actual: 'UTF-8' },
  });
  if (/^(?:utf|ucs|iso-10646|utf-)/i.test(declared)) return fallback();
  const plain = { byteOrderMark: false, encoding: declared.toUpperCase(), conflict: undefined };
  if (/^(?:iso-8859-1|iso_8859-1|latin1|l1)$/i.test(declared)) return { ...plain, text: latin1(bytes), badAt: -1 };
  if (/^(?:us-)?ascii$/i.test(declared)) {
    return { ...plain, text: decodeUtf8(bytes), badAt: bytes.findIndex((byte) => byte > 127) };
  }
  const decoder = decoderFor(declared);
  if (decoder === undefined) return { ...fallback(), conflict: { declared, actual: '' } };
  const text = decoder.decode(bytes);
  return { ...plain, text, badAt: badSingleByteAt(text, declared) };
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/** windows-1252 leaves five bytes without a meaning, which decoders pass on as control characters. */
function badSingleByteAt(text: string, declared: string): number {
  if (/^(?:windows-1252|cp1252)$/i.test(declared)) return text.search(/[\u0081\u008d\u008f\u0090\u009d]/);
  return text.indexOf('\ufffd');
}

function decodeUtf8(bytes: Uint8Array): string {
  if (isAscii(bytes)) return latin1(bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The offset in the decoded text of the first sequence that is not UTF-8 (RFC 3629); -1 when all is. */
function badUtf8At(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return -1;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return decodeUtf8(bytes.subarray(0, at)).length;
    at += length;
  }
  return -1;
}

/** The offset of the first half of a pair, or half of a unit; -1 when there is none. */
function badUtf16At(bytes: Uint8Array, text: string): number {
  // a real U+FFFD is FF FD or FD FF: each unit is two bytes
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const [low, high] = [bytes[at * 2], bytes[at * 2 + 1]];
    if (!((low === 0xfd && high === 0xff) || (low === 0xff && high === 0xfd))) return at;
  }
  return -1;
}

/** Bytes of the well-formed sequence at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return first >= 0xc2 && first <= 0xf4 && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
