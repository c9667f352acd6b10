import type { RandomNumbers } from '../../../support/randomNumbers.ts';

/** Encodings that libxml2 knows without help, under their usual and unusual names. */
const DECLARED = [
  'UTF-8',
  'utf-8',
  'UTF8',
  'UTF-16',
  'utf-16',
  'UTF-16LE',
  'UTF-16BE',
  'ISO-8859-1',
  'iso-8859-1',
  'ISO-LATIN-1',
  'latin1',
  'US-ASCII',
  'ASCII',
  'ascii',
  'no-such',
] as const;

/** The bytes of a text; half of a pair becomes the three bytes that a careless program writes for it. */
export function utf8Bytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const parts = Array.from(text, (character) => {
    const unit = character.charCodeAt(0);
    if (character.length > 1 || unit < 0xd800 || unit > 0xdfff) return Buffer.from(character);
    return Buffer.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  });
  return Buffer.concat(parts);
}

/** The text as a file of some encoding, with a mark or a declaration that may fit or not, and perhaps a wrong byte. */
export function encoded(text: string, random: RandomNumbers): Buffer {
  const name = DECLARED[random(DECLARED.length)] ?? '';
  const marked = random(2) === 0;
  const declared =
    random(3) === 0 ? text : text.replace(/^(?:<\?xml\s[^>]*>)?/, `<?xml version="1.0" encoding="${name}"?>`);
  let bytes: Buffer;
  switch (random(5)) {
    case 0:
      bytes = Buffer.from(`${marked ? '\ufeff' : ''}${declared}`, 'utf16le');
      break;
    case 1:
      bytes = Buffer.from(`${marked ? '\ufeff' : ''}${declared}`, 'utf16le').swap16();
      break;
    case 2:
      bytes = Buffer.from(declared, 'latin1');
      break;
    default:
      bytes = Buffer.concat([marked ? Buffer.from('\ufeff') : Buffer.of(), utf8Bytes(declared)]);
  }
  if (bytes.length > 0 && random(4) === 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}
