/** One file of a package. */
export interface PackageEntry {
  /** From the top of the package, with forward slashes; never absolute, never with `..`. */
  readonly path: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** The content; rejects when it cannot be read. */
  readonly read: () => Promise<Uint8Array>;
}

/** Something that keeps a part of a package from being read. */
export interface SourceFault {
  readonly kind: 'unsafePath' | 'tooLarge' | 'unreadable' | 'twice' | 'sameName';
  /** The entry, or empty for the whole package. */
  readonly path: string;
  readonly detail: string;
}

/** Where the files of a plugin package come from: a folder, a zip, or a manifest alone. */
export interface PackageSource {
  readonly kind: 'folder' | 'zip' | 'manifest';
  /** For messages: the name of the folder or file. */
  readonly name: string;
  /** In the order of their paths. */
  readonly entries: readonly PackageEntry[];
  readonly faults: readonly SourceFault[];
}

/** What a plugin package may hold. The largest real one seen has some hundred files and a few megabytes. */
export const PACKAGE_LIMITS = {
  files: 20_000,
  /** Bytes of one file, unpacked. */
  file: 32 * 1024 * 1024,
  /** Bytes of all files, unpacked. */
  total: 256 * 1024 * 1024,
} as const;

/** Sorts entries and reports names that differ in case only: a server on Windows keeps one of them. */
export function orderedEntries(entries: readonly PackageEntry[], faults: SourceFault[]): PackageEntry[] {
  const seen = new Map<string, string>();
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const { path } of sorted) {
    const key = path.toLowerCase();
    const other = seen.get(key);
    if (other !== undefined) faults.push({ kind: 'sameName', path, detail: other });
    seen.set(key, path);
  }
  return sorted;
}
