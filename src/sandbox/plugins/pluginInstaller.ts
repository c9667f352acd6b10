import { lintText } from '../../core/plugin/lintText.ts';
import { readManifest, type Manifest } from '../../core/plugin/manifest/manifest.ts';
import { decodeXml } from '../../core/plugin/reader/encoding.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
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
import { readNamedQueries } from '../powerquery/namedQueryReader.ts';
import { startError } from '../startError.ts';
import { readExtensionTables } from './extensionTables.ts';
import type { PluginFiles } from './pluginFiles.ts';

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
 * Installs and enables a plugin as the server does: every file must be well-formed and fit its schema, and every table
 * and column of the access request must exist. Throws `PS999` with all lines that are wrong; nothing is installed then.
 */
export function installPlugin(
  files: PluginFiles,
  dictionary: Dictionary,
  installed: readonly InstalledPlugin[],
): Installation {
  const faults = [...files].flatMap(([name, bytes]) => fileFaults(name, bytes));
  if (faults.length > 0) throw refused('the file does not fit', faults);
  const manifest = manifestOf(files);
  const name = manifest.name?.value ?? '';
  if (installed.some((plugin) => plugin.name === name)) {
    throw refused('a plugin of this name is installed already', [name]);
  }
  const tables = filesIn(files, 'user_schema_root').flatMap((bytes) => readExtensionTables(bytes, dictionary));
  const invalid = invalidFields(manifest, dictionary, tables);
  if (invalid.length > 0) throw refused(`${name} cannot be enabled`, invalid);
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
      findings: findingsOf(files),
    },
    queries: filesIn(files, 'queries_root').flatMap((bytes) => readNamedQueries(decodeXml(bytes).text)),
    tables,
  };
}

function refused(what: string, lines: readonly string[]) {
  return startError(
    `a plugin is refused, ${what}: ${lines.slice(0, 20).join('; ')}`,
    'Mend the package and start again',
    { detail: lines.join('\n') },
  );
}

/** What the lint says of the installed files, for `/ws/schema/plugin/{id}/validate`. */
function findingsOf(files: PluginFiles): readonly PluginFinding[] {
  return [...files].flatMap(([file, bytes]) =>
    lintText({ fileName: file, bytes }).diagnostics.flatMap(({ severity, code, message }) =>
      severity === 'error' || severity === 'warning'
        ? [{ level: severity.toUpperCase(), file, code, message, categoryShortName: file.split('/')[0] ?? file }]
        : [],
    ),
  );
}

/** Errors of form and schema: those are what the installer checks. Rules of style and safety are not its business. */
function fileFaults(name: string, bytes: Uint8Array): readonly string[] {
  const { language, text, diagnostics } = lintText({ fileName: name, bytes });
  if (language === undefined || language === 'page_catalog' || language === 'message_keys') return [];
  const lines = new LineIndex(text);
  return diagnostics
    .filter(({ code, severity }) => severity === 'error' && Number(code.slice(-2)) < 45)
    .map(({ code, message, range }) => {
      const { line, character } = lines.positionAt(range.start);
      return `${name}:${line + 1}:${character + 1} ${code} ${message}`;
    });
}

function manifestOf(files: PluginFiles): Manifest {
  const document = readXml(decodeXml(files.get('plugin.xml') ?? new Uint8Array()).text);
  if (document.root === undefined) throw refused('it has no plugin.xml', ['plugin.xml']);
  return readManifest(document, document.root);
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

function filesIn(files: PluginFiles, folder: string): readonly Uint8Array[] {
  return [...files].filter(([name]) => name.startsWith(`${folder}/`) && /\.xml$/i.test(name)).map(([, bytes]) => bytes);
}
