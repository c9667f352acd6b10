import { Range, Selection, Uri, WorkspaceEdit, l10n, window, workspace, type TextDocument } from 'vscode';
import { insertFields, type FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { fileStem } from '../../core/plugin/making/newPlugin.ts';
import { queryFileText, suggestQueryName } from '../../core/plugin/making/newQuery.ts';
import { insertQuery } from '../../core/plugin/making/queryInsertion.ts';
import { nextVersions, readVersion, setVersion } from '../../core/plugin/making/versionBump.ts';
import { readManifest } from '../../core/plugin/manifest/manifest.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';
import type { TextEdit } from '../../core/text/textRange.ts';
import { columnItems, isKey, tableItems } from './columnChoice.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { showPickStep } from './pickStep.ts';
import type { PluginFolder } from './pluginFolders.ts';

/** *Add Field*: tables, then columns; the new lines are selected in plugin.xml, unsaved. */
export async function addFields(plugin: PluginFolder, knowledge: LintKnowledge): Promise<void> {
  const grants = await pickColumns(knowledge, l10n.t('Add Field'), true);
  if (grants) await addGrants(plugin, grants);
}

/** Puts `<field>` lines into plugin.xml where they are missing. */
export async function addGrants({ manifest }: PluginFolder, grants: readonly FieldGrant[]): Promise<void> {
  const document = await workspace.openTextDocument(manifest);
  const outcome = insertFields(document.getText(), grants);
  if (outcome.kind === 'unclear') return tellUnclear('plugin.xml');
  if (outcome.kind === 'present') {
    void window.setStatusBarMessage(l10n.t('plugin.xml asks for it already'), 4000);
    await show(document, outcome.at, outcome.at);
  } else await apply(document, { range: outcome, text: outcome.text });
}

/** *Add PowerQuery*: one over columns of a table, in the query file of the package; what it reads is granted too. */
export async function addPowerQuery(plugin: PluginFolder, knowledge: LintKnowledge): Promise<void> {
  const grants = await pickColumns(knowledge, l10n.t('Add PowerQuery'), false);
  const table = grants?.[0]?.table;
  if (!grants || table === undefined) return;
  const manifest = await workspace.openTextDocument(plugin.manifest);
  const document = readXml(manifest.getText(), XML_LANGUAGES.plugin);
  const { name, publisher, contact } = document.root
    ? readManifest(document, document.root)
    : { name: undefined, publisher: undefined, contact: undefined };
  const pluginName = name?.value ?? '';
  const suggested = suggestQueryName({
    email: contact?.attributeValue('email') ?? '',
    publisher: publisher?.attributeValue('name') ?? '',
    pluginName,
    table,
  });
  const queryName = await window.showInputBox({
    title: l10n.t('Add PowerQuery'),
    prompt: l10n.t(
      'Name of the PowerQuery: two parts of your domain, product, area, entity. It is unique on the server.',
    ),
    value: suggested,
    valueSelection: [suggested.lastIndexOf('.') + 1, suggested.length],
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\w.-]{1,200}$/.test(text.trim()) ? undefined : l10n.t('Letters, digits and _ with dots between the parts.'),
  });
  if (queryName === undefined) return;
  const query = { name: queryName.trim(), table, columns: grants.map(({ column }) => column) };
  const outcome = insertFields(manifest.getText(), grants);
  if (outcome.kind === 'insert') {
    const grant = new WorkspaceEdit();
    grant.replace(plugin.manifest, rangeOf(manifest, outcome), outcome.text);
    await workspace.applyEdit(grant);
  }
  const file = await queryFileOf(plugin);
  if (!file) {
    const uri = Uri.joinPath(plugin.folder, 'queries_root', `${fileStem(pluginName)}.named_queries.xml`);
    await workspace.fs.writeFile(uri, new TextEncoder().encode(queryFileText(query)));
    await window.showTextDocument(uri);
    return;
  }
  const edit = insertQuery(file.getText(), query);
  if (edit) await apply(file, edit);
  else await tellUnclear(workspace.asRelativePath(file.uri));
}

/** *Bump Version*: the next versions to choose from; the new one is put in without touching anything else. */
export async function bumpVersion({ manifest }: PluginFolder): Promise<void> {
  const document = await workspace.openTextDocument(manifest);
  const version = readVersion(document.getText());
  if (version === undefined) return tellUnclear('plugin.xml');
  const outcome = await showPickStep({
    title: l10n.t('Bump Version'),
    placeholder: version === '' ? l10n.t('The plugin has no version yet') : l10n.t('The version is {0}', version),
    items: nextVersions(version).map((label) => ({ label })),
    many: false,
  });
  const chosen = outcome.kind === 'accepted' ? outcome.picked[0]?.label : undefined;
  if (chosen === undefined) return;
  const edit = setVersion(document.getText(), chosen);
  if (edit) await apply(document, edit);
  else await tellUnclear('plugin.xml');
}

/** Tables (one or several), then their columns. Undefined when dismissed or none was chosen. */
async function pickColumns(
  knowledge: LintKnowledge,
  title: string,
  severalTables: boolean,
): Promise<FieldGrant[] | undefined> {
  for (;;) {
    const tables = await showPickStep({
      title,
      placeholder: severalTables ? l10n.t('Which tables?') : l10n.t('Which table?'),
      items: knowledge.tables().then(tableItems),
      many: severalTables,
      step: 1,
      totalSteps: 2,
    });
    if (tables.kind !== 'accepted' || tables.picked.length === 0) return undefined;
    const chosen = tables.picked.map(({ table }) => table);
    const columns = await showPickStep({
      title,
      placeholder: l10n.t('Which columns?'),
      items: columnItems(chosen),
      many: true,
      picked: ({ grant }) =>
        grant !== undefined && chosen.some((table) => !severalTables && isKey(table, grant.column)),
      step: 2,
      totalSteps: 2,
    });
    if (columns.kind === 'back') continue;
    if (columns.kind !== 'accepted') return undefined;
    const grants = columns.picked.flatMap(({ grant }) => grant ?? []);
    return grants.length === 0 ? undefined : grants;
  }
}

async function queryFileOf({ folder }: PluginFolder): Promise<TextDocument | undefined> {
  const queries = Uri.joinPath(folder, 'queries_root');
  try {
    const names = (await workspace.fs.readDirectory(queries)).map(([name]) => name).sort();
    const name = names.find((candidate) => candidate.endsWith('.named_queries.xml'));
    return name === undefined ? undefined : await workspace.openTextDocument(Uri.joinPath(queries, name));
  } catch {
    return undefined;
  }
}

async function apply(document: TextDocument, { range, text }: TextEdit): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, range), text);
  await workspace.applyEdit(edit);
  await show(document, range.start, range.start + text.length);
}

async function show(document: TextDocument, start: number, end: number): Promise<void> {
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(document.positionAt(start), document.positionAt(end));
  editor.revealRange(editor.selection);
}

function rangeOf(document: TextDocument, { start, end }: { start: number; end: number }): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

async function tellUnclear(file: string): Promise<void> {
  await window.showWarningMessage(
    l10n.t('{0} has faults, so the place for the change cannot be told. Mend what is marked first.', file),
  );
}
