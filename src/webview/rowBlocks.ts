export type Row = readonly (string | null)[];

const BLOCK_ROWS = 64;
/** Blocks that the page holds, whatever the number of rows. */
const MOST_BLOCKS = 24;

/** The rows around what is shown; the others are asked for when they come into view. */
export class RowBlocks {
  readonly #fetch: (from: number, to: number) => Promise<Row[]>;
  readonly #blocks = new Map<number, Promise<Row[]>>();
  #version = 0;

  constructor(fetch: (from: number, to: number) => Promise<Row[]>) {
    this.#fetch = fetch;
  }

  /** Forgets all: the rows are others now. */
  clear(): void {
    this.#blocks.clear();
    this.#version++;
  }

  /** Rows `from` up to `to`; those around them are fetched ahead. */
  async rows(from: number, to: number, total: number): Promise<Row[]> {
    const end = Math.min(to, total);
    if (end <= from) return [];
    const first = Math.floor(from / BLOCK_ROWS);
    const last = Math.floor((end - 1) / BLOCK_ROWS);
    const version = this.#version;
    const wanted: Promise<Row[]>[] = [];
    for (let block = first; block <= last; block++) wanted.push(this.#block(block));
    const blocks = await Promise.all(wanted);
    // Others came meanwhile: these rows belong to what was shown before.
    if (version !== this.#version) return this.rows(from, to, total);
    for (const block of [last + 1, first - 1]) {
      if (block >= 0 && block * BLOCK_ROWS < total) void this.#block(block).catch(() => undefined);
    }
    return blocks.flat().slice(from - first * BLOCK_ROWS, end - first * BLOCK_ROWS);
  }

  #block(block: number): Promise<Row[]> {
    const known = this.#blocks.get(block);
    this.#blocks.delete(block);
    const rows = known ?? this.#fetch(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS);
    if (known === undefined) {
      rows.catch(() => {
        if (this.#blocks.get(block) === rows) this.#blocks.delete(block);
      });
    }
    // The one that was used last stays longest.
    this.#blocks.set(block, rows);
    const [oldest] = this.#blocks.keys();
    if (oldest !== undefined && this.#blocks.size > MOST_BLOCKS) this.#blocks.delete(oldest);
    return rows;
  }
}
