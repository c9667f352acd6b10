import { EventEmitter, l10n, window, type Disposable, type Memento, type QuickPickItem, type Uri } from 'vscode';
import { environmentsOf } from './environmentsOf.ts';

const STATE_KEY = 'powerschool.environment';

/** Which environment of `http-client.env.json` this workspace uses. */
export class EnvironmentChoice implements Disposable {
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(state: Memento) {
    this.#state = state;
  }

  get current(): string | undefined {
    return this.#state.get<string>(STATE_KEY);
  }

  /** Asks for one of the environments that apply to a request file. */
  async choose(requestFile: Uri): Promise<void> {
    const { environmentNames } = await import('./requestReading.ts');
    const names = environmentNames(await environmentsOf(requestFile));
    const none: QuickPickItem = { label: l10n.t('No environment') };
    const items: QuickPickItem[] = names.map((label) =>
      label === this.current ? { label, description: l10n.t('in use') } : { label },
    );
    const placeHolder =
      names.length > 0
        ? l10n.t('Which environment do requests of this workspace use?')
        : l10n.t('There is no http-client.env.json beside this file or above it.');
    const picked = await window.showQuickPick([...items, none], { placeHolder });
    if (!picked) return;
    await this.#state.update(STATE_KEY, picked === none ? undefined : picked.label);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
