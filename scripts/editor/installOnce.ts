import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from '../checkout.ts';

/**
 * The folder `name` of the cache, filled by `fill` the first time. It is filled beside its place and renamed when
 * whole, so a killed installation leaves nothing that looks finished; two processes never fill the same folder.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const place = path.join(cacheFolder, name);
  if (existsSync(place)) return place;
  return oneAtATime(name, async () => {
    if (existsSync(place)) return place;
    const unfinished = `${place}.unfinished`;
    // What a killed installation started may need a moment to end.
    await rm(unfinished, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    await mkdir(unfinished, { recursive: true });
    await fill(unfinished);
    await renameWhenFree(unfinished, place);
    return place;
  });
}

/** Works while nobody else, in this process or another of this checkout, works under the same name. */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const release = await lock(path.join(cacheFolder, `${name}.lock`));
  try {
    return await work();
  } finally {
    await release();
  }
}

async function lock(file: string): Promise<() => Promise<void>> {
  await mkdir(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await ownerIsGone(file)) await rm(file, { force: true });
    else await delay(500);
  }
}

async function ownerIsGone(file: string): Promise<boolean> {
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  // Another process may be between creating the file and writing its number.
  if (!Number.isInteger(owner) || owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** On Windows a virus scanner may still hold a fresh file open. */
async function renameWhenFree(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 20) throw error;
      await delay(500);
    }
  }
}
