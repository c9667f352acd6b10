import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  orderedEntries,
  PACKAGE_LIMITS,
  type PackageEntry,
  type PackageSource,
  type SourceFault,
} from './packageSource.ts';

/** Folders that never belong to a package and may be huge. */
const PASSED_OVER = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * Opens the package at a path: a folder, a zip, or a plugin.xml alone. Links are not followed.
 * Rejects with the file system's error when the path cannot be read.
 */
export async function openPackage(location: string): Promise<PackageSource> {
  const facts = await stat(location);
  if (facts.isDirectory()) return folderSource(location);
  const name = path.basename(location);
  if (facts.size > PACKAGE_LIMITS.total) {
    const detail = `${Math.round(facts.size / 1024 / 1024)} MB`;
    return { kind: 'zip', name, entries: [], faults: [{ kind: 'tooLarge', path: '', detail }] };
  }
  const bytes = await readFile(location);
  if (/\.zip$/i.test(location)) {
    const { zipSource } = await import('./zipSource.ts');
    return zipSource(bytes, name);
  }
  return manifestSource(bytes, name);
}

/** A plugin.xml that is installed without a package. */
export function manifestSource(bytes: Uint8Array, name: string): PackageSource {
  const entry = { path: 'plugin.xml', size: bytes.length, read: () => Promise.resolve(bytes) };
  return { kind: 'manifest', name, entries: [entry], faults: [] };
}

/** The files below a folder. */
export async function folderSource(folder: string): Promise<PackageSource> {
  const faults: SourceFault[] = [];
  const entries: PackageEntry[] = [];
  const visit = async (relative: string): Promise<void> => {
    for (const item of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      const inside = relative === '' ? item.name : `${relative}/${item.name}`;
      if (item.isDirectory()) {
        if (!PASSED_OVER.has(item.name)) await visit(inside);
      } else if (item.isFile() && entries.length < PACKAGE_LIMITS.files) {
        const full = path.join(folder, inside);
        const { size } = await stat(full);
        if (size > PACKAGE_LIMITS.file)
          faults.push({ kind: 'tooLarge', path: inside, detail: `${Math.round(size / 1024 / 1024)} MB` });
        else entries.push({ path: inside, size, read: () => readFile(full) });
      }
    }
  };
  await visit('');
  return { kind: 'folder', name: path.basename(folder), entries: orderedEntries(entries, faults), faults };
}
