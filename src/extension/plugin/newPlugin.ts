import { FileType, Uri, commands, l10n, window, workspace, type QuickPickItem } from 'vscode';
import type { Table, TableCatalog } from '../../core/catalog/tables.ts';
import type { FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { createPluginFiles, fileStem, type V1Access } from '../../core/plugin/making/newPlugin.ts';
import { suggestQueryName } from '../../core/plugin/making/newQuery.ts';
import { COMMANDS } from '../contributions.ts';
import { showInputStep, type StepProblem } from '../servers/inputStep.ts';
import { columnItems, isKey, tableItems, tablesHolding } from './columnChoice.ts';
import { readFolderManifests } from './folderManifest.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { showPickStep, type PickStep } from './pickStep.ts';

const STEPS = 7;

interface Draft {
  readonly catalog: () => Promise<TableCatalog>;
  /** Names of the plugins of the workspace. */
  readonly taken: readonly string[];
  name: string;
  publisher: string;
  email: string;
  v1Access: V1Access;
  tables: readonly Table[];
  fields: readonly FieldGrant[];
  /** The table that the first PowerQuery reads. */
  queryTable: string | undefined;
}

type Step = (draft: Draft, number: number) => Promise<'next' | 'back' | 'cancelled'>;

/** *New Plugin*: asks step by step, writes a folder that lints without a finding, and opens its plugin.xml. */
export async function newPlugin(knowledge: LintKnowledge): Promise<void> {
  // Asked first: whoever has no place for it loses no answers.
  const parent = await pickParent();
  if (!parent) return;
  const others = await readFolderManifests();
  const like = others.find(({ publisher, email }) => publisher !== '' && email !== '');
  const draft: Draft = {
    catalog: () => knowledge.tables(),
    taken: others.map(({ name }) => name),
    name: '',
    publisher: like?.publisher ?? '',
    email: like?.email ?? '',
    v1Access: 'READ',
    tables: [],
    fields: [],
    queryTable: undefined,
  };
  const steps: readonly Step[] = [askName, askPublisher, askEmail, askLevel, askTables, askColumns, askQuery];
  let forward = true;
  for (let at = 0; at < steps.length;) {
    const skip = (at === 5 && draft.tables.length === 0) || (at === 6 && draft.fields.length === 0);
    const outcome: Awaited<ReturnType<Step>> | undefined = skip
      ? forward
        ? 'next'
        : 'back'
      : await steps[at]?.(draft, at + 1);
    if (outcome === undefined || outcome === 'cancelled') return;
    forward = outcome !== 'back';
    at = Math.max(0, at + (forward ? 1 : -1));
  }
  const folder = await freeFolder(parent, fileStem(draft.name));
  await writePlugin(folder, draft);
}

async function writePlugin(folder: Uri, draft: Draft): Promise<void> {
  const { queryTable: table } = draft;
  const columns = draft.fields.filter((field) => field.table === table).map(({ column }) => column);
  const query = table !== undefined && {
    name: suggestQueryName({ ...draft, pluginName: draft.name, table }),
    table,
    columns,
  };
  for (const { path, text } of createPluginFiles({ ...draft, query: query || undefined })) {
    await workspace.fs.writeFile(Uri.joinPath(folder, ...path.split('/')), new TextEncoder().encode(text));
  }
  const manifest = Uri.joinPath(folder, 'plugin.xml');
  await commands.executeCommand('vscode.open', manifest);
  // Not waited for: the plugin is written whether or not somebody answers.
  void tellNextStep(manifest, folder);
}

async function tellNextStep(manifest: Uri, folder: Uri): Promise<void> {
  if (!workspace.getWorkspaceFolder(folder)) {
    const open = l10n.t('Open Folder');
    const picked = await window.showInformationMessage(
      l10n.t('Plugin written to {0}. Open this folder to check, change and package it.', folder.fsPath),
      open,
    );
    if (picked === open) await commands.executeCommand('vscode.openFolder', folder);
    return;
  }
  const pack = l10n.t('Package Plugin');
  const picked = await window.showInformationMessage(
    l10n.t(
      'Plugin written to {0}. Package it when it asks for all that you need, then install the zip.',
      workspace.asRelativePath(folder),
    ),
    pack,
  );
  if (picked === pack) await commands.executeCommand(COMMANDS.packagePlugin, manifest);
}

const title = (): string => l10n.t('New Plugin');

async function askText(
  number: number,
  words: {
    prompt: string;
    placeholder: string;
    value: string;
    most: number;
    /** Said when nothing was written. */
    empty: string;
    problem?: (text: string) => StepProblem | undefined;
  },
  take: (value: string) => void,
): ReturnType<Step> {
  const { most, empty, problem, ...shown } = words;
  const outcome = await showInputStep({
    title: title(),
    ...shown,
    step: number,
    totalSteps: STEPS,
    validate: (text) => textProblem(text.trim(), most, empty) ?? problem?.(text.trim()),
  });
  if (outcome.kind === 'cancelled') return outcome.kind;
  take(outcome.value.trim());
  return wayOn(outcome.kind);
}

/** Whichever way a step is left, what was chosen in it is kept. */
function wayOn(kind: string): 'next' | 'back' {
  return kind === 'back' ? 'back' : 'next';
}

function textProblem(text: string, most: number, empty: string): StepProblem | undefined {
  if (text === '') return { message: empty, severity: 'error' };
  if (text.length <= most) return undefined;
  return { message: l10n.t('At most {0} characters; these are {1}.', most, text.length), severity: 'error' };
}

async function askPick<Item extends QuickPickItem>(
  number: number,
  words: Pick<PickStep<Item>, 'placeholder' | 'items' | 'many' | 'picked' | 'search'>,
  take: (picked: readonly Item[]) => void,
): ReturnType<Step> {
  const outcome = await showPickStep({ title: title(), ...words, step: number, totalSteps: STEPS });
  if (outcome.kind === 'cancelled') return outcome.kind;
  take(outcome.picked);
  return wayOn(outcome.kind);
}

const askName: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('Name of the plugin, as Plugin Management shows it. The server tells plugins apart by it.'),
      placeholder: l10n.t('Name, such as Bus Passes'),
      value: draft.name,
      most: 40,
      empty: l10n.t('Write a name for the plugin.'),
      problem: (text) =>
        draft.taken.includes(text)
          ? { message: l10n.t('A plugin of this workspace has this name already.'), severity: 'doubt' }
          : undefined,
    },
    (value) => (draft.name = value),
  );

