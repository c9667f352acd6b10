import { explain } from '../problem/explainedError.ts';
import type { Column, ColumnSet } from './columns.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';

/**
 * The columns a user asked for by name, in that order. A name is a whole path (`name.first_name`) or its last
 * parts when only one path ends so (`first_name`); letter case does not matter where nothing else decides.
 * Names that no record has shown yet stay empty and are bound when one does.
 */
export class ColumnChoice {
  readonly names: readonly string[];
  /** Slot of each name, -1 while it is unseen. */
  readonly slots: number[];
  readonly #columns: ColumnSet;
  readonly #exact: boolean;
  #looked = 0;

  /** @param exact the names come from a table that knows all columns, not from somebody who types. */
  constructor(names: readonly string[], columns: ColumnSet, exact = false) {
    this.names = names;
    this.slots = names.map(() => -1);
    this.#columns = columns;
    this.#exact = exact;
  }

  /** Names that no record has shown so far. */
  get unseen(): readonly string[] {
    return this.names.filter((_, index) => (this.slots[index] ?? -1) < 0);
  }

  /**
   * Looks for unseen names among columns that appeared since; true when it found one: a record that was read before
   * may hold more now. Throws PS976 for a name that means several.
   */
  bind(): boolean {
    if (this.#columns.columns.length === this.#looked) return false;
    const before = this.unseen.length;
    for (const [index, name] of this.names.entries()) {
      if ((this.slots[index] ?? -1) < 0) this.slots[index] = this.#slotOf(name);
    }
    this.#looked = this.#columns.columns.length;
    return this.unseen.length < before;
  }

  #slotOf(name: string): number {
    const all = this.#columns.columns;
    if (this.#exact) return all.findIndex((column) => column.name === name);
    // One record may hold a text or nothing where another has an object: the cell is then JSON.
    const whole = this.#columns.addWhole(this.#find(name)?.path ?? name.split('.'));
    return whole === undefined ? -1 : all.indexOf(whole);
  }

  #find(name: string): Column | undefined {
    const all = this.#columns.columns;
    const wanted = name.toLowerCase();
    const same =
      all.find((column) => column.name === name) ?? all.find((column) => column.name.toLowerCase() === wanted);
    if (same !== undefined || this.#columns.holds(name.split('.'))) return same;
    const ending = all.filter((column) => column.name.toLowerCase().endsWith(`.${wanted}`));
    const [first, second] = ending;
    if (second !== undefined) {
      throw explain(OUTPUT_PROBLEMS, 'PS976', [name, ending.map((column) => column.name).join(', ')]);
    }
    return first;
  }
}
