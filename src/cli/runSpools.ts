import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Spool } from '../core/run/ports.ts';

/** Large bodies of one run: files that only the user can read, gone when the run ends. */
export class RunSpools {
  #folder: Promise<string> | undefined;
  #count = 0;

  async open(): Promise<Spool> {
    this.#folder ??= mkdtemp(path.join(os.tmpdir(), 'powerschool-explorer-'));
    const file = path.join(await this.#folder, String(++this.#count));
    const handle: FileHandle = await open(file, 'wx', 0o600);
    return {
      write: async (chunk) => {
        await handle.writeFile(chunk);
      },
      end: async () => {
        await handle.close();
        return { path: file, read: () => createReadStream(file) };
      },
      discard: async () => {
        await handle.close();
        await rm(file, { force: true });
      },
    };
  }

  async removeAll(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}
