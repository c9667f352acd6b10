import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readHistoryEntry, timeOf, type HistoryEntry } from './historyEntry.ts';

export interface HistoryLimits {
  readonly entries: number;
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all kept bodies. */
  readonly bodies: number;
}

export const HISTORY_LIMITS: HistoryLimits = { entries: 500, age: 30 * 86_400_000, bodies: 200_000_000 };

/** A part that is older was left by a window that ended while it wrote. */
const PART_AGE = 60_000;

/**
 * The history on disk: a file for each entry, readable by the user alone. Entries are never changed, so that several
 * windows write, remove and clear at the same time and lose nothing, without a lock. What is removed is gone from the
 * disk at once.
 */
export class HistoryFolder {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #limits: HistoryLimits;
  readonly #read = new Map<string, HistoryEntry>();
  /** Ids whose body is kept, as of the last look. */
  #bodies: ReadonlySet<string> = new Set();

  /** @param now milliseconds since 1970. */
  constructor(folder: string, now: () => number, limits: HistoryLimits = HISTORY_LIMITS) {
    this.#folder = folder;
    this.#now = now;
    this.#limits = limits;
  }

  /** Newest first; those of other windows too. What is over the limits is removed. */
  async list(): Promise<HistoryEntry[]> {
    const ids = await this.#prune(await this.#names());
    for (const known of this.#read.keys()) if (!ids.includes(known)) this.#read.delete(known);
    const entries = await Promise.all(ids.map((id) => this.#entry(id)));
    return entries.filter((entry) => entry !== undefined);
  }

  async add(entry: HistoryEntry): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#place(this.#file(entry.id), (part) => writeFile(part, JSON.stringify(entry), { mode: 0o600 }));
    this.#read.set(entry.id, entry);
    await this.#prune(await this.#names());
  }

  /** Keeps the body of an answer beyond the session. */
  async keepBody(id: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#place(this.#body(id), async (part) => {
      const file = await open(part, 'w', 0o600);
      try {
        for await (const chunk of body) await file.writeFile(chunk);
      } finally {
        await file.close();
      }
    });
    await this.#prune(await this.#names());
  }

  /** Whether the body was kept when the folder was looked at last. */
  hasBody(id: string): boolean {
    return this.#bodies.has(id);
  }

  /** The body that was kept, or undefined. */
  async body(id: string): Promise<{ readonly size: number; read(): AsyncIterable<Uint8Array> } | undefined> {
    const file = this.#body(id);
    const size = await sizeOf(file);
    return size === undefined ? undefined : { size, read: () => createReadStream(file) };
  }

  async remove(id: string): Promise<void> {
    this.#read.delete(id);
    await Promise.all([rm(this.#body(id), { force: true }), rm(this.#file(id), { force: true })]);
  }

  /** Removes every body that was kept; the entries stay. */
  async removeBodies(): Promise<void> {
    this.#bodies = new Set();
    const bodies = (await this.#names()).filter((name) => name.endsWith('.body'));
    await Promise.all(bodies.map((name) => rm(path.join(this.#folder, name), { force: true })));
  }

  async clear(): Promise<void> {
    this.#read.clear();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** The file is whole or not there; on a full disk a part would take the room that others need. */
  async #place(file: string, write: (part: string) => Promise<void>): Promise<void> {
    const part = `${file}.part`;
    try {
      await write(part);
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async #entry(id: string): Promise<HistoryEntry | undefined> {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    try {
      const entry = readHistoryEntry(JSON.parse(await readFile(this.#file(id), 'utf8')));
      if (entry?.id === id) this.#read.set(id, entry);
      return entry?.id === id ? entry : undefined;
    } catch {
      // Removed by another window meanwhile, or damaged.
      return undefined;
    }
  }

  /** Removes what is too much or too old, and gives the ids that stay, newest first. */
  async #prune(names: readonly string[]): Promise<string[]> {
    const { entries, age } = this.#limits;
    const ids = names
      .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
      .toSorted()
      .toReversed();
    const oldest = this.#now() - age;
    const kept = ids.slice(0, entries).filter((id) => timeOf(id) >= oldest);
    const staying = new Set(kept);
    const left = names.filter((name) => {
      if (name.endsWith('.part')) return !(this.#now() - timeOf(name.replace(/\..*$/, '')) <= PART_AGE);
      return !staying.has(name.replace(/\.(?:json|body)$/, ''));
    });
    await Promise.all(left.map((name) => rm(path.join(this.#folder, name), { force: true })));
    const bodies = await this.#pruneBodies(names.filter((name) => name.endsWith('.body') && !left.includes(name)));
    this.#bodies = new Set(bodies.map((name) => name.slice(0, -'.body'.length)));
    return kept;
  }

  /** Removes the oldest bodies that are too much; gives the names of the others. */
  async #pruneBodies(names: readonly string[]): Promise<string[]> {
    const kept: string[] = [];
    let total = 0;
    for (const name of names.toSorted().toReversed()) {
      const file = path.join(this.#folder, name);
      total += (await sizeOf(file)) ?? 0;
      if (total > this.#limits.bodies) await rm(file, { force: true });
      else kept.push(name);
    }
    return kept;
  }

  async #names(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }

  #body(id: string): string {
    return path.join(this.#folder, `${id}.body`);
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
