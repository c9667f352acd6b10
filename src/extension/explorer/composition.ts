import type { Memento } from 'vscode';
import type { Resource } from '../../core/catalog/operation.ts';
import type { Server } from '../../core/powerschool/server.ts';

const STATE_KEY = 'powerschool.composition';

/** What is checked below a resource. */
export interface CheckedParts {
  readonly expansions: readonly string[];
  readonly extensions: readonly string[];
}

const NOTHING: CheckedParts = { expansions: [], extensions: [] };

/** The checkboxes of the Servers view, kept with the workspace. */
export class Composition {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  checked(server: Server, resource: Resource): CheckedParts {
    return this.#all()[keyOf(server, resource)] ?? NOTHING;
  }

  async check(server: Server, resource: Resource, part: keyof CheckedParts, name: string, on: boolean): Promise<void> {
    const before = this.checked(server, resource);
    const others = before[part].filter((known) => known !== name);
    const after: CheckedParts = { ...before, [part]: on ? [...others, name] : others };
    await this.#state.update(STATE_KEY, { ...this.#all(), [keyOf(server, resource)]: after });
  }

  #all(): Readonly<Record<string, CheckedParts>> {
    return this.#state.get<Record<string, CheckedParts>>(STATE_KEY, {});
  }
}

function keyOf(server: Server, resource: Resource): string {
  return `${server.id}/${resource.id}`;
}
