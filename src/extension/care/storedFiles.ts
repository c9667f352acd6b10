import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** All files below a folder that were written before a moment (milliseconds since 1970); none without such a folder. */
export async function filesBelow(folder: string, before: number): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      ),
    ),
  );
  return files.filter((_, index) => (times[index] ?? Infinity) < before);
}

/** Removes everything in a folder. What another program holds open stays: look with `filesBelow`. */
export async function removeAll(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map((name) =>
      rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
    ),
  );
}
