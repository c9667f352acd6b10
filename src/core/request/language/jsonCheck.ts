import { phrase, type Phrase } from '../../problem/phrase.ts';

/** Where a JSON text stops being JSON. */
export interface JsonFault {
  readonly at: number;
  readonly reason: Phrase;
}

/**
 * Finds the first fault of a JSON text. `{{variables}}` count as whatever fits where they stand, in strings and
 * outside. Undefined when there is none.
 */
export function checkJson(text: string): JsonFault | undefined {
  const checker = new JsonChecker(text);
  return checker.check();
}

const DEEPEST = 512;

class JsonChecker {
  readonly #text: string;
  #at = 0;
  #fault: JsonFault | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  check(): JsonFault | undefined {
    this.#value(0);
    if (this.#fault === undefined) {
      this.#blanks();
      if (this.#at < this.#text.length) this.#fail('something follows after the end');
    }
    return this.#fault;
  }

  #fail(reason: string, at = this.#at): false {
    this.#fault ??= { at: Math.min(at, Math.max(0, this.#text.length - 1)), reason: phrase(reason) };
    return false;
  }

  #blanks(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
      this.#at++;
    }
  }

  /** Skips a variable; false when there is none here. */
  #variable(): boolean {
    if (this.#text.charCodeAt(this.#at) !== 123 || this.#text.charCodeAt(this.#at + 1) !== 123) return false;
    const close = this.#text.indexOf('}}', this.#at + 2);
    const lineEnd = this.#text.indexOf('\n', this.#at);
    if (close < 0 || (lineEnd >= 0 && lineEnd < close)) return false;
    this.#at = close + 2;
    return true;
  }

  #value(depth: number): boolean {
    this.#blanks();
    if (depth > DEEPEST) return this.#fail('it is nested too deeply');
    if (this.#variable()) return this.#afterVariable();
    const unit = this.#text.charCodeAt(this.#at);
    if (unit === 123) return this.#object(depth);
    if (unit === 91) return this.#array(depth);
    if (unit === 34) return this.#string();
    const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0];
    if (found === undefined || found === '') {
      if (Number.isNaN(unit)) return this.#fail('a value is missing at the end');
      if (unit === 39) return this.#fail('texts stand in double quotes');
      if (unit === 125 || unit === 93 || unit === 44) return this.#fail('a value is missing');
      return this.#fail('this is no value');
    }
    this.#at += found.length;
    return this.#afterVariable();
  }

  /** `12{{x}}`, `{{x}}{{y}}`, `{{x}}12`: one value together. */
  #afterVariable(): boolean {
    for (;;) {
      if (this.#variable()) continue;
      const unit = this.#text.charCodeAt(this.#at);
      const wordUnit =
        (unit >= 48 && unit <= 57) ||
        (unit >= 65 && unit <= 90) ||
        (unit >= 97 && unit <= 122) ||
        unit === 95 ||
        unit === 46;
      if (!wordUnit) return true;
      const before = this.#text.slice(Math.max(0, this.#at - 2), this.#at);
      if (!before.endsWith('}}')) return this.#fail('this is no value');
      while (/[\w.]/.test(this.#text.charAt(this.#at))) this.#at++;
    }
  }

  #object(depth: number): boolean {
    const unclosed = 'this brace is never closed';
    return this.#list('}', unclosed, '"," or "}" must stand here', (start) => {
      const isVariable = this.#variable();
      if (!isVariable) {
        const next = this.#text.charAt(this.#at);
        if (next === '') return this.#fail(unclosed, start);
        if (next === '}') return this.#fail('a comma before } is one too many');
        if (next !== '"') return this.#fail('a name in double quotes must stand here');
        if (!this.#string()) return false;
      }
      this.#blanks();
      // A variable alone may stand for "name": value.
      return this.#skip(':') ? this.#value(depth + 1) : isVariable || this.#fail('":" must follow a name');
    });
  }

  #array(depth: number): boolean {
    return this.#list(']', 'this bracket is never closed', '"," or "]" must stand here', () =>
      this.#text.charAt(this.#at) === ']' ? this.#fail('a comma before ] is one too many') : this.#value(depth + 1),
    );
  }

  /** @param item reads one item; it is told where the list starts. */
  #list(close: string, unclosed: string, unended: string, item: (start: number) => boolean): boolean {
    const start = this.#at++;
    this.#blanks();
    if (this.#skip(close)) return true;
    do {
      this.#blanks();
      if (!item(start)) return false;
      this.#blanks();
    } while (this.#skip(','));
    if (this.#skip(close)) return true;
    return this.#at < this.#text.length ? this.#fail(unended) : this.#fail(unclosed, start);
  }

  /** False when another character stands here. */
  #skip(character: string): boolean {
    const found = this.#text.charAt(this.#at) === character;
    if (found) this.#at++;
    return found;
  }

  #string(): boolean {
    const start = this.#at;
    this.#at++;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 34) {
        this.#at++;
        return true;
      }
      if (Number.isNaN(unit)) return this.#fail('this quote is never closed', start);
      if (unit === 10 || unit === 13) return this.#fail('this quote is not closed on its line', start);
      if (unit < 32) return this.#fail('a control character must be written as an escape');
      if (unit === 123 && this.#variable()) continue;
      if (unit === 92) {
        const escape = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
        escape.lastIndex = this.#at;
        const found = escape.exec(this.#text)?.[0];
        if (found === undefined) return this.#fail('this escape is not known');
        this.#at += found.length;
      } else this.#at++;
    }
  }
}
