/** What a file is by its place in the package. */
export type EntryRole =
  | 'manifest'
  | 'queries'
  | 'mappings'
  | 'database'
  | 'catalog'
  | 'messages'
  | 'page'
  /** Below WEB_ROOT, but no text to look into. */
  | 'asset'
  /** Made by systems and tools: .git, .DS_Store, __MACOSX. */
  | 'litter'
  | 'stray';

const FOLDER_ROLES: Readonly<Record<string, EntryRole>> = {
  queries_root: 'queries',
  permissions_root: 'mappings',
  user_schema_root: 'database',
  pagecataloging: 'catalog',
  messagekeys: 'messages',
};

/** Folders of a package by the spelling of the documentation. */
export const PACKAGE_FOLDERS = [
  'queries_root',
  'permissions_root',
  'user_schema_root',
  'pagecataloging',
  'MessageKeys',
  'WEB_ROOT',
] as const;

const TEXT = /\.(?:html?|txt|js|mjs|css|json|xml|properties|jsp|action|tag)$/i;
const LITTER = /(?:^|\/)(?:\.[^/]+|__MACOSX|node_modules|Thumbs\.db|desktop\.ini)(?:\/|$)|~$/i;

/** The role of a path (from the top of the package). Letter case of the folders does not matter. */
export function roleOf(path: string): EntryRole {
  if (path.toLowerCase() === 'plugin.xml') return 'manifest';
  if (LITTER.test(path)) return 'litter';
  const slash = path.indexOf('/');
  if (slash < 0) return 'stray';
  const top = path.slice(0, slash).toLowerCase();
  if (top === 'web_root') return TEXT.test(path) ? 'page' : 'asset';
  return FOLDER_ROLES[top] ?? 'stray';
}

/**
 * The folder, with its slash, that the package's files are in: empty when plugin.xml is at the top. A package that was
 * zipped together with its folder has a wrapper.
 */
export function wrapperOf(paths: readonly string[]): string {
  if (paths.some((path) => path.toLowerCase() === 'plugin.xml')) return '';
  const inside = paths.filter((path) => /^[^/]+\/plugin\.xml$/i.test(path) && !LITTER.test(path));
  const [only] = inside;
  return inside.length === 1 && only !== undefined ? only.slice(0, only.indexOf('/') + 1) : '';
}

/** Where a page of WEB_ROOT is on the server: `WEB_ROOT/admin/x.html` → `/admin/x.html`. */
export function pageAddress(path: string): string {
  return path.slice(path.indexOf('/'));
}
