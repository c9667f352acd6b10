import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { languageOfFile } from '../core/plugin/fileLanguage.ts';
import { sniffLanguage } from './lintSniffing.ts';

/** A text to lint, and where it came from. */
export interface LintTarget {
  /** Absolute. */
  readonly filePath: string;
  /** Decides the language; differs from `filePath` only for a file whose name says nothing. */
  readonly languageName: string;
  readonly bytes: Uint8Array;
  /** It cannot be written back. */
  readonly inZip?: boolean;
}

/** What cannot be linted: a sentence for stderr, and exit code 2. */
export interface UnreadableTarget {
  readonly filePath: string;
  readonly reason: string;
}

/** Folders that hold what others wrote. */
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'target', 'vendor']);

/**
 * Finds the files of plugin packages at a path: the file itself, those in a zip, or all below a folder in the order of their names.
 * Links are not followed below the path. Reads synchronously: for a thousand small files that is the fastest way.
 */
export async function lintTargets(start: string): Promise<Iterable<LintTarget | UnreadableTarget>> {
  let isFolder: boolean;
  try {
    isFolder = statSync(start).isDirectory();
  } catch (error) {
    return [{ filePath: start, reason: reasonOf(error) }];
  }
  if (isFolder) return inFolder(start);
  const target = read(start, start);
  if ('reason' in target || languageOfFile(start) !== undefined) return [target];
  if (start.toLowerCase().endsWith('.zip')) {
    const { zipTargets } = await import('./zipTargets.ts');
    const inside = zipTargets(start, target.bytes);
    return inside.length > 0 ? inside : [{ filePath: start, reason: 'there is no file of a plugin in it' }];
  }
  const sniffed = sniffLanguage(target.bytes);
  if (sniffed !== undefined) return [{ ...target, languageName: path.join(path.dirname(start), sniffed) }];
  return [{ filePath: start, reason: 'it is no file of a plugin package' }];
}

function* inFolder(folder: string): Generator<LintTarget | UnreadableTarget> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { filePath: folder, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) yield* inFolder(full);
    } else if (entry.isFile() && languageOfFile(full) !== undefined) {
      yield read(full, full);
    }
  }
}

function read(filePath: string, languageName: string): LintTarget | UnreadableTarget {
  try {
    return { filePath, languageName, bytes: readFileSync(filePath) };
  } catch (error) {
    return { filePath, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
  return error instanceof Error ? error.message : String(error);
}
