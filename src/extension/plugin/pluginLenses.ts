import { CodeLens, l10n, type TextDocument } from 'vscode';
import { grantCoverage } from '../../core/plugin/making/grantCoverage.ts';
import { readQueryFile } from '../../core/plugin/query/namedQuery.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { COMMANDS } from '../contributions.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { readPackageContents } from './packageContents.ts';
import { findPluginFolders, folderOf, readPluginFolder } from './pluginFolders.ts';

/** *Run PowerQuery* above each query; what plugin.xml grants of what the PowerQueries read. */
export async function pluginLenses(document: TextDocument): Promise<CodeLens[]> {
  return document.uri.path.endsWith('/plugin.xml') ? grantLenses(document) : queryLenses(document);
}

function queryLenses(document: TextDocument): CodeLens[] {
  const text = document.getText();
  const xml = readXml(text, XML_LANGUAGES.named_queries);
  if (xml.root?.name.local !== 'queries') return [];
  const lines = new LineIndex(text);
  return readQueryFile(xml, xml.root).queries.flatMap(({ name, element }) =>
    name === ''
      ? []
      : new CodeLens(editorRange(lines, { start: element.start, end: element.nameEnd }), {
          title: `$(play) ${l10n.t('Run PowerQuery')}`,
          tooltip: l10n.t('Ask for its arguments, write a request and send it to the active server'),
          command: COMMANDS.runPowerQuery,
          arguments: [{ uri: document.uri, name }],
        }),
  );
}

async function grantLenses(document: TextDocument): Promise<CodeLens[]> {
  const plugin = folderOf(document.uri, await findPluginFolders());
  if (!plugin) return [];
  const text = document.getText();
  const { root } = readXml(text, XML_LANGUAGES.plugin);
  if (root?.name.local !== 'plugin') return [];
  const files = await readPluginFolder(plugin, { unsaved: true, bytes: (path) => /\.xml$/i.test(path) });
  const { fields, queries } = readPackageContents(files);
  if (queries.length === 0) return [];
  const { used, missing } = grantCoverage(
    fields.map(({ value }) => value),
    queries.map(({ value }) => value),
  );
  const place = root.element('access_request') ?? root;
  const range = editorRange(new LineIndex(text), { start: place.start, end: place.nameEnd });
  const count = queries.length === 1 ? l10n.t('1 PowerQuery') : l10n.t('{0} PowerQueries', queries.length);
  if (missing.length === 0) {
    const title = `$(pass) ${l10n.t('All {0} columns of {1} are granted', used.length, count)}`;
    return [new CodeLens(range, { title, command: '' })];
  }
  const names = missing.map(({ table, column }) => `${table}.${column}`);
  return [
    new CodeLens(range, {
      title: `$(warning) ${l10n.t('{0} of {1} columns of {2} are not granted', missing.length, used.length, count)}`,
      tooltip: names.join('\n'),
      command: '',
    }),
    new CodeLens(range, {
      title: `$(add) ${missing.length === 1 ? l10n.t('Add {0}', names[0] ?? '') : l10n.t('Add {0} Fields', missing.length)}`,
      tooltip: names.join('\n'),
      command: COMMANDS.addPluginField,
      arguments: [{ uri: document.uri, grants: missing }],
    }),
  ];
}
