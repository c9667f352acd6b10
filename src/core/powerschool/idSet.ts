/** Ids in one block: 8 KiB as bits. */
const BLOCK = 1 << 16;
/** 32 MiB at most: ids of one list lie close together, a few blocks hold a million. */
const MOST_BLOCKS = 4096;

/** A set of whole numbers from 0, one bit each: small for ids that lie close together. */
export class IdSet {
  readonly #blocks = new Map<number, Uint8Array>();
  #block: Uint8Array | undefined;
  #blockNumber = -1;

  /** Adds an id; false when it was there. Undefined when the ids are too scattered to keep this one. */
  add(id: number): boolean | undefined {
    const number = Math.floor(id / BLOCK);
    if (number !== this.#blockNumber) {
      let block = this.#blocks.get(number);
      if (block === undefined) {
        if (this.#blocks.size === MOST_BLOCKS) return undefined;
        block = new Uint8Array(BLOCK / 8);
        this.#blocks.set(number, block);
      }
      this.#block = block;
      this.#blockNumber = number;
    }
    const block = this.#block as Uint8Array;
    const at = id % BLOCK;
    const bit = 1 << (at & 7);
    const byte = block[at >> 3] as number;
    if ((byte & bit) !== 0) return false;
    block[at >> 3] = byte | bit;
    return true;
  }
}
