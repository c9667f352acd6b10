import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeAll } from './writeAll.ts';
import { cannotWrite } from './writeFailure.ts';

const READ_BYTES = 1 << 20;

/**
 * Bytes that wait on disk until something is known about all of them. The file is readable by the user alone and has
 * no name any more where the system allows that, so that nothing is left when the process is killed.
 */
export class SpoolFile {
  readonly #handle: FileHandle;
  readonly #folder: string;
  #length = 0;

  private constructor(handle: FileHandle, folder: string) {
    this.#handle = handle;
    this.#folder = folder;
  }

  /** Throws PS978 when nothing can be written there. */
  static async create(): Promise<SpoolFile> {
    let folder: string | undefined;
    try {
      folder = await mkdtemp(path.join(os.tmpdir(), 'powerschool-explorer-'));
      const handle = await open(path.join(folder, 'spool'), 'wx+', 0o600);
      // Windows keeps the name until the file is closed; `remove` takes it away then.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      return new SpoolFile(handle, folder);
    } catch (error) {
      throw cannotWrite(folder ?? os.tmpdir(), error);
    }
  }

  /** Throws PS978 when the disk is full. */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#handle, bytes, this.#length);
      this.#length += bytes.length;
    } catch (error) {
      throw cannotWrite(this.#folder, error);
    }
  }

  /** All bytes in order. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < this.#length;) {
      // A buffer of its own for each chunk: whoever gets it may keep it in a queue.
      const buffer = new Uint8Array(READ_BYTES);
      const { bytesRead } = await this.#handle.read(buffer, 0, Math.min(READ_BYTES, this.#length - at), at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async remove(): Promise<void> {
    await this.#handle.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
