import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Copies the sample workspace to a folder where it may be edited. What is there stays from start to start: a file
 * is written again only while it is still as it was copied, or when it is new in the sample.
 */
export async function fillScratchWorkspace(sample: string, workspace: string): Promise<void> {
  const recordFile = `${workspace}.copied.json`;
  const copied = await readJson(recordFile);
  const entries = await readdir(sample, { recursive: true, withFileTypes: true });
  const record: Record<string, string> = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const from = path.join(entry.parentPath, entry.name);
    const name = path.relative(sample, from);
    const to = path.join(workspace, name);
    const fresh = await readFile(from);
    const present = await readFile(to).catch(() => undefined);
    // A file that was copied once and is gone was deleted on purpose.
    const untouched = present === undefined ? copied[name] === undefined : digest(present) === copied[name];
    if (untouched) {
      await mkdir(path.dirname(to), { recursive: true });
      await writeFile(to, fresh);
    }
    record[name] = untouched ? digest(fresh) : (copied[name] ?? digest(fresh));
  }
  await mkdir(workspace, { recursive: true });
  await writeFile(recordFile, JSON.stringify(record, undefined, 2));
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readJson(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
