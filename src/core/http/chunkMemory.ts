import { isMarkedAsUntransferable } from 'node:worker_threads';

/**
 * Gives the memory of a body's chunks back as soon as it was read. The collector counts memory outside its own heap
 * late, so that long streams would need far more of it.
 *
 * Only for a body that nobody else looks into. Several chunks may lie in one buffer (what one read of the socket gave:
 * headers and the first chunk, or many small chunks); they come in order, so a buffer is done when a chunk lies in
 * another one, or at the end.
 */
export class ChunkMemory {
  #buffer: ArrayBufferLike | undefined;

  /** The chunk was copied; the ones before it too. */
  read(chunk: Uint8Array): void {
    if (chunk.buffer === this.#buffer) return;
    this.release();
    this.#buffer = chunk.buffer;
  }

  /** The body is at its end. */
  release(): void {
    const buffer = this.#buffer;
    this.#buffer = undefined;
    // Small buffers of Node lie in a pool that belongs to all of them.
    if (buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer)) buffer.transfer(0);
  }
}
