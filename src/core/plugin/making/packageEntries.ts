/** A file of a plugin folder, by its path in that folder with forward slashes. */
export interface PackageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What becomes of the files of a folder. */
export interface PackageEntries {
  /** In the order of their paths in the zip. */
  readonly entries: readonly PackageFile[];
  /** Files that do not belong in a package: readmes, system files, other zips. */
  readonly leftOut: readonly string[];
  /** Files in a folder below one that must have none; the server would refuse them. */
  readonly misplaced: readonly string[];
}

export const MANIFEST_NAME = 'plugin.xml';

/** Folders of a package as the server spells them, and whether they may have folders of their own. */
const FOLDERS: ReadonlyMap<string, { readonly name: string | undefined; readonly deep: boolean }> = new Map([
  ['queries_root', { name: 'queries_root', deep: false }],
  ['permissions_root', { name: 'permissions_root', deep: false }],
  ['user_schema_root', { name: 'user_schema_root', deep: false }],
  ['messagekeys', { name: 'MessageKeys', deep: false }],
  ['pagecataloging', { name: 'pagecataloging', deep: false }],
  // In installed plugins every spelling is found.
  ['web_root', { name: undefined, deep: true }],
]);

/** Whether a name at the top of a plugin folder may hold something that is packaged. */
export function belongsInPackage(name: string): boolean {
  return name === MANIFEST_NAME || FOLDERS.has(name.toLowerCase());
}

/** Files that systems and editors leave behind: hidden ones, backups, thumbnails, resource forks. */
export function isLitter(path: string): boolean {
  return path
    .split('/')
    .some(
      (part) =>
        part.startsWith('.') ||
        part.endsWith('~') ||
        /^(thumbs\.db|desktop\.ini|__macosx|node_modules)$/i.test(part) ||
        /\.(swp|bak|tmp|orig)$/i.test(part),
    );
}

/** Sorts the files of a folder into those of the package and the rest. Their bytes are not looked at. */
export function packageEntries(files: readonly PackageFile[]): PackageEntries {
  const entries: PackageFile[] = [];
  const leftOut: string[] = [];
  const misplaced: string[] = [];
  for (const { path, bytes } of files) {
    const [top = '', ...rest] = path.split('/');
    const folder = rest.length > 0 ? FOLDERS.get(top.toLowerCase()) : undefined;
    if (path === MANIFEST_NAME) entries.push({ path, bytes });
    else if (folder === undefined || isLitter(path)) leftOut.push(path);
    else if (!folder.deep && rest.length > 1) misplaced.push(path);
    else entries.push({ path: [folder.name ?? top, ...rest].join('/'), bytes });
  }
  return { entries: entries.sort(byPath), leftOut: leftOut.sort(), misplaced: misplaced.sort() };
}

/** By UTF-16 units: the same on every machine, whatever its language. */
function byPath(a: PackageFile, b: PackageFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
