import { Range, Selection, Uri, WorkspaceEdit, l10n, window, workspace, type TextDocument } from 'vscode';
import type { Table } from '../../core/catalog/tables.ts';
import { insertFields, type FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { fileStem } from '../../core/plugin/making/newPlugin.ts';
import { queryFileText, suggestQueryName } from '../../core/plugin/making/newQuery.ts';
import { insertQuery } from '../../core/plugin/making/queryInsertion.ts';
import { nextVersions, readVersion, setVersion } from '../../core/plugin/making/versionBump.ts';
import type { TextEdit } from '../../core/text/textRange.ts';
import { showInputStep, type StepProblem } from '../servers/inputStep.ts';
import { columnItems, isKey, tableItems, tablesHolding } from './columnChoice.ts';
import { readFolderManifests } from './folderManifest.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { showPickStep } from './pickStep.ts';
import type { PluginFolder } from './pluginFolders.ts';

/** *Add Field*: tables, then columns; the new lines are selected in plugin.xml, unsaved. */
export async function addFields(plugin: PluginFolder, knowledge: LintKnowledge): Promise<void> {
  const choice: ColumnChoice = { tables: [], grants: [] };
  if (await pickColumns(knowledge, choice, { title: l10n.t('Add Field'), severalTables: true, totalSteps: 2 }))
    await addGrants(plugin, choice.grants);
}

/** Puts `<field>` lines into plugin.xml where they are missing. */
export async function addGrants({ manifest }: PluginFolder, grants: readonly FieldGrant[]): Promise<void> {
  const document = await workspace.openTextDocument(manifest);
  const outcome = insertFields(document.getText(), grants);
  if (outcome.kind === 'unclear') return tellUnclear('plugin.xml');
  if (outcome.kind === 'present') {
    void window.setStatusBarMessage(l10n.t('plugin.xml asks for it already'), 4000);
    await show(document, outcome.at, outcome.at);
    return;
  }
  await apply(document, { range: outcome, text: outcome.text });
  void window.setStatusBarMessage(
    outcome.added === 1
      ? l10n.t('1 field added to plugin.xml. It is granted once the plugin is installed again')
      : l10n.t('{0} fields added to plugin.xml. They are granted once the plugin is installed again', outcome.added),
    8000,
  );
}

/** *Add PowerQuery*: one over columns of a table, in a query file of the package; what it reads is granted too. */
export async function addPowerQuery(plugin: PluginFolder, knowledge: LintKnowledge): Promise<void> {
  const manifest = await workspace.openTextDocument(plugin.manifest);
  const [says] = await readFolderManifests([plugin]);
  const { name: pluginName, publisher, email } = says ?? { name: '', publisher: '', email: '' };
  const file = await queryFileOf(plugin);
  const choice: ColumnChoice = { tables: [], grants: [] };
  const shown = { title: l10n.t('Add PowerQuery'), totalSteps: 3 };
  let queryName: string | undefined;
  let typed: string | undefined;
  while (queryName === undefined) {
    if (!(await pickColumns(knowledge, choice, { ...shown, severalTables: false }))) return;
    const suggested = suggestQueryName({ email, publisher, pluginName, table: choice.grants[0]?.table ?? '' });
    const outcome = await showInputStep({
      ...shown,
      step: 3,
      prompt: l10n.t(
        'Name of the PowerQuery: two parts of your domain, product, area, entity. It is unique on the server.',
      ),
      placeholder: l10n.t('Name, such as {0}', suggested),
      value: typed ?? suggested,
      validate: (text) => queryNameProblem(text.trim(), file?.getText() ?? ''),
    });
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind === 'accepted') queryName = outcome.value.trim();
    else if (outcome.value !== suggested) typed = outcome.value;
  }
  const { grants } = choice;
  const query = { name: queryName, table: grants[0]?.table ?? '', columns: grants.map(({ column }) => column) };
  const edit = file && insertQuery(file.getText(), query);
  // Both or none: a field without its query would only be in the way.
  if (file && !edit) return tellUnclear(workspace.asRelativePath(file.uri));
  const outcome = insertFields(manifest.getText(), grants);
  if (outcome.kind === 'unclear') return tellUnclear('plugin.xml');
  if (outcome.kind === 'insert') {
    const grant = new WorkspaceEdit();
    grant.replace(plugin.manifest, rangeOf(manifest, outcome), outcome.text);
    await workspace.applyEdit(grant);
  }
  if (file && edit) return apply(file, edit);
  const uri = Uri.joinPath(plugin.folder, 'queries_root', `${fileStem(pluginName)}.named_queries.xml`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(queryFileText(query)));
  await window.showTextDocument(uri);
}

