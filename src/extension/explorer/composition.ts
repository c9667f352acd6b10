import type { Memento } from 'vscode';
import type { FilterTerm } from '../../core/catalog/fiql.ts';
import type { SortKey } from '../../core/catalog/selection.ts';
import type { Server } from '../../core/powerschool/server.ts';

const STATE_KEY = 'powerschool.composition';

/** What is picked below a resource or a table. */
export interface CheckedParts {
  readonly expansions: readonly string[];
  readonly extensions: readonly string[];
  /** Columns of a table or of the answer of a PowerQuery. */
  readonly columns: readonly string[];
  /** Conditions of the filter, all of which must hold. */
  readonly terms: readonly FilterTerm[];
  /** The first one counts most. */
  readonly sort: readonly SortKey[];
}

/** The parts that are lists of names. */
export type CheckedList = 'expansions' | 'extensions' | 'columns';

/** What the parts belong to: a resource by its id, a table by its name in any case, or a PowerQuery by its name. */
export type Subject = { readonly resource: string } | { readonly table: string } | { readonly powerQuery: string };

export const NOTHING_CHECKED: CheckedParts = { expansions: [], extensions: [], columns: [], terms: [], sort: [] };

/** The checkboxes and conditions of the Servers view, kept with the workspace. */
export class Composition {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  checked(server: Server, subject: Subject): CheckedParts {
    return { ...NOTHING_CHECKED, ...this.#all()[keyOf(server, subject)] };
  }

  async check(server: Server, subject: Subject, list: CheckedList, name: string, on: boolean): Promise<void> {
    const before = this.checked(server, subject);
    const others = before[list].filter((known) => known !== name);
    await this.#store(server, subject, { ...before, [list]: on ? [...others, name] : others });
  }

  /** Puts `terms` in the place of all conditions on this field. */
  async setTerms(server: Server, subject: Subject, field: string, terms: readonly FilterTerm[]): Promise<void> {
    const before = this.checked(server, subject);
    const others = before.terms.filter((term) => term.field !== field);
    await this.#store(server, subject, { ...before, terms: [...others, ...terms] });
  }

  /** Sorts by a column besides those before, or no more. A table sorts by one column: the last that was set. */
  async setSort(server: Server, subject: Subject, column: string, order: 'up' | 'down' | 'none'): Promise<void> {
    const before = this.checked(server, subject);
    const others = 'powerQuery' in subject ? before.sort.filter((key) => key.column !== column) : [];
    const sort = order === 'none' ? others : [...others, { column, descending: order === 'down' }];
    await this.#store(server, subject, { ...before, sort });
  }

  clear(server: Server, subject: Subject): Promise<void> {
    return this.#store(server, subject, NOTHING_CHECKED);
  }

  /** What was picked for a server that is gone. */
  async forget(serverId: string): Promise<void> {
    const kept = Object.entries(this.#all()).filter(([key]) => !key.startsWith(`${serverId}/`));
    await this.#state.update(STATE_KEY, Object.fromEntries(kept));
  }

  async #store(server: Server, subject: Subject, parts: CheckedParts): Promise<void> {
    const { [keyOf(server, subject)]: _, ...others } = this.#all();
    const nothing = Object.values(parts).every((list: readonly unknown[]) => list.length === 0);
    await this.#state.update(STATE_KEY, nothing ? others : { ...others, [keyOf(server, subject)]: parts });
  }

  #all(): Readonly<Record<string, Partial<CheckedParts>>> {
    return this.#state.get<Record<string, Partial<CheckedParts>>>(STATE_KEY, {});
  }
}

/** How many things are picked. */
export function countOf(parts: CheckedParts): number {
  return Object.values(parts).reduce((count, list: readonly unknown[]) => count + list.length, 0);
}

function keyOf(server: Server, subject: Subject): string {
  if ('table' in subject) return `${server.id}/tables/${subject.table.toLowerCase()}`;
  return `${server.id}/${'resource' in subject ? subject.resource : `queries/${subject.powerQuery}`}`;
}