const askPublisher: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('Who publishes it: your district or company'),
      placeholder: l10n.t('Publisher, such as Fernhill School District'),
      value: draft.publisher,
      most: 100,
      empty: l10n.t('Write who publishes the plugin.'),
    },
    (value) => (draft.publisher = value),
  );

const askEmail: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('E-mail of the person to ask about it'),
      placeholder: l10n.t('E-mail, such as {0}', 'data@fernhill.example'),
      value: draft.email,
      most: 40,
      empty: l10n.t('Write an address such as data@fernhill.example.'),
      problem: (text) =>
        /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
          ? undefined
          : { message: l10n.t('Write an address such as data@fernhill.example.'), severity: 'error' },
    },
    (value) => (draft.email = value),
  );

const askLevel: Step = (draft, number) => {
  const items = [
    {
      label: l10n.t('Read'),
      description: 'READ',
      detail: l10n.t('Read all that /ws/v1 shows of students, schools, staff and so on'),
      level: 'READ',
    },
    {
      label: l10n.t('None'),
      description: 'NONE',
      detail: l10n.t('Only the tables and fields that you choose next'),
      level: 'NONE',
    },
    {
      label: l10n.t('Read and write'),
      description: 'FULL',
      detail: l10n.t('Also change records under /ws/v1'),
      level: 'FULL',
    },
  ] as const;
  return askPick(
    number,
    {
      placeholder: l10n.t('What may it do with students, schools and so on under /ws/v1?'),
      items,
      many: false,
      picked: ({ level }) => level === draft.v1Access,
    },
    (chosen) => {
      draft.v1Access = chosen[0]?.level ?? draft.v1Access;
    },
  );
};

const askTables: Step = (draft, number) =>
  askPick(
    number,
    {
      placeholder: l10n.t('Which tables should it read? Search by table or column; none is fine'),
      items: draft.catalog().then(tableItems),
      search: tablesHolding,
      many: true,
      picked: ({ table }) => draft.tables.some(({ name }) => name === table.name),
    },
    (chosen) => {
      draft.tables = chosen.map(({ table }) => table);
      draft.fields = draft.fields.filter(({ table }) => draft.tables.some(({ name }) => name.toUpperCase() === table));
    },
  );

const askColumns: Step = (draft, number) => {
  const keys = draft.tables.filter(({ name }) => !draft.fields.some(({ table }) => table === name.toUpperCase()));
  return askPick(
    number,
    {
      placeholder: l10n.t('Which columns? The plugin sees nothing else'),
      items: columnItems(draft.tables),
      many: true,
      picked: ({ grant }) =>
        grant !== undefined &&
        (draft.fields.some(({ table, column }) => table === grant.table && column === grant.column) ||
          keys.some((table) => table.name.toUpperCase() === grant.table && isKey(table, grant.column))),
    },
    (chosen) => {
      draft.fields = chosen.flatMap(({ grant }) => grant ?? []);
    },
  );
};

const askQuery: Step = (draft, number) => {
  const names = [...new Set(draft.fields.map(({ table }) => table))];
  const items = [
    { label: l10n.t('No PowerQuery'), detail: l10n.t('One can be added later'), table: undefined },
    ...names.map((table) => ({
      label: l10n.t('Rows of {0}', table),
      detail: l10n.t('A query over the chosen columns of {0}, to be edited as you need', table),
      table,
    })),
  ];
  return askPick(
    number,
    {
      placeholder: l10n.t('Start with a PowerQuery: SQL that scripts call by its name?'),
      items,
      many: false,
      picked: ({ table }) => table === draft.queryTable,
    },
    (chosen) => {
      draft.queryTable = chosen[0]?.table;
    },
  );
};

/** The folder in which plugins of the workspace lie; asked for when that is not clear. */
async function pickParent(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first) {
    const [picked] =
      (await window.showOpenDialog({
        canSelectFolders: true,
        canSelectFiles: false,
        title: l10n.t('New Plugin: the folder to write it to'),
        openLabel: l10n.t('Write Plugin Here'),
      })) ?? [];
    return picked;
  }
  const root = folders.length === 1 ? first : await window.showWorkspaceFolderPick();
  if (!root) return undefined;
  const plugins = Uri.joinPath(root.uri, 'plugins');
  return (await isFolder(plugins)) ? plugins : root.uri;
}

async function freeFolder(parent: Uri, stem: string): Promise<Uri> {
  for (let number = 1; ; number++) {
    const folder = Uri.joinPath(parent, number === 1 ? stem : `${stem}-${number}`);
    if (!(await exists(folder))) return folder;
  }
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
