import { GrowingBytes } from './growingBytes.ts';
import { COMMA, QUOTE } from './jsonBytes.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Rewrites a CSV file whose later rows have more cells than its first ones: another header, and empty cells at the
 * end of short rows. Fed with chunks, so that the size of the file does not matter.
 */
export class CsvPadding {
  readonly #header: Uint8Array;
  readonly #width: number;
  readonly #out = new GrowingBytes();
  #inHeader = true;
  #quoted = false;
  #cells = 1;

  /** @param header the new header line with its line end (and its byte order mark, when the file has one). */
  constructor(header: Uint8Array, width: number) {
    this.#header = header;
    this.#width = width;
  }

  push(chunk: Uint8Array): Uint8Array {
    const out = this.#out;
    for (let i = 0; i < chunk.length; i++) {
      const unit = chunk[i] as number;
      if (unit === QUOTE) this.#quoted = !this.#quoted;
      if (this.#quoted) {
        if (!this.#inHeader) out.byte(unit);
        continue;
      }
      if (this.#inHeader) {
        if (unit === LINE_FEED) {
          this.#inHeader = false;
          out.append(this.#header);
        }
        continue;
      }
      if (unit === COMMA) this.#cells++;
      // Cells quote every line end, so a carriage return out here ends the row.
      else if (unit === CARRIAGE_RETURN) {
        for (; this.#cells < this.#width; this.#cells++) out.byte(COMMA);
        this.#cells = 1;
      }
      out.byte(unit);
    }
    return out.take();
  }
}
