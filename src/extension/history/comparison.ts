import {
  EventEmitter,
  TabInputTextDiff,
  Uri,
  commands,
  l10n,
  window,
  workspace,
  type Disposable,
  type Memento,
  type TextDocumentContentProvider,
} from 'vscode';
import { formatSize } from '../../core/output/quantity.ts';
import { sortedJson } from '../../core/output/sortedJson.ts';
import { COMPARE_SCHEME, CONTEXT_KEYS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import type { BodyStore, Hold } from '../response/bodyStore.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import { extensionOf } from '../response/responseText.ts';
import type { ResponseView } from '../response/responseView.ts';
import { visibleBody } from '../response/visibleBody.ts';

const SORTED_KEY = 'powerschool.comparison.sorted';

interface Compared {
  readonly view: ResponseView;
  readonly hold: Hold;
}

/**
 * Two answers in the native diff editor, indented alike, with keys in the order of the server or of the alphabet. The
 * bodies are held while the editor is open.
 */
export class Comparisons implements TextDocumentContentProvider, Disposable {
  readonly #bodies: BodyStore;
  readonly #hidden: HiddenFields;
  readonly #memory: Memento;
  readonly #compared = new Map<string, Compared>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable[];
  #count = 0;

  readonly onDidChange = this.#changed.event;

  constructor(bodies: BodyStore, hidden: HiddenFields, memory: Memento) {
    this.#bodies = bodies;
    this.#hidden = hidden;
    this.#memory = memory;
    void this.#tellMenus();
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(COMPARE_SCHEME, this),
      hidden.onDidChange(() => this.#renew()),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed)
          if (input instanceof TabInputTextDiff) this.#drop([input.original, input.modified]);
      }),
    ];
  }

  /** Opens the two beside each other, the first one left. */
  async open(left: ResponseView, right: ResponseView): Promise<void> {
    const [original, modified] = [this.#add(left), this.#add(right)];
    const part = isCut(left) || isCut(right);
    const title = titleOf(left, right) + (part ? ` (${l10n.t('first part')})` : '');
    await commands.executeCommand('vscode.diff', original, modified, title, { preview: false });
    if (part) void tellPart(Math.max(left.body.size, right.body.size));
  }

  /** Keys of objects in alphabetical order, or as the server wrote them; remembered in this workspace. */
  async sortKeys(sorted: boolean): Promise<void> {
    await this.#memory.update(SORTED_KEY, sorted ? true : undefined);
    await this.#tellMenus();
    this.#renew();
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const compared = this.#compared.get(uri.query);
    if (!compared) return l10n.t('This response is no longer kept. Run the request again to see it.');
    const { text, cut } = await visibleBody(compared.view, await this.#hidden.root());
    const sort = this.#sorted && !cut && extensionOf(compared.view) === 'json';
    return sort ? sortedJson(text) : text;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#compared.clear();
  }

  get #sorted(): boolean {
    return this.#memory.get(SORTED_KEY, false);
  }

  #add(view: ResponseView): Uri {
    const key = String(++this.#count);
    this.#compared.set(key, { view, hold: this.#bodies.hold(view.body) });
    return Uri.from({ scheme: COMPARE_SCHEME, path: `/${key}/${view.title}.${extensionOf(view)}`, query: key });
  }

  #drop(uris: readonly Uri[]): void {
    for (const { scheme, query } of uris) {
      const compared = scheme === COMPARE_SCHEME ? this.#compared.get(query) : undefined;
      this.#compared.delete(query);
      void compared?.hold.release();
    }
  }

  #renew(): void {
    for (const { uri } of workspace.textDocuments) if (uri.scheme === COMPARE_SCHEME) this.#changed.fire(uri);
  }

  #tellMenus(): Thenable<unknown> {
    return commands.executeCommand('setContext', CONTEXT_KEYS.keysSorted, this.#sorted);
  }
}

/** Its document holds the first part only. */
function isCut({ body, previewLimit }: ResponseView): boolean {
  return body.size > previewLimit;
}

/** What looks equal may differ behind the part that is compared. */
async function tellPart(size: number): Promise<void> {
  const setting = `${SETTINGS_SECTION}.${SETTINGS.previewLimit}`;
  const change = l10n.t('Open Setting');
  const answer = await window.showWarningMessage(
    l10n.t(
      'Only the first part of these answers is compared: the larger one has {0}. Ask for fewer records, or raise {1} (at most 20 MB) and compare again.',
      formatSize(size),
      setting,
    ),
    change,
  );
  if (answer === change) await commands.executeCommand('workbench.action.openSettings', setting);
}

/** What differs names the sides: the servers, else the times, and what was asked when that differs too. */
function titleOf(left: ResponseView, right: ResponseView): string {
  const same = left.title === right.title;
  const [from, to] = [left, right].map((view) => {
    const parts = same ? [] : [view.title];
    if (left.serverName !== right.serverName) parts.push(view.serverName);
    else if (new URL(left.url).host !== new URL(right.url).host)
      parts.push(`${view.serverName} ${new URL(view.url).host}`);
    else if (view.sentAt !== undefined) parts.push(new Date(view.sentAt).toLocaleTimeString());
    return parts.join(' ');
  });
  return `${same ? `${left.title}: ` : ''}${from} ↔ ${to}`;
}
