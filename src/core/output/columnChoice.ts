import { explain } from '../problem/explainedError.ts';
import type { ColumnSet } from './columns.ts';
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

  /** Looks for unseen names among columns that appeared since. Throws PS976 for a name that means several. */
  bind(): void {
    if (this.#columns.columns.length === this.#looked) return;
    for (const [index, name] of this.names.entries()) {
      if ((this.slots[index] ?? -1) < 0) this.slots[index] = this.#slotOf(name);
    }
    this.#looked = this.#columns.columns.length;
  }

  #slotOf(name: string): number {
    const all = this.#columns.columns;
    const exact = all.findIndex((column) => column.name === name);
    if (exact >= 0 || this.#exact) return exact;
    const wanted = name.toLowerCase();
    const sameLetters = all.findIndex((column) => column.name.toLowerCase() === wanted);
    if (sameLetters >= 0) return sameLetters;
    const whole = this.#columns.addWhole(name.split('.'));
    if (whole !== undefined) return all.indexOf(whole);
    const ending = all.filter((column) => column.name.toLowerCase().endsWith(`.${wanted}`));
    const [first, second] = ending;
    if (second !== undefined) {
      throw explain(OUTPUT_PROBLEMS, 'PS976', [name, ending.map((column) => column.name).join(', ')]);
    }
    return first === undefined ? -1 : all.indexOf(first);
  }
}
