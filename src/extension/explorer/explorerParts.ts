import { TreeItemCheckboxState, commands, env, l10n, window, workspace, type Memento, type TreeView } from 'vscode';
import type { FilterTerm } from '../../core/catalog/fiql.ts';
import type { ServerNeed } from '../../core/request/language/serverNeed.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { COMMANDS } from '../contributions.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { addField } from './addField.ts';
import { composeRequest } from './composeRequest.ts';
import { Composition, type Subject } from './composition.ts';
import { askCondition, askOrder, type Comparable } from './conditionInput.ts';
import {
  isLive,
  ownerOf,
  serverOf,
  type ColumnNode,
  type ComparableNode,
  type ExplorerNode,
  type ProblemNode,
  type QueryColumnNode,
} from './explorerNode.ts';
import { ExplorerTree } from './explorerTree.ts';
import { ApiFinder } from './findInApi.ts';
import { findRecord } from './findRecord.ts';
import { FocusedRow } from './focusedRow.ts';
import { revealRow } from './revealRow.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';
import { ServerReads, readKey } from './serverReads.ts';

export interface ExplorerPartsOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly workspaceState: Memento;
  /** Not disposed with the view: others use it too. */
  readonly knowledge: ServerKnowledge;
}

/** What the Servers view does, behind its commands. Loaded when the view or one of the commands is first used. */
export class ExplorerParts {
  readonly knowledge: ServerKnowledge;
  readonly reads: ServerReads;
  readonly tree: ExplorerTree;
  readonly composition: Composition;
  readonly #registry: ServerRegistry;
  readonly #finder: ApiFinder;
  #focused: FocusedRow | undefined;

  constructor({ registry, clients, workspaceState, knowledge }: ExplorerPartsOptions) {
    this.#registry = registry;
    this.composition = new Composition(workspaceState);
    this.knowledge = knowledge;
    this.reads = new ServerReads({
      knowledge: this.knowledge,
      clientFor: (server) => clients.clientFor(server),
      mayAsk: () => workspace.isTrusted,
    });
    this.tree = new ExplorerTree({
      registry,
      composition: this.composition,
      knowledge: this.knowledge,
      reads: this.reads,
    });
    this.#finder = new ApiFinder(this.knowledge);
  }

  /** Nothing is kept of a server that is gone. */
  async forget(serverId: string): Promise<void> {
    await Promise.all([this.knowledge.forget(serverId), this.composition.forget(serverId)]);
  }

  /** What somebody writes a request about is asked as if its row were opened. */
  async ask(server: Server, need: ServerNeed): Promise<void> {
    if (!workspace.isTrusted) return;
    switch (need.kind) {
      case 'tables':
        await this.reads.tables(server);
        return;
      case 'powerQueries':
        await this.reads.powerQueries(server);
        return;
      case 'columns':
        await this.reads.columns(server, need.table);
        return;
      case 'names': {
        const resource = (await this.knowledge.catalog(server)).resource(need.resource);
        if (resource) await this.reads.names(server, resource);
        return;
      }
      case 'files':
        return;
    }
  }

