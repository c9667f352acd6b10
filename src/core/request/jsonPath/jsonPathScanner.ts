import { phrase, type Phrase } from '../../problem/phrase.ts';
/** Thrown inside the parser alone; `parseJsonPath` turns it into a `JsonPathFault`. */
export class JsonPathSyntaxError extends Error {
  readonly at: number;
  readonly reason: Phrase;

  constructor(at: number, reason: Phrase) {
    super(reason.template);
    this.at = at;
    this.reason = reason;
  }
}

/** Reads the small pieces of a JSONPath: blanks, names, numbers and strings. */
export class JsonPathScanner {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  fail(reason: string | Phrase, at = this.at): never {
    throw new JsonPathSyntaxError(at, typeof reason === 'string' ? phrase(reason) : reason);
  }

  /** The code of the next unit; NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  startsWith(piece: string): boolean {
    return this.text.startsWith(piece, this.at);
  }

  take(piece: string): boolean {
    if (!this.startsWith(piece)) return false;
    this.at += piece.length;
    return true;
  }

  expect(piece: string): void {
    if (!this.take(piece)) this.fail(phrase('"{0}" is missing', piece));
  }

  skipBlanks(): void {
    for (;;) {
      const unit = this.peek();
      if (unit !== 32 && unit !== 9 && unit !== 10 && unit !== 13) return;
      this.at++;
    }
  }

  /** `member-name-shorthand`; undefined when the next character cannot start one. */
  name(): string | undefined {
    const pattern = /[A-Za-z_\u{80}-\u{d7ff}\u{e000}-\u{10ffff}][\w\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]*/uy;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  functionName(): string | undefined {
    const pattern = /[a-z][a-z_0-9]*(?=\()/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** `int`, within the range that JSON numbers keep exactly. */
  integer(): number | undefined {
    const pattern = /0|-?[1-9]\d*/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    const value = Number(found);
    if (!Number.isSafeInteger(value)) this.fail('the number is too large');
    this.at += found.length;
    if (/\d/.test(this.text.charAt(this.at))) this.fail('a number has no leading zero');
    return value;
  }

  number(): number | undefined {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    if (/[\w.]/.test(this.text.charAt(this.at))) this.fail('this is not a number');
    return Number(found);
  }

  /** A string in single or double quotes; undefined when there is no quote here. */
  string(): string | undefined {
    const quote = this.peek();
    if (quote !== 34 && quote !== 39) return undefined;
    const start = this.at;
    this.at++;
    let value = '';
    for (;;) {
      const unit = this.peek();
      if (Number.isNaN(unit)) this.fail('the quote is not closed', start);
      if (unit === quote) {
        this.at++;
        return value;
      }
      if (unit < 32) this.fail('a control character must be written as an escape');
      if (unit === 92) value += this.#escape(quote);
      else value += this.#character();
    }
  }

  #character(): string {
    const point = this.text.codePointAt(this.at) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) this.fail('half a character');
    const character = String.fromCodePoint(point);
    this.at += character.length;
    return character;
  }

  #escape(quote: number): string {
    const start = this.at;
    this.at++;
    const letter = this.text.charAt(this.at);
    this.at++;
    const plain = ESCAPES[letter];
    if (plain !== undefined) return plain;
    if (letter === String.fromCharCode(quote)) return letter;
    if (letter !== 'u') this.fail('this escape is not known', start);
    const high = this.#hex(start);
    if (high >= 0xdc00 && high <= 0xdfff) this.fail('half a character', start);
    if (high < 0xd800 || high > 0xdbff) return String.fromCharCode(high);
    if (!this.take('\\u')) this.fail('half a character', start);
    const low = this.#hex(start);
    if (low < 0xdc00 || low > 0xdfff) this.fail('half a character', start);
    return String.fromCharCode(high, low);
  }

  #hex(start: number): number {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.fail('four hexadecimal digits belong after \\u', start);
    this.at += 4;
    return Number.parseInt(digits, 16);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
};
