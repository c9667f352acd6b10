import { ChunkMemory } from '../http/chunkMemory.ts';
import { headerValue, type HttpResponse } from '../http/transport.ts';

const FIRST_BYTES = 64 << 10;

/**
 * Reads whole bodies into buffers that are used again and again: a million records go through a few of them. Without
 * that the collector runs far behind, since it hardly counts memory outside its own heap.
 */
export class PageBuffers {
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  readonly #ownsChunks: boolean;
  #usual = FIRST_BYTES;

  /** @param ownsChunks nobody else looks at the chunks of the bodies: the memory they lie in goes back at once. */
  constructor(ownsChunks: boolean) {
    this.#ownsChunks = ownsChunks;
  }

  /** The whole body. Throws what the body throws. */
  async read(response: Pick<HttpResponse, 'body' | 'headers'>): Promise<Uint8Array<ArrayBuffer>> {
    const announced = Number(headerValue(response.headers, 'content-length') ?? 0);
    let buffer = this.#take(Math.max(this.#usual, Number.isSafeInteger(announced) ? announced : 0));
    let used = 0;
    const memory = this.#ownsChunks ? new ChunkMemory() : undefined;
    for await (const chunk of response.body) {
      if (used + chunk.length > buffer.length) {
        const larger = new Uint8Array(Math.max(used + chunk.length, 2 * buffer.length));
        larger.set(buffer.subarray(0, used));
        buffer = larger;
      }
      buffer.set(chunk, used);
      used += chunk.length;
      memory?.read(chunk);
    }
    memory?.release();
    this.#usual = Math.max(this.#usual, used);
    return buffer.subarray(0, used);
  }

  /** Takes back what `read` gave: its bytes will be overwritten. */
  recycle(bytes: Uint8Array<ArrayBuffer>): void {
    this.#free.push(new Uint8Array(bytes.buffer));
  }

  #take(size: number): Uint8Array<ArrayBuffer> {
    const index = this.#free.findIndex((buffer) => buffer.length >= size);
    if (index < 0) {
      this.#free.pop();
      // Pages differ a little in length.
      return new Uint8Array(size + (size >> 4));
    }
    return this.#free.splice(index, 1)[0] ?? new Uint8Array(size);
  }
}
