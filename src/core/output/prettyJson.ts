import { GrowingBytes } from './growingBytes.ts';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './jsonBytes.ts';

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/**
 * Indents JSON by two spaces and changes nothing else: numbers keep their digits and strings their escapes,
 * which parsing and printing again would not. Text that is not JSON comes back unchanged.
 */
export function prettyJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const indenter = new JsonIndenter();
  indenter.add(Buffer.from(text, 'utf8'));
  return indenter.end();
}

/** Indents JSON that comes in pieces. It has to be JSON: white space outside of strings is lost. */
export class JsonIndenter {
  readonly #out = new GrowingBytes();
  /** What closes the containers that are open. */
  readonly #open: number[] = [];
  #inString = false;
  #escape = false;
  /** A container has just begun: it stays on its line when it ends at once. */
  #begun = false;

  add(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#inString) at = this.#string(bytes, at);
      else {
        const unit = bytes[at] as number;
        if (unit <= SPACE) at++;
        else at = this.#token(bytes, at, unit);
      }
    }
  }

  /** The text, with a line end; what is still open is closed. */
  end(): string {
    const out = this.#out;
    while (this.#open.length > 0) this.#close();
    if (out.length > 0) out.byte(LINE_FEED);
    return new TextDecoder().decode(out.bytes.subarray(0, out.length));
  }

  #token(bytes: Uint8Array, at: number, unit: number): number {
    const out = this.#out;
    if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
      this.#close();
      return at + 1;
    }
    if (this.#begun) this.#line();
    this.#begun = false;
    if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
      out.byte(unit);
      this.#open.push(unit + 2);
      this.#begun = true;
    } else if (unit === COMMA) {
      out.byte(COMMA);
      this.#line();
    } else if (unit === COLON) {
      out.byte(COLON);
      out.byte(SPACE);
    } else if (unit === QUOTE) {
      out.byte(QUOTE);
      this.#inString = true;
    } else {
      let end = at + 1;
      while (end < bytes.length && isLiteral(bytes[end] as number)) end++;
      out.copy(bytes, at, end);
      return end;
    }
    return at + 1;
  }

  #string(bytes: Uint8Array, from: number): number {
    let at = from;
    if (this.#escape) at++;
    this.#escape = false;
    for (; at < bytes.length; at++) {
      const unit = bytes[at];
      if (unit === BACKSLASH) at++;
      else if (unit === QUOTE) {
        this.#inString = false;
        at++;
        break;
      }
    }
    this.#escape = at > bytes.length;
    const end = Math.min(at, bytes.length);
    this.#out.copy(bytes, from, end);
    return end;
  }

  #close(): void {
    const unit = this.#open.pop();
    if (!this.#begun) this.#line();
    this.#begun = false;
    if (unit !== undefined) this.#out.byte(unit);
  }

  #line(): void {
    const out = this.#out;
    const spaces = 2 * this.#open.length;
    out.reserve(spaces + 1);
    out.bytes[out.length++] = LINE_FEED;
    out.bytes.fill(SPACE, out.length, out.length + spaces);
    out.length += spaces;
  }
}

function isLiteral(unit: number): boolean {
  return unit > SPACE && unit !== COMMA && unit !== CLOSE_OBJECT && unit !== CLOSE_ARRAY;
}
