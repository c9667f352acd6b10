import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Spool } from '../../core/run/ports.ts';
import type { AnswerBody } from '../../core/run/answerBody.ts';

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
  #folder: string | undefined;
  #made: Promise<void> | undefined;
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
    if (this.#folder === undefined) return;
    try {
      rmSync(this.#folder, { recursive: true, force: true });
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
    const { makeBodyFolder, openBodyFile } = await import('./bodyFiles.ts');
    const inFolder = async (): Promise<{ readonly spool: Spool; readonly file: string }> => {
      const folder = (this.#folder ??= path.join(this.#root, randomUUID()));
      this.#made ??= makeBodyFolder(this.#root, folder).then((beat) => {
        this.#beat = beat;
      });
      await this.#made;
      return openBodyFile(folder);
    };
    try {
      return await inFolder();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      // Another window has cleared everything.
      clearInterval(this.#beat);
      this.#folder = undefined;
      this.#made = undefined;
      return inFolder();
    }
  }
}
