import { FileType, Uri, commands, l10n, window, workspace } from 'vscode';
import type { Table, TableCatalog } from '../../core/catalog/tables.ts';
import type { FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { createPluginFiles, fileStem, type V1Access } from '../../core/plugin/making/newPlugin.ts';
import { suggestQueryName } from '../../core/plugin/making/newQuery.ts';
import { readManifest } from '../../core/plugin/manifest/manifest.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';
import { COMMANDS } from '../contributions.ts';
import { showInputStep, type StepProblem } from '../servers/inputStep.ts';
import { columnItems, isKey, tableItems } from './columnChoice.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { showPickStep } from './pickStep.ts';
import { findPluginFolders } from './pluginFolders.ts';

const STEPS = 7;

interface Draft {
  readonly catalog: () => Promise<TableCatalog>;
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
  const draft: Draft = {
    catalog: () => knowledge.tables(),
    name: '',
    ...(await lastPublisher()),
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
  const parent = await pickParent();
  if (!parent) return;
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
  void tellNextStep(manifest, workspace.asRelativePath(folder));
}

async function tellNextStep(manifest: Uri, folder: string): Promise<void> {
  const pack = l10n.t('Package Plugin');
  const picked = await window.showInformationMessage(
    l10n.t('Plugin written to {0}. Package it when it asks for all that you need, then install the zip.', folder),
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
    problem?: (text: string) => string | undefined;
  },
  take: (value: string) => void,
): ReturnType<Step> {
  const { most, problem, ...shown } = words;
  const outcome = await showInputStep({
    title: title(),
    ...shown,
    step: number,
    totalSteps: STEPS,
    validate: (text) => textProblem(text.trim(), most) ?? asError(problem?.(text.trim())),
  });
  if ('value' in outcome) take(outcome.value.trim());
  if (outcome.kind === 'accepted') return 'next';
  return outcome.kind === 'back' ? 'back' : 'cancelled';
}

function textProblem(text: string, most: number): StepProblem | undefined {
  if (text === '') return asError(l10n.t('Something must stand here.'));
  return text.length > most ? asError(l10n.t('At most {0} characters; these are {1}.', most, text.length)) : undefined;
}

function asError(message: string | undefined): StepProblem | undefined {
  return message === undefined ? undefined : { message, severity: 'error' };
}

const askName: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('Name of the plugin, as Plugin Management shows it. The server tells plugins apart by it.'),
      placeholder: l10n.t('Bus Passes'),
      value: draft.name,
      most: 40,
    },
    (value) => (draft.name = value),
  );

const askPublisher: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('Who publishes it: your district or company'),
      placeholder: l10n.t('Fernhill School District'),
      value: draft.publisher,
      most: 100,
    },
    (value) => (draft.publisher = value),
  );

const askEmail: Step = (draft, number) =>
  askText(
    number,
    {
      prompt: l10n.t('E-mail of the person to ask about it'),
      placeholder: 'data@fernhill.example',
      value: draft.email,
      most: 40,
      problem: (text) =>
        /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : l10n.t('Write an address such as data@fernhill.example.'),
    },
    (value) => (draft.email = value),
  );

const askLevel: Step = async (draft, number) => {
  const items = [
    {
      label: l10n.t('Read'),
      description: 'READ',
      detail: l10n.t('Read students, schools and so on under /ws/v1'),
      level: 'READ',
    },
    {
      label: l10n.t('None'),
      description: 'NONE',
      detail: l10n.t('Only tables and PowerQueries, by the fields chosen next'),
      level: 'NONE',
    },
    {
      label: l10n.t('Read and write'),
      description: 'FULL',
      detail: l10n.t('Also change records under /ws/v1'),
      level: 'FULL',
    },
  ] as const;
  const outcome = await showPickStep({
    title: title(),
    placeholder: l10n.t('What may the plugin do under /ws/v1?'),
    items,
    many: false,
    picked: ({ level }) => level === draft.v1Access,
    step: number,
    totalSteps: STEPS,
  });
  if (outcome.kind !== 'accepted') return outcome.kind;
  draft.v1Access = outcome.picked[0]?.level ?? draft.v1Access;
  return 'next';
};

const askTables: Step = async (draft, number) => {
  const outcome = await showPickStep({
    title: title(),
    placeholder: l10n.t('Which tables shall it read? Check them and press Enter; none is fine'),
    items: draft.catalog().then(tableItems),
    many: true,
    picked: ({ table }) => draft.tables.some(({ name }) => name === table.name),
    step: number,
    totalSteps: STEPS,
  });
  if (outcome.kind !== 'accepted') return outcome.kind;
  draft.tables = outcome.picked.map(({ table }) => table);
  draft.fields = draft.fields.filter(({ table }) => draft.tables.some(({ name }) => name.toUpperCase() === table));
  return 'next';
};

const askColumns: Step = async (draft, number) => {
  const keys = draft.tables.filter(({ name }) => !draft.fields.some(({ table }) => table === name.toUpperCase()));
  const outcome = await showPickStep({
    title: title(),
    placeholder: l10n.t('Which columns? The plugin sees nothing else'),
    items: columnItems(draft.tables),
    many: true,
    picked: ({ grant }) =>
      grant !== undefined &&
      (draft.fields.some(({ table, column }) => table === grant.table && column === grant.column) ||
        keys.some((table) => table.name.toUpperCase() === grant.table && isKey(table, grant.column))),
    step: number,
    totalSteps: STEPS,
  });
  if (outcome.kind !== 'accepted') return outcome.kind;
  draft.fields = outcome.picked.flatMap(({ grant }) => grant ?? []);
  return 'next';
};

const askQuery: Step = async (draft, number) => {
  const names = [...new Set(draft.fields.map(({ table }) => table))];
  const items = [
    { label: l10n.t('No PowerQuery'), detail: l10n.t('One can be added later'), table: undefined },
    ...names.map((table) => ({
      label: l10n.t('Rows of {0}', table),
      detail: l10n.t('A query over the chosen columns of {0}, to be edited as you need', table),
      table,
    })),
  ];
  const outcome = await showPickStep({
    title: title(),
    placeholder: l10n.t('Start with a PowerQuery?'),
    items,
    many: false,
    picked: ({ table }) => table === draft.queryTable,
    step: number,
    totalSteps: STEPS,
  });
  if (outcome.kind !== 'accepted') return outcome.kind;
  draft.queryTable = outcome.picked[0]?.table;
  return 'next';
};

/** Publisher and contact of a plugin of the workspace: mostly those of the next one too. */
async function lastPublisher(): Promise<{ publisher: string; email: string }> {
  for (const { manifest } of await findPluginFolders()) {
    const text = new TextDecoder().decode(await workspace.fs.readFile(manifest));
    const document = readXml(text, XML_LANGUAGES.plugin);
    if (!document.root) continue;
    const { publisher, contact } = readManifest(document, document.root);
    const found = { publisher: publisher?.attributeValue('name') ?? '', email: contact?.attributeValue('email') ?? '' };
    if (found.publisher !== '' && found.email !== '') return found;
  }
  return { publisher: '', email: '' };
}

/** The folder in which plugins of the workspace lie; asked for when that is not clear. */
async function pickParent(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first) {
    const [picked] =
      (await window.showOpenDialog({
        canSelectFolders: true,
        canSelectFiles: false,
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
