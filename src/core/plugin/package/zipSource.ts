import { unzipSync, type UnzipFileInfo } from 'fflate';
import {
  orderedEntries,
  PACKAGE_LIMITS,
  type PackageEntry,
  type PackageSource,
  type SourceFault,
} from './packageSource.ts';

/**
 * The files of a zip. Nothing is unpacked before it is read. Entries that would leave the package are left out, and
 * what claims to be larger than `PACKAGE_LIMITS` is never unpacked: the size in the directory is also the size of the
 * buffer, so a lying entry cannot grow beyond it. Never throws; a file that is no zip has the fault `unreadable`.
 */
export function zipSource(bytes: Uint8Array, name: string): PackageSource {
  const faults: SourceFault[] = [];
  const entries: PackageEntry[] = [];
  let total = 0;
  let files = 0;
  const list = (info: UnzipFileInfo): boolean => {
    const problem = pathProblem(info.name);
    if (info.name.endsWith('/') && problem === undefined) return false;
    total += info.originalSize;
    if (++files > PACKAGE_LIMITS.files || total > PACKAGE_LIMITS.total) return false;
    if (problem !== undefined) {
      faults.push({ kind: 'unsafePath', path: info.name, detail: problem });
    } else if (info.originalSize > PACKAGE_LIMITS.file) {
      faults.push({ kind: 'tooLarge', path: info.name, detail: `${Math.round(info.originalSize / 1024 / 1024)} MB` });
    } else {
      entries.push({ path: info.name, size: info.originalSize, read: () => unpack(bytes, info.name) });
    }
    return false;
  };
  try {
    unzipSync(bytes, { filter: list });
  } catch (error) {
    return { kind: 'zip', name, entries: [], faults: [{ kind: 'unreadable', path: '', detail: reasonOf(error) }] };
  }
  if (files > PACKAGE_LIMITS.files) faults.push({ kind: 'tooLarge', path: '', detail: `${files} files` });
  if (total > PACKAGE_LIMITS.total) {
    faults.push({ kind: 'tooLarge', path: '', detail: `${Math.round(total / 1024 / 1024)} MB` });
    return { kind: 'zip', name, entries: [], faults };
  }
  return { kind: 'zip', name, entries: orderedEntries(entries, faults), faults };
}

/** Why an entry must not be unpacked under its name; undefined when it may. */
function pathProblem(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is an absolute path';
  if (path.includes('\\')) return 'it has backslashes';
  if (path.split('/').includes('..')) return 'it leaves the package';
  if (path.includes('\0') || path === '') return 'it is no file name';
  return undefined;
}

async function unpack(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  // the first of several entries of one name is taken, as installers do
  let taken = false;
  const files = unzipSync(bytes, {
    filter: ({ name }) => {
      const wanted = name === path && !taken;
      taken ||= wanted;
      return wanted;
    },
  });
  const content = files[path];
  if (content === undefined) throw new Error(`${path} is not in the zip`);
  return Promise.resolve(content);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
