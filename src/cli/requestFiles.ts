import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  ENVIRONMENT_FILE,
  type EnvironmentFile,
  parseEnvironmentFile,
  PRIVATE_ENVIRONMENT_FILE,
} from '../core/request/environment.ts';
import { parseRequestFile } from '../core/request/parse.ts';
import type { RunFile } from '../core/run/runOptions.ts';
import { UsageError } from './usageError.ts';

const EXTENSION = '.ps.http';

/**
 * The request files at the given paths: each file as it is, all `*.ps.http` below a folder in the order of their
 * names. Throws `UsageError` for what cannot be read.
 */
export async function loadRequestFiles(starts: readonly string[], cwd: string): Promise<RunFile[]> {
  const environments = new EnvironmentFinder(cwd);
  const files: RunFile[] = [];
  const seen = new Set<string>();
  for (const start of starts) {
    for (const shown of await findRequestFiles(start, cwd)) {
      const location = path.resolve(cwd, shown);
      if (seen.has(location)) continue;
      seen.add(location);
      files.push({
        path: shown,
        location,
        file: parseRequestFile(await readText(location, shown)),
        environments: await environments.find(path.dirname(location)),
        roots: [path.dirname(location), cwd],
      });
    }
  }
  return files;
}

async function findRequestFiles(start: string, cwd: string): Promise<string[]> {
  const isFolder = await stat(path.resolve(cwd, start)).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw new UsageError(`${start} cannot be read: there is no such file or folder.`);
  if (!isFolder) return [start];
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(path.resolve(cwd, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path.join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') await walk(inner);
      else if (entry.isFile() && entry.name.toLowerCase().endsWith(EXTENSION)) found.push(inner);
    }
  };
  await walk(start);
  return found;
}

/** Environment files beside a request file and above it, up to the working directory; the nearest first. */
class EnvironmentFinder {
  readonly #cwd: string;
  readonly #read = new Map<string, Promise<EnvironmentFile[]>>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  async find(folder: string): Promise<EnvironmentFile[]> {
    const relative = path.relative(this.#cwd, folder);
    const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
    const found: EnvironmentFile[] = [];
    for (let current = folder; ; current = path.dirname(current)) {
      let here = this.#read.get(current);
      if (here === undefined) {
        here = readEnvironments(current);
        this.#read.set(current, here);
      }
      found.push(...(await here));
      if (!isInside || current === this.#cwd || current === path.dirname(current)) return found;
    }
  }
}

async function readEnvironments(folder: string): Promise<EnvironmentFile[]> {
  const found: EnvironmentFile[] = [];
  for (const name of [PRIVATE_ENVIRONMENT_FILE, ENVIRONMENT_FILE]) {
    const file = path.join(folder, name);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      continue;
    }
    const parsed = parseEnvironmentFile(text, file);
    if (parsed instanceof Error) throw new UsageError(`${parsed.message} ${parsed.mend}`);
    found.push(parsed);
  }
  return found;
}

async function readText(file: string, shown: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
