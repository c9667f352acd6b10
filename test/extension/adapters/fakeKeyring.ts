import { EventEmitter } from 'node:events';
import type { SecretKeyring } from '../../../src/extension/adapters/secretStorage.ts';

/** A keyring as the editor's: asynchronous, shared by windows, telling everybody what changed. */
export class FakeKeyring implements SecretKeyring {
  readonly entries = new Map<string, string>();
  readonly #changes = new EventEmitter();
  /** What the keyring of the system does instead of answering. */
  failure: Error | undefined;

  async get(key: string): Promise<string | undefined> {
    await this.#turn();
    return this.entries.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#turn();
    this.entries.set(key, value);
    this.#changes.emit('change', { key });
  }

  async delete(key: string): Promise<void> {
    await this.#turn();
    this.entries.delete(key);
    this.#changes.emit('change', { key });
  }

  readonly onDidChange = (listener: (change: { readonly key: string }) => unknown): { dispose(): void } => {
    this.#changes.on('change', listener);
    return { dispose: () => void this.#changes.off('change', listener) };
  };

  async #turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failure) throw this.failure;
  }
}
