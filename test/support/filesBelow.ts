import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Every file below a folder with its bytes, without those that go away meanwhile: the editor writes and cleans up. */
export async function* filesBelow(folder: string): AsyncGenerator<{ readonly file: string; readonly bytes: Buffer }> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(nothingThere)) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(inside);
    else if (entry.isFile()) {
      const bytes = await readFile(inside).catch(nothingThere);
      if (Buffer.isBuffer(bytes)) yield { file: inside, bytes };
    }
  }
}

/** The files below a folder that hold a text. */
export async function filesWith(text: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { file, bytes } of filesBelow(folder)) if (bytes.includes(text)) found.push(file);
  return found;
}

function nothingThere(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
