import { setImmediate } from 'node:timers/promises';
import { ThemeIcon, l10n, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { loadSynonyms } from '../../core/catalog/load.ts';
import { CatalogSearch, type SearchHit, type SearchKind } from '../../core/catalog/search.ts';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ExplorerNode } from './explorerNode.ts';
import { nodeOfHit } from './hitNode.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';

export interface FindActions {
  readonly reveal: (node: ExplorerNode) => Promise<void>;
  readonly compose: (node: ExplorerNode, run: boolean) => Promise<void>;
}

interface HitItem extends QuickPickItem {
  readonly hit: SearchHit;
}

const MOST_HITS = 50;
/** Milliseconds: who types fast gets one list for several keys. */
const KEY_PAUSE = 40;
/** Milliseconds for which the extension host is held up at a time. */
const TURN = 8;

/** The searches of the servers; one is made anew when its server reported more. */
export class ApiFinder {
  readonly #knowledge: ServerKnowledge;
  #search: { readonly catalog: Catalog; readonly tables: TableCatalog; readonly search: CatalogSearch } | undefined;

  constructor(knowledge: ServerKnowledge) {
    this.#knowledge = knowledge;
  }

  /** *Find in API*: hits while typing; Enter reveals one in the tree, its buttons try it or write a request. */
  async show(server: Server, actions: FindActions, words = ''): Promise<void> {
    const tryIt: QuickInputButton = { iconPath: new ThemeIcon('play'), tooltip: l10n.t('Try It') };
    const newRequest: QuickInputButton = { iconPath: new ThemeIcon('new-file'), tooltip: l10n.t('New Request') };
    const [catalog, tables] = await Promise.all([this.#knowledge.catalog(server), this.#knowledge.tables(server)]);
    const picker = window.createQuickPick<HitItem>();
    picker.title = l10n.t('Find in API · {0}', server.name);
    picker.placeholder = l10n.t('Any words: birth date, homeroom, lunch, students.dob');
    picker.busy = true;
    picker.value = words;
    picker.show();

    const act = async (action: (node: ExplorerNode) => Promise<void>, hit: SearchHit): Promise<void> => {
      picker.hide();
      const node = nodeOfHit(server, catalog, tables, hit);
      if (node) await action(node);
    };
    picker.onDidAccept(() => {
      const [item] = picker.activeItems;
      if (item) void act(actions.reveal, item.hit);
    });
    picker.onDidTriggerItemButton(({ item, button }) => {
      void act((node) => actions.compose(node, button === tryIt), item.hit);
    });
    let open = true;
    picker.onDidHide(() => {
      open = false;
      picker.dispose();
    });

    const search = await this.#prepared(catalog, tables, () => open);
    if (!open) return;
    const look = async (text: string): Promise<void> => {
      const steps = search.searchSteps(text, { limit: MOST_HITS });
      const hits = await inTurns(steps, () => open && picker.value === text);
      if (hits === undefined) return;
      picker.items = hits.map((hit) => itemOf(hit, catalog, writes(hit, catalog) ? [newRequest] : [tryIt, newRequest]));
    };
    let waiting: NodeJS.Timeout | undefined;
    picker.onDidChangeValue((text) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void look(text), KEY_PAUSE);
    });
    await look(picker.value);
    if (open) picker.busy = false;
  }

  async #prepared(catalog: Catalog, tables: TableCatalog, goOn: () => boolean): Promise<CatalogSearch> {
    const known = this.#search;
    const fits = known?.catalog === catalog && known.tables === tables;
    const search = fits ? known.search : new CatalogSearch(catalog, tables, await loadSynonyms());
    this.#search = { catalog, tables, search };
    await inTurns(search.prepare(), goOn);
    return search;
  }
}

/** Runs steps for a few milliseconds at a time; undefined when they are left off because `goOn` said so. */
async function inTurns<Result>(steps: Generator<void, Result>, goOn: () => boolean): Promise<Result | undefined> {
  while (goOn()) {
    const end = performance.now() + TURN;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < end);
    await setImmediate();
  }
  return undefined;
}

function itemOf(hit: SearchHit, catalog: Catalog, buttons: readonly QuickInputButton[]): HitItem {
  const resource = hit.table === undefined ? catalog.resource(hit.resource ?? '')?.title : undefined;
  return {
    label: `$(${ICONS[hit.kind]}) ${hit.name}`,
    description: [kindName(hit.kind), hit.kind === 'resource' ? undefined : resource]
      .filter((part) => part)
      .join(' · '),
    detail: hit.description.replaceAll('`', ''),
    alwaysShow: true,
    buttons,
    hit,
  };
}

function writes(hit: SearchHit, catalog: Catalog): boolean {
  return hit.kind === 'operation' && (catalog.operation(hit.operation ?? '')?.writes ?? false);
}

const ICONS: Readonly<Record<SearchKind, string>> = {
  resource: 'symbol-class',
  operation: 'symbol-method',
  expansion: 'expand-all',
  extension: 'extensions',
  field: 'symbol-field',
  queryField: 'filter',
  table: 'table',
  column: 'list-selection',
  powerQuery: 'database',
};

function kindName(kind: SearchKind): string {
  switch (kind) {
    case 'resource':
      return l10n.t('resource');
    case 'operation':
      return l10n.t('operation');
    case 'expansion':
      return l10n.t('expansion');
    case 'extension':
      return l10n.t('extension');
    case 'field':
      return l10n.t('field of a record');
    case 'queryField':
      return l10n.t('query field');
    case 'table':
      return l10n.t('table');
    case 'column':
      return l10n.t('column');
    case 'powerQuery':
      return l10n.t('PowerQuery');
  }
}
