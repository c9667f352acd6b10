import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { OWNER_FILE } from './bodyFiles.ts';

/** A window renews the time of its file every minute; one that is silent for so long has gone, whatever its number. */
const SILENCE_MILLISECONDS = 10 * 60_000;

/**
 * Removes what windows left that ended without closing: their process is gone, or its number belongs to another
 * program that never renews the folder. Other windows keep theirs. Never rejects.
 * @param now milliseconds since 1970.
 */
export async function removeOrphanedBodies(root: string, now: number): Promise<void> {
  const folders = await readdir(root).catch(() => []);
  await Promise.all(
    folders.map(async (name) => {
      const folder = path.join(root, name);
      if (await isAlive(folder, now)) return;
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

async function isAlive(folder: string, now: number): Promise<boolean> {
  const owner = path.join(folder, OWNER_FILE);
  try {
    const { mtimeMs } = await stat(owner);
    if (now - mtimeMs > SILENCE_MILLISECONDS) return false;
    const { process: id } = JSON.parse(await readFile(owner, 'utf8')) as { process?: unknown };
    return typeof id !== 'number' || runs(id);
  } catch {
    // Another window may be about to write the file.
    const made = await stat(folder).catch(() => undefined);
    return made !== undefined && now - made.mtimeMs < SILENCE_MILLISECONDS;
  }
}

function runs(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
