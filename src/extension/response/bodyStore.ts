import { randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Spool } from '../../core/run/ports.ts';
import type { AnswerBody } from '../../core/run/answerBody.ts';

/** Name of the file that tells whose folder it is; its time tells that the window still lives. */
export const OWNER_FILE = 'owner.json';
const BEAT_MILLISECONDS = 60_000;
/** Bytes that are written at once: pages that are put together come in small pieces. */
const BLOCK_BYTES = 1 << 20;

/** Keeps a body until it is released. */
export interface Hold {
  /** Resolves when the body is gone, or at once when another hold keeps it. */
  release(): Promise<void>;
}

/** The bodies that one run brings. */
export interface RunBodies extends Hold {
  readonly openSpool: () => Promise<Spool>;
}

/**
 * Bodies that are too large for memory: files in a folder of this window, readable by the user alone. A body goes when
 * nobody holds it any more, all go with the window.
 */
export class BodyStore {
  readonly #root: string;
  readonly #holds = new Map<string, number>();
  #folder: Promise<string> | undefined;
  #made: string | undefined;
  #beat: NodeJS.Timeout | undefined;

  /** @param root the folder of the extension in which each window has its own. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Bodies of a run are held until it is released: whoever shows one holds it before that. */
  run(): RunBodies {
    const held: Hold[] = [];
    let over = false;
    return {
      openSpool: async () => {
        const { spool, file } = await this.#open();
        const hold = this.#holdFile(file);
        if (over) await hold.release();
        else held.push(hold);
        return spool;
      },
      release: async () => {
        over = true;
        await Promise.all(held.splice(0).map((hold) => hold.release()));
      },
    };
  }

  /** Keeps the file of a body; one in memory needs no keeping. */
  hold(body: AnswerBody): Hold {
    return body.spooled === undefined ? { release: () => Promise.resolve() } : this.#holdFile(body.spooled.path);
  }

  /** Whether the body can still be read. */
  has(body: AnswerBody): boolean {
    return body.spooled === undefined || this.#holds.has(body.spooled.path);
  }

  /** Removes every body, those of other windows too: what they still show has to be asked for again. */
  async clear(): Promise<void> {
    clearInterval(this.#beat);
    this.#holds.clear();
    this.#folder = undefined;
    this.#made = undefined;
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Removes everything at once, as the window closes. */
  dispose(): void {
    clearInterval(this.#beat);
    this.#holds.clear();
    if (this.#made === undefined) return;
    try {
      rmSync(this.#made, { recursive: true, force: true });
    } catch {
      // Windows keeps a file that is still read; the next start removes the folder.
    }
  }

  #holdFile(file: string): Hold {
    this.#holds.set(file, (this.#holds.get(file) ?? 0) + 1);
    let released = false;
    return {
      release: async () => {
        if (released) return;
        released = true;
        const left = (this.#holds.get(file) ?? 0) - 1;
        if (left > 0) this.#holds.set(file, left);
        else if (this.#holds.delete(file)) await rm(file, { force: true }).catch(() => undefined);
      },
    };
  }

  async #open(): Promise<{ readonly spool: Spool; readonly file: string }> {
    this.#folder ??= this.#makeFolder();
    try {
      return await this.#openIn(await this.#folder);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      // Another window has cleared everything.
      clearInterval(this.#beat);
      this.#folder = this.#makeFolder();
      return this.#openIn(await this.#folder);
    }
  }

  async #openIn(folder: string): Promise<{ readonly spool: Spool; readonly file: string }> {
    const file = path.join(folder, randomUUID());
    return { spool: new FileSpool(await open(file, 'wx', 0o600), file), file };
  }

  async #makeFolder(): Promise<string> {
    const folder = path.join(this.#root, randomUUID());
    this.#made = folder;
    // The owner first, under a name that no other window takes for a folder without one.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(this.#root, 0o700);
    const owner = path.join(folder, OWNER_FILE);
    await writeFile(owner, JSON.stringify({ process: process.pid }), { mode: 0o600 });
    this.#beat = setInterval(() => {
      const now = new Date();
      void utimes(owner, now, now).catch(() => undefined);
    }, BEAT_MILLISECONDS).unref();
    return folder;
  }
}

/** One body on its way into its file. */
class FileSpool implements Spool {
  readonly #handle: FileHandle;
  readonly #file: string;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #used = 0;

  constructor(handle: FileHandle, file: string) {
    this.#handle = handle;
    this.#file = file;
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#used + chunk.length > BLOCK_BYTES) await this.#flush();
    if (chunk.length >= BLOCK_BYTES) await this.#handle.writeFile(chunk);
    else {
      this.#block.set(chunk, this.#used);
      this.#used += chunk.length;
    }
  }

  async end(): Promise<{ readonly path: string; readonly read: () => AsyncIterable<Uint8Array> }> {
    await this.#flush();
    await this.#handle.close();
    return { path: this.#file, read: () => createReadStream(this.#file) };
  }

  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.#file, { force: true });
  }

  async #flush(): Promise<void> {
    const used = this.#used;
    this.#used = 0;
    if (used > 0) await this.#handle.writeFile(this.#block.subarray(0, used));
  }
}
