import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import type { ProblemTable } from '../../problem/problemCode.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { PluginPackage } from './pluginPackage.ts';

/** Findings between the packages of a workspace. */
export const WORKSPACE_PROBLEMS = {
  PS179: {
    severity: 'info',
    message: 'The plugin in {1} is called {0} too.',
    mend: 'Give one of the two another name, unless they are two versions of one plugin.',
  },
  PS484: {
    severity: 'warning',
    message: 'The query {0} is in the plugin {1} too.',
    mend: 'Give one of the two another name.',
  },
} as const satisfies ProblemTable;

/** A name and where it stands. */
interface PlacedName {
  readonly name: string;
  /** From the top of the package. */
  readonly path: string;
  readonly text: string;
  readonly range: TextRange;
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
        : { name: name.value.trim(), path: manifest.file.path, text: manifest.file.decoded.text, range: name },
    queries: queries.flatMap(({ file, content }) =>
      content.queries.flatMap(({ name: query, nameAttribute }) =>
        query === '' || nameAttribute === undefined
          ? []
          : { name: query, path: file.path, text: file.decoded.text, range: nameAttribute },
      ),
    ),
  };
}

/**
 * Names that two packages share, at the second one. Two packages with one plugin name are two states of one plugin, so
 * their queries may have the same names.
 */
export function repeatedNames(packages: readonly PackageNames[]): WorkspaceFinding[] {
  const found: WorkspaceFinding[] = [];
  const report = (folder: string, place: PlacedName, code: keyof typeof WORKSPACE_PROBLEMS, other: string): void => {
    const { start, end } = place.range;
    const diagnostic = diagnose(WORKSPACE_PROBLEMS, code, { start, end }, [place.name, other]);
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
