import { commands, l10n, window, type QuickPickItem } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { isPowerQuery } from '../../core/catalog/compose.ts';
import type { Operation, Resource } from '../../core/catalog/operation.ts';
import { toRequestText } from '../../core/catalog/requestText.ts';
import { emptySelection, type Selection } from '../../core/catalog/selection.ts';
import { COMMANDS } from '../contributions.ts';
import { openNewRequest } from '../requests/newRequest.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { NOTHING_CHECKED, type CheckedParts, type Composition, type Subject } from './composition.ts';
import { ownerOf, serverOf, type ExplorerNode } from './explorerNode.ts';
import { askPathParams, type PathContext } from './pathInput.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';

export interface ComposeRequestOptions extends PathContext {
  readonly knowledge: ServerKnowledge;
  readonly composition: Composition;
  readonly registry: ServerRegistry;
}

const ROWS = 'listTableRows';
const RUN_POWER_QUERY = 'runPowerQuery';

/**
 * Writes a request for a row of the tree, with what is checked there, into a new request file; with `run` it is sent
 * at once. Without a row the operation is asked for. Ids in the path are looked up, arguments asked for.
 */
export async function composeRequest(
  options: ComposeRequestOptions,
  node: ExplorerNode | undefined,
  run: boolean,
): Promise<void> {
  const { knowledge, composition, registry } = options;
  const server = node ? serverOf(node) : registry.active;
  const catalog = server ? await knowledge.catalog(server) : await knowledge.baseCatalog();
  const chosen = (node && chosenBy(node)) ?? (await pickOperation(catalog));
  const operation = chosen && catalog.operation(chosen.operation);
  if (!operation) return;
  if (server && node && server.id !== registry.active?.id) await registry.select(server.id);

  const answered = await askPathParams(options, server, operation, chosen.pathParams);
  if (!answered) return;
  const subject = subjectOf(operation, answered.pathParams);
  const checked = server ? composition.checked(server, subject) : NOTHING_CHECKED;
  const parts = chosen.column === undefined ? checked : withColumn(checked, chosen.column);
  const selection: Selection = {
    ...emptySelection(operation.id, answered.pathParams),
    ...offeredParts(parts, operation),
    arguments: answered.arguments,
  };
  const resource = catalog.resource(operation.resource);
  const { fileName, ...words } = wordsFor(operation, resource, answered.pathParams);
  const text = toRequestText(catalog, selection, words);
  if (text === undefined) return;
  const editor = await openNewRequest(fileName, text);
  if (run) await commands.executeCommand(COMMANDS.runRequest, { uri: editor.document.uri, index: 0 });
}

interface Choice {
  readonly operation: string;
  readonly pathParams: Readonly<Record<string, string>>;
  /** A column to ask for besides the checked ones. */
  readonly column?: string;
}

/** What *New Request* means on a row; undefined where it means nothing. */
function chosenBy(node: ExplorerNode): Choice | undefined {
  const { kind } = node;
  if (kind === 'problem' || kind === 'note') return undefined;
  if (kind === 'operation') return { operation: node.operation.id, pathParams: {} };
  const owner = ownerOf(node);
  switch (owner?.kind) {
    case 'resource': {
      const operation = mainOperation(owner.resource);
      return operation && { operation: operation.id, pathParams: {} };
    }
    case 'table': {
      const column = kind === 'column' ? { column: node.column.name } : {};
      return { operation: ROWS, pathParams: { tablename: owner.table.name }, ...column };
    }
    case 'powerQuery': {
      const column = kind === 'queryColumn' ? { column: node.name } : {};
      return { operation: RUN_POWER_QUERY, pathParams: { queryname: owner.query.name }, ...column };
    }
    case undefined:
      return undefined;
  }
}

/** Its list for the whole district, else the first that reads. */
function mainOperation({ operations }: Resource): Operation | undefined {
  const reads = operations.filter(({ writes }) => !writes);
  return (
    reads.find(({ kind, pathParams }) => kind === 'list' && pathParams.length === 0) ??
    reads.find(({ kind }) => kind === 'list' || kind === 'one' || kind === 'query') ??
    operations[0]
  );
}

function withColumn(parts: CheckedParts, column: string): CheckedParts {
  return parts.columns.includes(column) ? parts : { ...parts, columns: [...parts.columns, column] };
}

function subjectOf({ resource }: Operation, pathParams: Readonly<Record<string, string>>): Subject {
  const { tablename: table = '', queryname: powerQuery = '' } = pathParams;
  if (table !== '') return { table };
  return resource === 'powerQueries' && powerQuery !== '' ? { powerQuery } : { resource };
}

/** A count takes no expansions although its resource has them; one record takes no filter. */
function offeredParts(
  parts: CheckedParts,
  operation: Operation,
): Pick<Selection, 'expansions' | 'extensions' | 'columns' | 'filter' | 'sort'> {
  const expansions = new Set(operation.expansions.map(({ name }) => name));
  const { filter } = operation;
  const fields = new Set(filter?.fields.map(({ name }) => name));
  // A PowerQuery takes its filter in the body.
  const filtered = filter !== undefined || isPowerQuery(operation);
  return {
    expansions: parts.expansions.filter((name) => expansions.has(name)),
    extensions: operation.extensionsSupported ? parts.extensions : [],
    columns: parts.columns,
    sort: parts.sort,
    filter: filtered ? parts.terms.filter(({ field }) => filter?.over !== 'fields' || fields.has(field)) : [],
  };
}

/** Tables and PowerQueries are called by their own name, everything else by its resource. */
function wordsFor(
  operation: Operation,
  resource: Resource | undefined,
  pathParams: Readonly<Record<string, string>>,
): { fileName: string; name?: string; title?: string } {
  const table = pathParams['tablename'];
  const query = pathParams['queryname'];
  if (operation.id === ROWS && table)
    return { fileName: table, name: `${table}_rows`, title: l10n.t('Rows of {0}', table) };
  if (operation.id === RUN_POWER_QUERY && query) {
    // The last word alone is often `list`.
    const words = query.split('.').slice(-2);
    return { fileName: words.join(' '), name: words.join('_'), title: query };
  }
  return { fileName: resource?.title ?? operation.id };
}

async function pickOperation(catalog: Catalog): Promise<Choice | undefined> {
  const items: (QuickPickItem & { operation: Operation })[] = catalog.operations.map((operation) => ({
    label: operation.summary,
    description: `${operation.method} ${operation.path}`,
    operation,
  }));
  const placeHolder = l10n.t('What do you want to ask PowerSchool?');
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked && { operation: picked.operation.id, pathParams: {} };
}