function queryNameProblem(name: string, file: string): StepProblem | undefined {
  if (!/^[\w.-]{1,200}$/.test(name))
    return { message: l10n.t('Write letters, digits and _ with dots between the parts.'), severity: 'error' };
  return file.includes(`name="${name}"`)
    ? { message: l10n.t('This file has a query of this name already.'), severity: 'error' }
    : undefined;
}

/** *Bump Version*: the next versions to choose from; the new one is put in without touching anything else. */
export async function bumpVersion({ manifest }: PluginFolder): Promise<void> {
  const document = await workspace.openTextDocument(manifest);
  const version = readVersion(document.getText());
  if (version === undefined) return tellUnclear('plugin.xml');
  const outcome = await showPickStep({
    title: l10n.t('Bump Version'),
    placeholder: version === '' ? l10n.t('The plugin has no version yet') : l10n.t('The version is {0}', version),
    items: nextVersions(version).map((label, at, { length }) => ({ label, description: stepWords(at, length) })),
    many: false,
  });
  const chosen = outcome.kind === 'accepted' ? outcome.picked[0]?.label : undefined;
  if (chosen === undefined) return;
  const edit = setVersion(document.getText(), chosen);
  if (edit) await apply(document, edit);
  else await tellUnclear('plugin.xml');
}

/** What a version with one of its numbers raised says; `at` counts from the smallest step. */
function stepWords(at: number, steps: number): string {
  if (steps === 1) return '';
  if (at === 0) return l10n.t('a small change');
  return at === steps - 1 ? l10n.t('a large change') : l10n.t('something new');
}

interface ColumnChoice {
  tables: readonly Table[];
  grants: readonly FieldGrant[];
}

/** Tables (one or several), then their columns, as far as not chosen yet. False when dismissed or none was chosen. */
async function pickColumns(
  knowledge: LintKnowledge,
  choice: ColumnChoice,
  shown: { readonly title: string; readonly severalTables: boolean; readonly totalSteps: number },
): Promise<boolean> {
  const { severalTables, ...step } = shown;
  for (let atColumns = choice.tables.length > 0; ; atColumns = !atColumns) {
    if (!atColumns) {
      const tables = await showPickStep({
        ...step,
        placeholder: severalTables
          ? l10n.t('Which tables? Search by table or column')
          : l10n.t('Which table? Search by table or column'),
        items: knowledge.tables().then(tableItems),
        search: tablesHolding,
        many: severalTables,
        picked: ({ table }) => choice.tables.some(({ name }) => name === table.name),
        step: 1,
      });
      if (tables.kind !== 'accepted' || tables.picked.length === 0) return false;
      choice.tables = tables.picked.map(({ table }) => table);
      continue;
    }
    const { tables, grants } = choice;
    const columns = await showPickStep({
      ...step,
      placeholder: l10n.t('Which columns?'),
      items: columnItems(tables),
      many: true,
      picked: ({ grant }) =>
        grant !== undefined &&
        (grants.some(({ table, column }) => table === grant.table && column === grant.column) ||
          (!severalTables && tables.some((table) => isKey(table, grant.column)))),
      step: 2,
    });
    if (columns.kind === 'cancelled') return false;
    choice.grants = columns.picked.flatMap(({ grant }) => grant ?? []);
    if (columns.kind === 'accepted') return choice.grants.length > 0;
  }
}

function isQueryFile(name: string): boolean {
  return name.endsWith('.named_queries.xml');
}

/** The query file in the editor, else the first one. */
async function queryFileOf({ folder }: PluginFolder): Promise<TextDocument | undefined> {
  const queries = Uri.joinPath(folder, 'queries_root');
  try {
    const names = (await workspace.fs.readDirectory(queries)).map(([name]) => name).sort();
    const open = window.activeTextEditor?.document;
    if (open && names.some((name) => isQueryFile(name) && String(Uri.joinPath(queries, name)) === String(open.uri)))
      return open;
    const name = names.find(isQueryFile);
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
