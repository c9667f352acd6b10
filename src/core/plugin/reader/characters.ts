/**
 * Character classes of XML 1.0, fifth edition (productions 2, 3, 4 and 4a), over UTF-16 units.
 * The first 128 are a table because nearly every character of a real file is one of them.
 */

const SPACE = 1;
const NAME_START = 2;
const NAME = 4;

const ASCII: Uint8Array = buildAsciiTable();

function buildAsciiTable(): Uint8Array {
  const table = new Uint8Array(128);
  const mark = (from: number, to: number, bits: number): void => {
    for (let unit = from; unit <= to; unit++) table[unit] = (table[unit] ?? 0) | bits;
  };
  for (const unit of [9, 10, 13, 32]) mark(unit, unit, SPACE);
  mark(65, 90, NAME_START | NAME);
  mark(97, 122, NAME_START | NAME);
  mark(95, 95, NAME_START | NAME);
  mark(58, 58, NAME_START | NAME);
  mark(48, 57, NAME);
  mark(45, 46, NAME);
  return table;
}

/** Tab, line feed, carriage return or blank. */
export function isSpace(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}

/** May start a name, as far as one unit can tell: a character beyond the first plane takes two, see `startsName`. */
export function isNameStart(unit: number): boolean {
  if (unit < 128) return ((ASCII[unit] ?? 0) & NAME_START) !== 0;
  return (
    (unit >= 0xc0 && unit <= 0x2ff && unit !== 0xd7 && unit !== 0xf7) ||
    (unit >= 0x370 && unit <= 0x1fff && unit !== 0x37e) ||
    unit === 0x200c ||
    unit === 0x200d ||
    (unit >= 0x2070 && unit <= 0x218f) ||
    (unit >= 0x2c00 && unit <= 0x2fef) ||
    (unit >= 0x3001 && unit <= 0xd7ff) ||
    (unit >= 0xf900 && unit <= 0xfdcf) ||
    (unit >= 0xfdf0 && unit <= 0xfffd)
  );
}

/** May stand inside a name, as far as one unit can tell. */
export function isName(unit: number): boolean {
  if (unit > 96 && unit < 123) return true;
  if (unit < 128) return ((ASCII[unit] ?? 0) & NAME) !== 0;
  return isNameStart(unit) || unit === 0xb7 || (unit >= 0x300 && unit <= 0x36f) || unit === 0x203f || unit === 0x2040;
}

/** The offset after the name that starts at `start`, or `start` when there is none. */
export function endOfName(text: string, start: number): number {
  let at = isNameStart(text.charCodeAt(start)) ? start + 1 : afterPair(text, start);
  if (at === start) return start;
  for (;;) {
    while (isName(text.charCodeAt(at))) at++;
    const after = afterPair(text, at);
    if (after === at) return at;
    at = after;
  }
}

/** Does a name start at `at`? */
export function startsName(text: string, at: number): boolean {
  return isNameStart(text.charCodeAt(at)) || afterPair(text, at) > at;
}

/** The offset after the pair of surrogates at `at`, when it is a character that a name may have; else `at`. */
function afterPair(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (!(unit >= 0xd800 && unit <= 0xdb7f)) return at;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? at + 2 : at;
}

/** The offset of the first character at or after `start` that is no white space. */
export function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Is the code point a character that an XML 1.0 document may contain (production 2)? */
export function isXmlCodePoint(codePoint: number): boolean {
  return (
    (codePoint >= 0x20 && codePoint <= 0xd7ff) ||
    codePoint === 9 ||
    codePoint === 10 ||
    codePoint === 13 ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}

/**
 * Is the UTF-16 unit at `at` (or the pair it belongs to) allowed in XML?
 * False for control characters, U+FFFE, U+FFFF and lone surrogates.
 */
export function isXmlUnit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x20) return unit === 9 || unit === 10 || unit === 13;
  if (unit < 0xd800) return true;
  if (unit >= 0xe000) return unit <= 0xfffd;
  if (unit < 0xdc00) {
    const next = text.charCodeAt(at + 1);
    return next >= 0xdc00 && next <= 0xdfff;
  }
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