  compose(node: ExplorerNode | undefined, run: boolean): Promise<void> {
    return composeRequest(
      { registry: this.#registry, composition: this.composition, knowledge: this.knowledge, reads: this.reads },
      node,
      run,
    );
  }

  async check(changes: readonly (readonly [ExplorerNode, TreeItemCheckboxState])[]): Promise<void> {
    for (const [node, state] of changes) {
      await this.#check(node, state === TreeItemCheckboxState.Checked);
      const owner = ownerOf(node);
      // A condition that was not given leaves its field unchecked.
      if (owner && node.kind === 'field') this.tree.redraw(owner);
      else if (owner) this.tree.redrawAfterChecks(owner);
    }
  }

  /** Checks an unchecked row and the other way round; nothing for a row without a checkbox. */
  async toggle(node: ExplorerNode): Promise<void> {
    const { checkboxState } = this.tree.getTreeItem(node);
    if (typeof checkboxState !== 'object') return;
    const { Checked, Unchecked } = TreeItemCheckboxState;
    await this.check([[node, checkboxState.state === Checked ? Unchecked : Checked]]);
    this.tree.redraw(ownerOf(node) ?? node);
  }

  /** Adds a condition on a query field or a column, after those that it has. */
  async addCondition(node: ComparableNode): Promise<void> {
    const subject = subjectOf(node);
    if (!subject) return;
    const field = comparableOf(node);
    if (field === undefined) {
      await window.showInformationMessage(
        l10n.t('A column with long text or binary data cannot be used in a filter. Filter by another column.'),
      );
      return;
    }
    const term = await askCondition(field);
    if (term) await this.#setTerms(node, (before) => [...before, term]);
  }

  async removeConditions(node: ComparableNode): Promise<void> {
    await this.#setTerms(node, () => []);
    const subject = subjectOf(node);
    if (!subject || node.kind === 'field') return;
    const { sort } = this.composition.checked(serverOf(node), subject);
    if (!sort.some(({ column }) => column === fieldOf(node))) return;
    await this.composition.setSort(serverOf(node), subject, fieldOf(node), 'none');
    this.tree.redraw(ownerOf(node) ?? node);
  }

  /** Asks in which order the rows shall come by this column. */
  async sortBy(node: ColumnNode | QueryColumnNode): Promise<void> {
    const subject = subjectOf(node);
    if (!subject) return;
    const { sort } = this.composition.checked(serverOf(node), subject);
    const column = fieldOf(node);
    const order = await askOrder(
      column,
      sort.some((key) => key.column === column),
    );
    if (order === undefined) return;
    await this.composition.setSort(serverOf(node), subject, column, order);
    this.tree.redraw(ownerOf(node) ?? node);
  }

  async uncheckAll(node: ExplorerNode): Promise<void> {
    const subject = subjectOf(node);
    if (!subject) return;
    await this.composition.clear(serverOf(node), subject);
    this.tree.redraw(ownerOf(node) ?? node);
  }

  async addField(node: ExplorerNode): Promise<void> {
    if (node.kind !== 'column' && node.kind !== 'table') return;
    await addField(node, this.composition);
  }

  retry(node: ProblemNode): void {
    this.reads.askAgain(node.server.id, readKey(node.parent));
    this.tree.redraw(node.parent);
  }

  /** Asks again for what a row shows, or for all that is open; what is open stays open. */
  refresh(node?: ExplorerNode): void {
    if (node && isLive(node)) {
      this.reads.askAgain(serverOf(node).id, readKey(node));
      this.tree.redraw(node);
      return;
    }
    for (const { id } of node ? [serverOf(node)] : this.#registry.servers) this.reads.askAgain(id);
    if (node) this.tree.redraw(node);
    else this.tree.refresh();
  }

  async find(view: TreeView<ExplorerNode>, words?: string): Promise<void> {
    const server = await this.#serverToAsk(view);
    if (!server) return;
    const reveal = (node: ExplorerNode): Promise<void> => revealRow(view, node, this.reads);
    await this.#finder.show(server, { reveal, compose: (node, run) => this.compose(node, run) }, words);
  }

  /** The row that a key is meant for, where the editor did not tell it. */
  rowOfKey(view: TreeView<ExplorerNode>, mayOpen: boolean): Promise<ExplorerNode | undefined> {
    return (this.#focused ??= new FocusedRow(view)).row(mayOpen);
  }

  /** On the active server: the ids are for its requests. */
  async findRecord(kind?: 'student'): Promise<void> {
    const server = await this.#activeServer();
    if (!server) return;
    await findRecord(this.reads, server, kind);
  }

  /** A text that the administrator of the server can act on goes to the clipboard. */
  async askForAccess(node: ProblemNode): Promise<void> {
    const { name, origin } = node.server;
    const { parent } = node;
    // Of a resource: *Extensions* alone would tell nobody what was refused.
    const about = nameOf(parent) ?? this.tree.labelOf(parent.kind === 'group' ? parent.parent : parent);
    const text = l10n.t('The plugin that is used with {0} ({1}) was refused: {2}.', name, origin, about);
    await env.clipboard.writeText(`${text}\n${node.message}\n${node.mend}\n`);
    window.setStatusBarMessage(l10n.t('A text for the administrator is copied'), 4000);
  }

  async copyName(node: ExplorerNode): Promise<void> {
    const name = nameOf(node);
    if (name === undefined) return;
    await env.clipboard.writeText(name);
    window.setStatusBarMessage(l10n.t('{0} copied', name), 4000);
  }

  dispose(): void {
    this.tree.dispose();
  }

  async #check(node: ExplorerNode, on: boolean): Promise<void> {
    const subject = subjectOf(node);
    if (!subject) return;
    const server = serverOf(node);
    if (node.kind === 'field') await (on ? this.addCondition(node) : this.removeConditions(node));
    else if (node.kind === 'column' || node.kind === 'queryColumn')
      await this.composition.check(server, subject, 'columns', fieldOf(node), on);
    else if (node.kind === 'expansion' || node.kind === 'extension')
      await this.composition.check(server, subject, `${node.kind}s`, nameOf(node) ?? '', on);
  }

  async #setTerms(
    node: ComparableNode,
    change: (before: readonly FilterTerm[]) => readonly FilterTerm[],
  ): Promise<void> {
    const subject = subjectOf(node);
    if (!subject) return;
    const server = serverOf(node);
    const field = fieldOf(node);
    const before = this.composition.checked(server, subject).terms.filter((term) => term.field === field);
    await this.composition.setTerms(server, subject, field, change(before));
    this.tree.redraw(ownerOf(node) ?? node);
  }

  /** The server of the selected row, else the active one; without any server one is added first. */
  async #serverToAsk(view: TreeView<ExplorerNode>): Promise<Server | undefined> {
    const [selected] = view.visible ? view.selection : [];
    return (selected && this.#registry.find(serverOf(selected).id)) ?? this.#activeServer();
  }

  async #activeServer(): Promise<Server | undefined> {
    if (!this.#registry.active) await commands.executeCommand(COMMANDS.addServer);
    return this.#registry.active;
  }
}

function subjectOf(node: ExplorerNode): Subject | undefined {
  const owner = ownerOf(node);
  switch (owner?.kind) {
    case 'resource':
      return { resource: owner.resource.id };
    case 'table':
      return { table: owner.table.name };
    case 'powerQuery':
      return { powerQuery: owner.query.name };
    case undefined:
      return undefined;
  }
}

/** What a filter or a sort order calls the row. */
function fieldOf(node: ComparableNode): string {
  if (node.kind === 'field') return node.field.name;
  return node.kind === 'column' ? node.column.name : node.name;
}

function comparableOf(node: ComparableNode): Comparable | undefined {
  if (node.kind === 'field') {
    const { name, type, values } = node.field;
    return { name, type, values, inTable: false };
  }
  if (node.kind === 'queryColumn') return { name: node.name, type: undefined, inTable: true };
  const { name, type } = node.column;
  return type === 'clob' || type === 'binary' ? undefined : { name, type, inTable: true };
}

/** What requests call the thing that the row stands for. */
function nameOf(node: ExplorerNode): string | undefined {
  if (node.kind === 'operation') return node.operation.path;
  if (node.kind === 'powerQuery') return node.query.name;
  if (node.kind === 'queryColumn') return node.name;
  if ('expansion' in node) return node.expansion.name;
  if ('extension' in node) return node.extension.name;
  if ('field' in node) return node.field.name;
  if ('argument' in node) return node.argument.name;
  if ('column' in node) return node.column.name;
  return 'table' in node ? node.table.name : undefined;
}
