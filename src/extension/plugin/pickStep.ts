import { QuickInputButtons, QuickPickItemKind, window, type QuickPickItem } from 'vscode';

export interface PickStep<Item extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  /** No two with the same label in one list of `search`. */
  readonly items: readonly Item[] | Promise<readonly Item[]>;
  /** Several may be picked, also none. */
  readonly many: boolean;
  /** What is picked at the start; with `many` false, where the list stands. */
  readonly picked?: ((item: Item) => boolean) | undefined;
  /** The items as they are shown for what is searched for. */
  readonly search?: ((items: readonly Item[], text: string) => readonly Item[]) | undefined;
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
}

export type PickOutcome<Item> =
  { readonly kind: 'accepted' | 'back'; readonly picked: readonly Item[] } | { readonly kind: 'cancelled' };

/**
 * Shows one step of a flow as a list; it can be searched by names and descriptions. Where several can be picked, Enter
 * right after a search checks the row that was found; otherwise it ends the step.
 */
export function showPickStep<Item extends QuickPickItem>(options: PickStep<Item>): Promise<PickOutcome<Item>> {
  const { many, search } = options;
  const list = window.createQuickPick<Item>();
  list.title = options.title;
  list.placeholder = options.placeholder;
  list.step = options.step;
  list.totalSteps = options.totalSteps;
  list.canSelectMany = many;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.buttons = (options.step ?? 1) > 1 ? [QuickInputButtons.Back] : [];
  let all: readonly Item[] = [];
  const checked = (): string => list.selectedItems.map(({ label }) => label).join();
  /** What was checked at the last letter of a search. */
  let before = '';
  const fill = (items: readonly Item[]): void => {
    const { picked } = options;
    all = items;
    list.items = items;
    list.busy = false;
    if (!picked) return;
    const chosen = items.filter(picked);
    if (many) list.selectedItems = chosen;
    else list.activeItems = chosen;
  };
  return new Promise((resolve, reject) => {
    const finish = (kind: 'accepted' | 'back'): void => {
      const marked = many ? list.selectedItems : kind === 'back' ? list.activeItems : list.selectedItems;
      // The editor gives them in the order of its own list; theirs is the one that means something.
      resolve({ kind, picked: list.items.filter((item) => marked.includes(item)) });
      list.dispose();
    };
    list.onDidChangeValue((text) => {
      before = checked();
      if (search) {
        const labels = new Set(list.selectedItems.map(({ label }) => label));
        list.items = search(all, text);
        list.selectedItems = list.items.filter(({ label }) => labels.has(label));
      }
      // The editor focuses a row by itself only where one can be picked.
      const found = many && text !== '' ? bestOf(list.items, text) : undefined;
      if (found) list.activeItems = [found];
    });
    list.onDidAccept(() => {
      const [found] = list.activeItems;
      if (many && list.value !== '' && found && !list.selectedItems.includes(found) && checked() === before) {
        list.value = '';
        list.selectedItems = [...list.selectedItems, found];
      } else if (many || list.selectedItems.length > 0) finish('accepted');
    });
    list.onDidTriggerButton(() => finish('back'));
    list.onDidHide(() => {
      resolve({ kind: 'cancelled' });
      list.dispose();
    });
    const { items } = options;
    if ('then' in items) {
      list.busy = true;
      items.then(fill, (error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        list.dispose();
      });
    } else {
      fill(items);
    }
    list.show();
  });
}

function bestOf<Item extends QuickPickItem>(items: readonly Item[], text: string): Item | undefined {
  const words = text
    .toLowerCase()
    .trim()
    .split(/[\s_]+/);
  const name = words.join('_');
  const found = items.filter(
    ({ label, description, detail, kind }) =>
      kind !== QuickPickItemKind.Separator &&
      words.every((word) => `${label} ${description} ${detail}`.toLowerCase().includes(word)),
  );
  return (
    found.find(({ label }) => label.toLowerCase() === name) ??
    found.find(({ label }) => label.toLowerCase().startsWith(name)) ??
    found[0]
  );
}
