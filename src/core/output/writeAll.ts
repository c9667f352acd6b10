import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes at a place of a file: the system may take fewer at a time. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
