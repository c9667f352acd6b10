import { basename } from 'node:path';
import type { Manifest } from '../../core/plugin/manifest/manifest.ts';
import { openPackage } from '../../core/plugin/package/folderSource.ts';
import { lintPackage, type PackageFileResult } from '../../core/plugin/package/lintPackage.ts';
import { nearestName } from '../../core/plugin/schema/nearestName.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import {
  grantsOf,
  newCredentials,
  samePageLimits,
  type FieldAccess,
  type InstalledPlugin,
  type PluginFinding,
  type V1AccessLevel,
} from '../auth/installedPlugin.ts';
import { findColumn, type Dictionary, type TableDefinition } from '../district/dictionary.ts';
import type { NamedQuery } from '../powerquery/namedQuery.ts';
import { installedQuery } from '../powerquery/namedQueryReader.ts';
import { startError } from '../startError.ts';
import { defineExtensionTables } from './extensionTables.ts';

/** What an installation adds to the server. */
export interface Installation {
  readonly plugin: InstalledPlugin;
  readonly queries: readonly NamedQuery[];
  /** Tables of the package's database extensions. */
  readonly tables: readonly TableDefinition[];
}

/** Page limit that an administrator finds for a new plugin. */
const NEW_PLUGIN_LIMIT = 100;

/**
 * Installs and enables the plugin at a path (zip, folder or manifest alone) as the server does: every file must be
 * well-formed, fit its schema and lie where it belongs, and every table and column of the access request must exist.
 * Rejects with `PS999` and all lines that are wrong; nothing is installed then.
 */
export async function installPlugin(
  path: string,
  dictionary: Dictionary,
  installed: readonly InstalledPlugin[],
): Promise<Installation> {
  const { package: contents, files } = await readPackage(path);
  const manifest = contents.manifest?.content;
  const faults = [
    ...contents.faults.map(({ path: file, detail }) => `${file} ${detail}`.trim()),
    ...files.flatMap(installationFaults),
  ];
  if (faults.length > 0 || manifest === undefined) {
    throw refused(basename(path), faults.length > 0 ? faults : ['it has no plugin.xml']);
  }
  const name = manifest.name?.value ?? '';
  if (installed.some((plugin) => plugin.name === name)) {
    throw refused(basename(path), [`a plugin named ${name} is installed already`]);
  }
  const tables = contents.extensions.flatMap(({ content }) => defineExtensionTables(content, dictionary));
  const invalid = invalidFields(manifest, dictionary, tables);
  if (invalid.length > 0) throw refused(basename(path), invalid);
  return {
    plugin: {
      id: installed.length + 1,
      name,
      version: manifest.version?.value ?? '',
      v1Access: accessLevel(manifest),
      grants: grantsOf(
        manifest.fields.map(({ table, field, access }) => ({
          table: table.trim(),
          field: field.trim(),
          access: access as FieldAccess,
        })),
      ),
      pageLimits: samePageLimits(NEW_PLUGIN_LIMIT),
      credentials: manifest.oauth === undefined ? undefined : newCredentials(),
      findings: files.flatMap(findingsOf),
    },
    queries: contents.queries.flatMap(({ content }) => content.queries.map(installedQuery)),
    tables,
  };
}

async function readPackage(path: string) {
  try {
    return await lintPackage(await openPackage(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw startError(`the plugin ${basename(path)} cannot be read (${reason})`, 'Check the path', { cause: error });
  }
}

function refused(name: string, lines: readonly string[]) {
  return startError(
    `the plugin ${name} is refused: ${lines.slice(0, 20).join('; ')}`,
    'Mend the package and start again',
    { detail: lines.join('\n') },
  );
}

/**
 * Errors of form, schema and layout: those are what the installer checks. Rules of style and safety, and what only a
 * call would show (a bind variable without an argument), are not its business.
 */
function installationFaults({ path, text, diagnostics }: PackageFileResult): readonly string[] {
  const lines = new LineIndex(text);
  return diagnostics
    .filter(({ code, severity }) => severity === 'error' && isInstallationFault(code))
    .map(({ code, message, range }) => {
      const { line, character } = lines.positionAt(range.start);
      return `${path}:${line + 1}:${character + 1} ${code} ${message}`;
    });
}

/** XML and schema faults end in 00 to 44; PS460 to PS464 are manifests and files that lie in the wrong place. */
function isInstallationFault(code: string): boolean {
  return /^PS[123]\d\d$/.test(code) ? Number(code.slice(-2)) < 45 : /^PS4(?:[0-3]\d|4[0-4]|6[0-4])$/.test(code);
}

/** What the lint says of an installed file, for `/ws/schema/plugin/{id}/validate`. */
function findingsOf({ path, diagnostics }: PackageFileResult): readonly PluginFinding[] {
  return diagnostics.flatMap(({ severity, code, message }) =>
    severity === 'error' || severity === 'warning'
      ? [{ level: severity.toUpperCase(), file: path, code, message, categoryShortName: path.split('/')[0] ?? path }]
      : [],
  );
}

function accessLevel(manifest: Manifest): V1AccessLevel {
  const level = manifest.oauth?.attributeValue('accessLevelV1Api');
  return level === 'READ' || level === 'FULL' ? level : 'NONE';
}

/**
 * Lines such as `STUDENTS STUDENT_EMAIL Invalid Column`. The dictionary knows every column of its tables but not every
 * table of a real server: a table it lacks is let pass unless its name is almost that of one it has.
 */
function invalidFields(manifest: Manifest, dictionary: Dictionary, own: readonly TableDefinition[]): readonly string[] {
  const lines: string[] = [];
  const names = dictionary.tables.map((table) => table.name);
  for (const { table: written, field } of manifest.fields) {
    const name = written.trim().toLowerCase();
    const table = own.find((candidate) => candidate.name === name) ?? dictionary.table(name);
    if (table === undefined) {
      if (!/^([usc]_|ps_|pt_)/.test(name) && nearestName(name, names) !== undefined) {
        lines.push(`${written.trim()} Invalid Table`);
      }
    } else if (table.kind !== 'view' && findColumn(table, field.trim()) === undefined) {
      lines.push(`${written.trim()} ${field.trim()} Invalid Column`);
    }
  }
  return lines;
}
