import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BodyCut, Spool, SpooledBody } from '../../core/run/ports.ts';

/** Name of the file that tells whose folder it is; its time tells that the window still lives. */
export const OWNER_FILE = 'owner.json';
const BEAT_MILLISECONDS = 60_000;
/** Bytes that are written at once: pages that are put together come in small pieces. */
const BLOCK_BYTES = 1 << 20;

/** Makes the folder of a window, readable by the user alone, and gives the timer that shows that the window lives. */
export async function makeBodyFolder(root: string, folder: string): Promise<NodeJS.Timeout> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(root, 0o700);
  const owner = path.join(folder, OWNER_FILE);
  await writeFile(owner, JSON.stringify({ process: process.pid }), { mode: 0o600 });
  return setInterval(() => {
    const now = new Date();
    void utimes(owner, now, now).catch(() => undefined);
  }, BEAT_MILLISECONDS).unref();
}

/** A new file in the folder, to write a body into. */
export async function openBodyFile(folder: string): Promise<{ readonly spool: Spool; readonly file: string }> {
  const file = path.join(folder, randomUUID());
  const handle = await open(file, 'wx', 0o600);
  return { spool: new FileSpool(handle, file), file };
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

  async end(): Promise<SpooledBody> {
    await this.#flush();
    await this.#handle.close();
    return spooledAt(this.#file);
  }

  async shorten(where: (written: number) => BodyCut | undefined): Promise<SpooledBody | undefined> {
    const cut = where((await this.#handle.stat()).size);
    if (cut === undefined) return undefined;
    await this.#handle.truncate(cut.length);
    await this.#handle.close();
    return spooledAt(this.#file, cut.after);
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

/** @param after what closes the body: a full disk may have no room even for these few bytes, they stay in memory. */
function spooledAt(path: string, after?: Uint8Array): SpooledBody {
  return {
    path,
    read: async function* () {
      yield* createReadStream(path) as AsyncIterable<Uint8Array>;
      if (after !== undefined) yield after;
    },
    select: async (selectors, headers) => {
      const { selectInFile } = await import('./fileSelection.ts');
      return selectInFile({ path, after, selectors, headers });
    },
  };
}
