import { EventEmitter, commands, type Disposable, type Memento } from 'vscode';
import type { PersonalField } from '../../core/privacy/personalFields.ts';
import { COMMANDS, CONTEXT_KEYS } from '../contributions.ts';
import { together } from '../adapters/disposables.ts';

const MEMORY_KEY = 'powerschool.personalFieldsHidden';

/** Whether known personal fields are hidden in this workspace, and what is a personal field. */
export class HiddenFields implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #registrations: Disposable;
  #root: Promise<PersonalField> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#tellMenus();
    this.#registrations = together(
      commands.registerCommand(COMMANDS.hidePersonalFields, () => this.set(true)),
      commands.registerCommand(COMMANDS.showPersonalFields, () => this.set(false)),
    );
  }

  get on(): boolean {
    return this.#memory.get(MEMORY_KEY, false);
  }

  async set(on: boolean): Promise<void> {
    if (on === this.on) return;
    await this.#memory.update(MEMORY_KEY, on ? true : undefined);
    this.#tellMenus();
    this.#changed.fire();
  }

  /** The place above all fields while personal ones are hidden; undefined while everything is shown. */
  async root(): Promise<PersonalField | undefined> {
    if (!this.on) return undefined;
    this.#root ??= import('../../core/privacy/load.ts').then(({ loadPersonalFields }) => loadPersonalFields());
    return this.#root;
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#changed.dispose();
  }

  #tellMenus(): void {
    void commands.executeCommand('setContext', CONTEXT_KEYS.personalFieldsHidden, this.on);
  }
}
