import type { TextRange } from '../../text/textRange.ts';
import type { Span } from '../requestFile.ts';

/** A text with the place of each of its characters: what stands in a target may be broken over several lines. */
export class PlacedText implements Span {
  readonly text: string;
  readonly range: TextRange;
  readonly #offsetOf: (index: number) => number;

  /** @param offsetOf where the character of an index stands; by itself a text stands in one piece. */
  constructor({ text, range }: Span, offsetOf: (index: number) => number = (index) => range.start + index) {
    this.text = text;
    this.range = range;
    this.#offsetOf = offsetOf;
  }

  /** The place of a stretch. Breaks inside belong to it, those around do not. */
  rangeOf(start: number, end: number): TextRange {
    if (end > start) return { start: this.#offsetOf(start), end: this.#offsetOf(end - 1) + 1 };
    const at = start === 0 ? this.range.start : this.#offsetOf(start - 1) + 1;
    return { start: at, end: at };
  }

  part(start: number, end: number): PlacedText {
    const span = { text: this.text.slice(start, end), range: this.rangeOf(start, end) };
    return new PlacedText(span, (index) => this.#offsetOf(start + index));
  }

  /** How much of the text stands before an offset. */
  indexOf(offset: number): number {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#offsetOf(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
