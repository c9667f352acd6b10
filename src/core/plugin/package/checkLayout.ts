import { PACKAGE_FOLDERS, roleOf } from './packageLayout.ts';
import type { LayoutCode } from './layoutCodes.ts';
import type { PluginPackage } from './pluginPackage.ts';

/** A finding about a file as such; empty path: about the package. */
export type ReportLayout = (code: LayoutCode, path: string, args?: readonly string[]) => void;

/** How the names of files end, by their role. */
export const LAYOUT_ENDINGS: Readonly<Record<string, string>> = {
  queries: '.named_queries.xml',
  mappings: '.permission_mappings.xml',
  database: '.xml',
  messages: '.properties',
};

/** Rules Z01 to Z05: what is where, and under which name. */
export function checkLayout({ source, wrapper, paths, faults }: PluginPackage, report: ReportLayout): void {
  for (const { kind, path, detail } of faults) {
    if (kind === 'unsafePath') report('PS469', '', [path, detail]);
    else if (kind === 'tooLarge') report('PS470', path, [detail]);
    else if (kind === 'unreadable') report('PS471', path, [detail]);
    else if (kind === 'twice') report('PS473', path, [path]);
    else report('PS472', path, [path, detail]);
  }
  if (source.kind === 'manifest' || faults.some(({ kind, path }) => kind === 'unreadable' && path === '')) return;
  const manifest = paths.find((path) => path.toLowerCase() === 'plugin.xml');
  if (wrapper !== '') report('PS461', `${wrapper}${manifest ?? ''}`, [wrapper.slice(0, -1)]);
  else if (manifest === undefined && !faults.some(({ kind, path }) => kind === 'tooLarge' && isManifest(path)))
    report('PS460', '');
  if (manifest !== undefined && manifest !== 'plugin.xml') report('PS462', `${wrapper}${manifest}`, [manifest]);
  // what a working folder holds besides the package is not packed
  const isZip = source.kind === 'zip';
  const strays = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const role = roleOf(path);
    const [top = '', ...rest] = path.split('/');
    if (role === 'stray' || role === 'litter') {
      const name = rest.length === 0 ? path : role === 'litter' ? path : `${top}/`;
      if (isZip && !strays.has(name)) report('PS466', wrapper + path, [name]);
      strays.add(name);
    } else if (rest.length > 0) {
      if (!folders.has(top)) checkFolderName(top, (args) => report('PS474', wrapper + path, args));
      folders.add(top);
      checkEntry(path, role, rest, (code, args) => report(code, wrapper + path, args));
    }
  }
}

/** Empty: the whole package. */
function isManifest(path: string): boolean {
  return path === '' || path.toLowerCase() === 'plugin.xml';
}

/** Of WEB_ROOT alone real packages have several spellings. */
function checkFolderName(folder: string, report: (args: readonly string[]) => void): void {
  const usual = PACKAGE_FOLDERS.find((name) => name.toLowerCase() === folder.toLowerCase());
  if (usual !== undefined && usual !== 'WEB_ROOT' && usual !== folder) report([folder, usual]);
}

function checkEntry(
  path: string,
  role: string,
  rest: readonly string[],
  report: (code: LayoutCode, args: readonly string[]) => void,
): void {
  const [top = ''] = path.split('/');
  const name = rest.at(-1) ?? '';
  if (role === 'page' || role === 'asset') {
    if (/^web_root\/pagecataloging\//i.test(path)) report('PS467', []);
    return;
  }
  if (role === 'manifest') return;
  if (rest.length > 1) report('PS463', [top]);
  else if (role === 'catalog') {
    if (!/\.json$/i.test(name)) report('PS468', []);
  } else {
    const ending = LAYOUT_ENDINGS[role] ?? '';
    if (`.${name.toLowerCase()}` === ending && (role === 'queries' || role === 'mappings')) report('PS465', [name]);
    else if (!name.toLowerCase().endsWith(ending)) report('PS464', [top, ending]);
  }
}
