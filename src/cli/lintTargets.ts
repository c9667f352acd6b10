import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { languageOfFile } from '../core/plugin/fileLanguage.ts';
import { decodePlain, decodeXml, type DecodedText } from '../core/plugin/reader/encoding.ts';
import { belongsInPackage, MANIFEST_NAME } from '../core/plugin/making/packageEntries.ts';
import { sniffLanguage } from './lintSniffing.ts';

export type LintTarget = TextTarget | PackageTarget | RequestTarget | UnreadableTarget;

/** A text to lint by itself, and where it came from. */
export interface TextTarget {
  readonly kind: 'text';
  /** Absolute. */
  readonly filePath: string;
  /** Decides the language; differs from `filePath` only for a file whose name says nothing. */
  readonly languageName: string;
  readonly decoded: DecodedText;
}

/** A zip, or a folder with more than a manifest: its files are judged against each other too. */
export interface PackageTarget {
  readonly kind: 'package';
  readonly filePath: string;
}

/** A request file: not judged by itself, but by what the plugin grants that it is sent with. */
export interface RequestTarget {
  readonly kind: 'requests';
  readonly filePath: string;
}

/** What cannot be linted: a sentence for stderr, and exit code 2. */
export interface UnreadableTarget {
  readonly kind: 'unreadable';
  readonly filePath: string;
  readonly reason: string;
}

/** Characters. A text of half a gigabyte is more than the runtime can hold as one. */
export const LARGEST_TEXT = 256 * 1024 * 1024;
const TOO_LARGE = 'it is larger than 256 MB';

/** Hears of each folder before its files, with what is in it. */
export type FolderListener = (folder: string, entries: readonly Dirent[]) => void;

/** Folders that hold what others wrote. */
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'target', 'vendor']);

/**
 * Finds what can be linted at a path: a file, a zip, or the packages and single files below a folder in the order of
 * their names. Links are not followed below the path. A file in `done` is passed over; a package comes before its
 * files, so that whoever lints it can add them. Reads synchronously: for a thousand small files that is fastest.
 */
export function* lintTargets(
  start: string,
  done: ReadonlySet<string>,
  onFolder: FolderListener = () => undefined,
): Generator<LintTarget> {
  let isFolder: boolean;
  try {
    isFolder = statSync(start).isDirectory();
  } catch (error) {
    yield { kind: 'unreadable', filePath: start, reason: reasonOf(error) };
    return;
  }
  if (isFolder) {
    yield* inFolder(start, done, onFolder);
    return;
  }
  if (done.has(start)) return;
  if (start.toLowerCase().endsWith('.zip')) {
    yield { kind: 'package', filePath: start };
    return;
  }
  const target = read(start);
  const sniffed =
    target.kind === 'text' && languageOfFile(start) === undefined ? sniffLanguage(target.decoded.text) : undefined;
  if (target.kind !== 'text' || languageOfFile(start) !== undefined) yield target;
  else if (sniffed !== undefined) yield { ...target, languageName: path.join(path.dirname(start), sniffed) };
  else yield { kind: 'unreadable', filePath: start, reason: 'it is no file of a plugin package' };
}

function* inFolder(folder: string, done: ReadonlySet<string>, onFolder: FolderListener): Generator<LintTarget> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { kind: 'unreadable', filePath: folder, reason: reasonOf(error) };
    return;
  }
  onFolder(folder, entries);
  if (entries.length > 1) entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (isPackage(entries)) yield { kind: 'package', filePath: folder };
  const before = folder.endsWith(path.sep) ? folder : folder + path.sep;
  for (const entry of entries) {
    const full = before + entry.name;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) yield* inFolder(full, done, onFolder);
    } else if (entry.isFile() && languageOfFile(full) !== undefined && !done.has(full)) {
      yield read(full);
    } else if (entry.isFile() && entry.name.endsWith('.ps.http')) {
      yield { kind: 'requests', filePath: full };
    }
  }
}

/** Whether a folder that can be read holds more of a package than its manifest. */
export function isPackageFolder(folder: string): boolean {
  return isPackage(readdirSync(folder, { withFileTypes: true }));
}

/** A manifest beside a folder of a package. A manifest alone has nothing to be compared with. */
function isPackage(entries: readonly Dirent[]): boolean {
  const hasManifest = entries.some((entry) => entry.isFile() && entry.name === MANIFEST_NAME);
  return hasManifest && entries.some((entry) => entry.isDirectory() && belongsInPackage(entry.name));
}

function read(filePath: string): TextTarget | UnreadableTarget {
  try {
    const decoded = decodePlain(readFileSync(filePath, 'utf8')) ?? decodeXml(readFileSync(filePath));
    if (decoded.text.length > LARGEST_TEXT) return { kind: 'unreadable', filePath, reason: TOO_LARGE };
    return { kind: 'text', filePath, languageName: filePath, decoded };
  } catch (error) {
    return { kind: 'unreadable', filePath, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'ERR_FS_FILE_TOO_LARGE' || code === 'ERR_STRING_TOO_LONG') return TOO_LARGE;
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
  return error instanceof Error ? error.message : String(error);
}
