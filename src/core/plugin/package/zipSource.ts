import {
  orderedEntries,
  PACKAGE_LIMITS,
  type PackageEntry,
  type PackageSource,
  type SourceFault,
} from './packageSource.ts';
import { readZipDirectory, unpackEntry, type ZipEntry } from './zipDirectory.ts';

/**
 * The files of a zip. Nothing is unpacked before it is read. Entries that would leave the package are left out, and
 * what claims to be larger than `PACKAGE_LIMITS` is never unpacked; an entry that lies about its size cannot grow
 * beyond what it claims. Never throws; a file that is no zip has the fault `unreadable`.
 */
export function zipSource(bytes: Uint8Array, name: string): PackageSource {
  const faults: SourceFault[] = [];
  const entries: PackageEntry[] = [];
  let directory: ReturnType<typeof readZipDirectory>;
  try {
    directory = readZipDirectory(bytes, PACKAGE_LIMITS.files);
  } catch (error) {
    return { kind: 'zip', name, entries: [], faults: [{ kind: 'unreadable', path: '', detail: reasonOf(error) }] };
  }
  let total = 0;
  const seen = new Set<string>();
  for (const entry of directory.entries) {
    const problem = pathProblem(entry);
    if (entry.name.endsWith('/') && problem === undefined) continue;
    total += entry.size;
    if (problem !== undefined) {
      faults.push({ kind: 'unsafePath', path: entry.name, detail: problem });
    } else if (entry.size > PACKAGE_LIMITS.file) {
      faults.push({ kind: 'tooLarge', path: entry.name, detail: megabytes(entry.size) });
    } else if (seen.has(entry.name)) {
      faults.push({ kind: 'twice', path: entry.name, detail: 'is there twice' });
    } else {
      const { size } = entry;
      entries.push({ path: entry.name, size, read: async () => Promise.resolve(unpackEntry(bytes, entry)) });
    }
    seen.add(entry.name);
  }
  if (directory.count > PACKAGE_LIMITS.files) {
    faults.push({ kind: 'tooLarge', path: '', detail: `${directory.count} files` });
  }
  if (total > PACKAGE_LIMITS.total) {
    // the one that is too large by itself says it all
    if (!faults.some(({ kind }) => kind === 'tooLarge'))
      faults.push({ kind: 'tooLarge', path: '', detail: megabytes(total) });
    return { kind: 'zip', name, entries: entries.filter(({ path }) => path === 'plugin.xml'), faults };
  }
  return { kind: 'zip', name, entries: orderedEntries(entries, faults), faults };
}

/** Why an entry must not be unpacked under its name; undefined when it may. */
function pathProblem({ name, link }: ZipEntry): string | undefined {
  if (link) return 'it is a link to another file';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'it is an absolute path';
  if (name.includes('\\')) return 'it has backslashes';
  if (name.split('/').includes('..')) return 'it leaves the package';
  if (name.includes('\0') || name === '') return 'it is no file name';
  return undefined;
}

function megabytes(size: number): string {
  return `${Math.round(size / 1024 / 1024)} MB`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
