import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import type { TextRange } from '../../text/textRange.ts';
import { PLUGIN_PROBLEMS } from '../problems/pluginProblems.ts';
import { suppressionsOf } from '../suppressions.ts';
import type { PackageText, PluginPackage } from './pluginPackage.ts';

/** A name and where it stands. */
interface PlacedName {
  readonly name: string;
  /** From the top of the package. */
  readonly path: string;
  readonly text: string;
  readonly range: TextRange;
  /** A comment of the file sets the finding aside; for another package the name counts all the same. */
  readonly suppressed: boolean;
}

/** What of a package is compared with other packages. */
export interface PackageNames {
  /** As it is to be shown: a path from the workspace. */
  readonly folder: string;
  readonly plugin: PlacedName | undefined;
  readonly queries: readonly PlacedName[];
}

export interface WorkspaceFinding {
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly diagnostic: Diagnostic;
}

/** The names of a package that was read. */
export function namesOf(folder: string, { manifest, queries }: PluginPackage): PackageNames {
  const name = manifest?.content.name;
  return {
    folder,
    plugin:
      manifest === undefined || name === undefined || name.damaged || name.value.trim() === ''
        ? undefined
        : placed('PS179', manifest.file, name.value.trim(), name),
    queries: queries.flatMap(({ file, content }) =>
      content.queries.flatMap(({ name: query, nameAttribute }) =>
        query === '' || nameAttribute === undefined ? [] : placed('PS484', file, query, nameAttribute),
      ),
    ),
  };
}

function placed(code: 'PS179' | 'PS484', file: PackageText, name: string, range: TextRange): PlacedName {
  const { text } = file.decoded;
  const suppressed = suppressionsOf(text, file.document)?.(code, range.start) === true;
  return { name, path: file.path, text, range, suppressed };
}

/**
 * Names that two packages share, at the second one. Two packages with one plugin name are two states of one plugin, so
 * their queries may have the same names.
 */
export function repeatedNames(packages: readonly PackageNames[]): WorkspaceFinding[] {
  const found: WorkspaceFinding[] = [];
  const report = (folder: string, place: PlacedName, code: 'PS179' | 'PS484', other: string): void => {
    if (place.suppressed) return;
    const { start, end } = place.range;
    const diagnostic = diagnose(PLUGIN_PROBLEMS, code, { start, end }, [place.name, other]);
    found.push({ folder, path: place.path, text: place.text, diagnostic });
  };
  const plugins = new Map<string, PackageNames>();
  const queries = new Map<string, PackageNames>();
  for (const each of packages) {
    const { folder, plugin } = each;
    const same = plugin && plugins.get(plugin.name);
    if (plugin && same) report(folder, plugin, 'PS179', same.folder);
    else if (plugin) plugins.set(plugin.name, each);
    for (const query of each.queries) {
      const other = queries.get(query.name);
      if (other === undefined) queries.set(query.name, each);
      else if (other !== each && other.plugin?.name !== plugin?.name)
        report(folder, query, 'PS484', other.plugin?.name ?? other.folder);
    }
  }
  return found;
}
