import { QuickInputButtons, window, type QuickPickItem } from 'vscode';

export interface PickStep<Item extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[] | Promise<readonly Item[]>;
  /** Several may be picked, also none. */
  readonly many: boolean;
  /** What is picked at the start; with `many` false, where the list stands. */
  readonly picked?: ((item: Item) => boolean) | undefined;
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
}

export type PickOutcome<Item> =
  | { readonly kind: 'accepted'; readonly picked: readonly Item[] }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** Shows one step of a flow as a list; it can be searched by names and descriptions. */
export function showPickStep<Item extends QuickPickItem>(options: PickStep<Item>): Promise<PickOutcome<Item>> {
  const list = window.createQuickPick<Item>();
  list.title = options.title;
  list.placeholder = options.placeholder;
  list.step = options.step;
  list.totalSteps = options.totalSteps;
  list.canSelectMany = options.many;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.buttons = (options.step ?? 1) > 1 ? [QuickInputButtons.Back] : [];
  const fill = (items: readonly Item[]): void => {
    const { picked } = options;
    list.items = items;
    list.busy = false;
    if (!picked) return;
    const chosen = items.filter(picked);
    if (options.many) list.selectedItems = chosen;
    else list.activeItems = chosen;
  };
  return new Promise((resolve, reject) => {
    const finish = (outcome: PickOutcome<Item>): void => {
      resolve(outcome);
      list.dispose();
    };
    list.onDidAccept(() => {
      // The editor gives them in the order of its own list; theirs is the one that means something.
      const picked = list.items.filter((item) => list.selectedItems.includes(item));
      if (options.many || picked.length > 0) finish({ kind: 'accepted', picked });
    });
    list.onDidTriggerButton(() => finish({ kind: 'back' }));
    list.onDidHide(() => finish({ kind: 'cancelled' }));
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
