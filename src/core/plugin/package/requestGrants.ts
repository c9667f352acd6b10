import type { ApiUse, TableUse } from '../../catalog/apiUse.ts';
import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { IsSuppressed } from '../../problem/suppressions.ts';
import { PLUGIN_PROBLEMS } from '../problems/pluginProblems.ts';
import { isExtensionTable } from '../rules/tableNames.ts';

/** A request file with what its requests need. */
export interface RequestUses {
  /** As it is to be shown. */
  readonly path: string;
  readonly text: string;
  readonly uses: readonly ApiUse[];
  /** What the file's comments set aside. */
  readonly isSuppressed?: IsSuppressed | undefined;
}

/**
 * Requests that the server would refuse, for the plugin does not ask for what they need. PS483 and PS477 say the
 * contrary, in the manifest.
 */
export function judgeRequest({ oauth, fields, name }: Manifest, { uses, isSuppressed }: RequestUses): Diagnostic[] {
  // without <oauth> there are no credentials to send a request with
  if (oauth === undefined) return [];
  const level = oauth.attributeValue('accessLevelV1Api') || 'NONE';
  const plugin = name?.value ?? '';
  const granted = new Map<string, boolean>();
  for (const { key, access } of fields) granted.set(key, granted.get(key) === true || access === 'FullAccess');
  const found = uses.flatMap((use) => {
    if (use.kind === 'table') return missingFields(use, granted, plugin);
    if (level === 'FULL' || level === use.level) return [];
    return diagnose(PLUGIN_PROBLEMS, 'PS482', use.range, [use.level, level, plugin]);
  });
  return found.filter(({ code, range }) => isSuppressed?.(code, range.start) !== true);
}

function missingFields(
  { table, columns, access }: TableUse,
  granted: ReadonlyMap<string, boolean>,
  plugin: string,
): Diagnostic[] {
  const said = new Set<string>();
  return columns.flatMap(({ text, range, refused }) => {
    const key = `${table}.${text}`.toUpperCase();
    const writes = granted.get(key);
    const enough = access === 'ViewOnly' ? writes !== undefined : writes === true;
    // every row of an extension table has these keys, granted or not
    if (enough || refused === true || said.has(key) || (isExtensionTable(table) && /^(?:id|\w+dcid)$/i.test(text)))
      return [];
    said.add(key);
    const [owner = '', field = ''] = key.split('.');
    return diagnose(PLUGIN_PROBLEMS, 'PS481', range, [owner, field, access, plugin]);
  });
}

/**
 * The package whose credentials a request file is sent with: the one whose folder it lies in, else the only one there
 * is; undefined when that cannot be told. Folders and path with forward slashes.
 */
export function packageOfRequest(path: string, folders: readonly string[]): string | undefined {
  const around = folders.filter((folder) => folder === '' || path.startsWith(`${folder}/`));
  const nearest = around.reduce<string | undefined>(
    (best, folder) => (best === undefined || folder.length > best.length ? folder : best),
    undefined,
  );
  return nearest ?? (folders.length === 1 ? folders[0] : undefined);
}
