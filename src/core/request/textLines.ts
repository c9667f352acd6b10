import type { TextRange } from '../text/textRange.ts';

/** The lines of a text, cut once. A line ends with LF, CRLF (one end) or a lone CR; its end is not part of it. */
export class TextLines {
  readonly text: string;
  readonly #starts: number[] = [0];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.text = text;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit !== 10 && unit !== 13) continue;
      this.#ends.push(i);
      if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
      this.#starts.push(i + 1);
    }
    this.#ends.push(text.length);
  }

  get count(): number {
    return this.#starts.length;
  }

  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Before the line end. */
  end(line: number): number {
    return this.#ends[line] ?? this.text.length;
  }

  line(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  /** The line without the spaces around it; an empty range at the line's end when it is blank. */
  trimmed(line: number): TextRange {
    return trimRange(this.text, this.start(line), this.end(line));
  }
}

/** Where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}

/** Narrows a range to what is not space, tab, form feed or another blank. */
export function trimRange(text: string, start: number, end: number): TextRange {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

/** Space, tab, vertical tab, form feed, no-break space and a stray byte order mark. */
export function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 11 || unit === 12 || unit === 160 || unit === 0xfeff;
}
