import { commands, l10n, window, type QuickPickItem } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { Operation, Resource } from '../../core/catalog/operation.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { COMMANDS } from '../contributions.ts';
import { openNewRequest } from '../requests/newRequest.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { CheckedParts, Composition } from './composition.ts';
import type { ExplorerNode } from './explorerNode.ts';

export interface ComposeRequestOptions {
  /** The row the command was called on; undefined from the palette. */
  readonly node: ExplorerNode | undefined;
  readonly catalog: () => Promise<Catalog>;
  readonly composition: Composition;
  readonly registry: ServerRegistry;
  /** Send it at once. */
  readonly run: boolean;
}

/** Writes a request for the chosen operation, with the checked expansions and extensions, into a new request file. */
export async function composeRequest(options: ComposeRequestOptions): Promise<void> {
  const { node, composition, registry, run } = options;
  const catalog = await options.catalog();
  const operation = operationOf(node) ?? (await pickOperation(catalog));
  if (!operation) return;
  const server = serverOf(node) ?? registry.active;
  const resource = catalog.resource(operation.resource);
  if (server && node && server.id !== registry.active?.id) await registry.select(server.id);

  const [{ toRequestText }, { emptySelection }] = await Promise.all([
    import('../../core/catalog/requestText.ts'),
    import('../../core/catalog/selection.ts'),
  ]);
  const parts =
    server && resource
      ? offeredParts(composition.checked(server, resource), operation)
      : { expansions: [], extensions: [] };
  const text = toRequestText(catalog, { ...emptySelection(operation.id), ...parts });
  if (text === undefined) return;
  const editor = await openNewRequest(resource?.title ?? operation.id, text);
  if (run) await commands.executeCommand(COMMANDS.runRequest, { uri: editor.document.uri, index: 0 });
}

/** A count takes no expansions although its resource has them. */
function offeredParts(parts: CheckedParts, operation: Operation): CheckedParts {
  const expansions = new Set(operation.expansions.map(({ name }) => name));
  return {
    expansions: parts.expansions.filter((name) => expansions.has(name)),
    extensions: operation.extensionsSupported ? parts.extensions : [],
  };
}

function operationOf(node: ExplorerNode | undefined): Operation | undefined {
  if (node?.kind === 'operation') return node.operation;
  return node?.kind === 'resource' ? mainOperation(node.resource) : undefined;
}

/** What *New Request* on a resource means: its list for the whole district, else the first that reads. */
function mainOperation({ operations }: Resource): Operation | undefined {
  const reads = operations.filter(({ writes }) => !writes);
  return (
    reads.find(({ kind, pathParams }) => kind === 'list' && pathParams.length === 0) ??
    reads.find(({ kind }) => kind === 'list' || kind === 'one' || kind === 'query') ??
    operations[0]
  );
}

function serverOf(node: ExplorerNode | undefined): Server | undefined {
  if (!node) return undefined;
  return 'server' in node ? node.server : node.parent.server;
}

async function pickOperation(catalog: Catalog): Promise<Operation | undefined> {
  const items: (QuickPickItem & { operation: Operation })[] = catalog.operations.map((operation) => ({
    label: operation.summary,
    description: `${operation.method} ${operation.path}`,
    operation,
  }));
  const placeHolder = l10n.t('What do you want to ask PowerSchool?');
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.operation;
}
