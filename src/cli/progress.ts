import type { TextOutput } from './cliIo.ts';

/** Milliseconds between two redraws. */
const INTERVAL = 100;

/** One line on the terminal that is drawn again and again, and gone at the end. Draws nothing elsewhere. */
export class Progress {
  readonly #output: TextOutput;
  #drawnAt = 0;
  #drawn = false;

  constructor(output: TextOutput) {
    this.#output = output;
  }

  show(text: () => string): void {
    if (!this.#output.isLively) return;
    const now = performance.now();
    if (this.#drawn && now - this.#drawnAt < INTERVAL) return;
    this.#drawnAt = now;
    this.#drawn = true;
    this.#output.write(`\r\u001b[K${text()}`).catch(() => undefined);
  }

  /** Takes the line away. */
  clear(): void {
    if (!this.#drawn) return;
    this.#drawn = false;
    this.#output.write('\r\u001b[K').catch(() => undefined);
  }
}
