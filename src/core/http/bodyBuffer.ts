/** Bytes read ahead of the reader before the connection is told to wait. */
const MOST_BUFFERED = 256 * 1024;

/**
 * What lies between a socket that pushes and a reader that pulls. One reader, once.
 */
export class BodyBuffer {
  readonly #hooks: { readonly room: () => void; readonly abandoned: () => void };
  #chunks: Uint8Array[] = [];
  #size = 0;
  #state: 'open' | 'ended' | 'dropped' = 'open';
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  /** `room` is called when a full buffer has been emptied, `abandoned` when the reader stops before the end. */
  constructor(hooks: { readonly room: () => void; readonly abandoned: () => void }) {
    this.#hooks = hooks;
  }

  /** True while more can be taken; false tells the connection to wait for `room`. */
  push(chunk: Uint8Array): boolean {
    if (this.#state === 'dropped') return true;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#wake?.();
    return this.#size < MOST_BUFFERED;
  }

  /** No more bytes will come; with an error the reader gets it after the bytes that did. */
  end(error?: Error): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#error = error;
    this.#wake?.();
  }

  /** Forgets what is there and what comes. */
  drop(): void {
    this.#chunks = [];
    this.#size = 0;
    this.#state = 'dropped';
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunks = this.#chunks;
        if (chunks.length > 0) {
          const full = this.#size >= MOST_BUFFERED;
          this.#chunks = [];
          this.#size = 0;
          if (full) this.#hooks.room();
          yield* chunks;
        } else if (this.#state === 'open') {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          this.#wake = undefined;
        } else {
          break;
        }
      }
      if (this.#error !== undefined) throw this.#error;
    } finally {
      if (this.#state === 'open') this.#hooks.abandoned();
    }
  }
}
