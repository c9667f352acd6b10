import { endOfName, isXmlCodePoint } from './characters.ts';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** What a `&` at `at` starts. `end` is after the semicolon; for a bare ampersand it is after the `&`. */
export interface Reference {
  readonly kind: 'character' | 'badCharacter' | 'entity' | 'unknown' | 'bare';
  readonly end: number;
  /** What the reference stands for; empty when that is not known. */
  readonly value: string;
}

/**
 * Reads the reference that starts with the `&` at `at`. Only the five predefined entities have a value: entities of a
 * DOCTYPE are never expanded (`unknown`, the caller knows which names are declared).
 */
export function readReference(text: string, at: number): Reference {
  if (text.charCodeAt(at + 1) === 35) return readCharacterReference(text, at);
  const nameEnd = endOfName(text, at + 1);
  if (nameEnd === at + 1 || text.charCodeAt(nameEnd) !== 59) return { kind: 'bare', end: at + 1, value: '' };
  const value = PREDEFINED.get(text.slice(at + 1, nameEnd));
  return { kind: value === undefined ? 'unknown' : 'entity', end: nameEnd + 1, value: value ?? '' };
}

function readCharacterReference(text: string, at: number): Reference {
  const hexadecimal = text.charCodeAt(at + 2) === 120;
  const start = hexadecimal ? at + 3 : at + 2;
  let end = start;
  while (/[0-9a-zA-Z]/.test(text.charAt(end))) end++;
  if (text.charCodeAt(end) !== 59) return { kind: 'bare', end: at + 1, value: '' };
  const digits = text.slice(start, end);
  const wellFormed = (hexadecimal ? /^[0-9a-fA-F]+$/ : /^[0-9]+$/).test(digits);
  const codePoint = wellFormed ? Number.parseInt(digits, hexadecimal ? 16 : 10) : -1;
  if (!isXmlCodePoint(codePoint)) return { kind: 'badCharacter', end: end + 1, value: '' };
  return { kind: 'character', end: end + 1, value: String.fromCodePoint(codePoint) };
}

/**
 * The value that a program sees: line ends become LF, references are replaced; in an attribute, white space
 * becomes blanks. References without a known value stay as they are.
 */
export function decodeText(raw: string, attribute: boolean): string {
  const lines = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  const text = attribute && /[\n\t]/.test(lines) ? lines.replace(/[\n\t]/g, ' ') : lines;
  let at = text.indexOf('&');
  if (at < 0) return text;
  let value = '';
  let from = 0;
  while (at >= 0) {
    const reference = readReference(text, at);
    if (reference.value !== '') {
      value += text.slice(from, at) + reference.value;
      from = reference.end;
    }
    at = text.indexOf('&', reference.end);
  }
  return value + text.slice(from);
}
