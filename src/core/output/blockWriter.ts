import { ChunkMemory } from '../http/chunkMemory.ts';

const BLOCK_BYTES = 512 << 10;

/**
 * Collects small chunks into blocks, and fills one block while the other is being written: a call for every chunk
 * that comes from a socket costs more than the copy.
 */
export class BlockWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #filling = new Uint8Array(BLOCK_BYTES);
  #other = new Uint8Array(BLOCK_BYTES);
  readonly #memory = new ChunkMemory();
  #used = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param write its bytes are used again once it resolves. */
  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  /** Takes a chunk over: the memory it lies in goes back. Throws what an earlier write threw. */
  async push(chunk: Uint8Array): Promise<void> {
    let done = 0;
    while (done < chunk.length) {
      const size = Math.min(chunk.length - done, BLOCK_BYTES - this.#used);
      this.#filling.set(chunk.subarray(done, done + size), this.#used);
      this.#used += size;
      done += size;
      if (this.#used === BLOCK_BYTES) await this.#flush();
    }
    this.#memory.read(chunk);
  }

  /** Resolves when everything is written. */
  async end(): Promise<void> {
    this.#memory.release();
    await this.#flush();
    await this.#writing;
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const block = this.#filling.subarray(0, this.#used);
    [this.#filling, this.#other] = [this.#other, this.#filling];
    this.#used = 0;
    this.#writing = this.#write(block);
    // Heard of at the next flush.
    this.#writing.catch(() => undefined);
  }
}
