/** One written row. */
interface Change {
  readonly version: number;
  readonly table: string;
  readonly id: number;
}

/** Which rows calls have written since the start, for data version subscriptions. */
export class ChangeLog {
  readonly #changes: Change[] = [];
  #version = 1;

  /** The version of the newest change; 1 is the district as it was made. */
  get version(): number {
    return this.#version;
  }

  note(table: string, id: number): void {
    this.#version++;
    this.#changes.push({ version: this.#version, table: table.toLowerCase(), id });
    // A long run with many writes: what is this old nobody asks for.
    if (this.#changes.length > 100_000) this.#changes.splice(0, 50_000);
  }

  /** Ids of the rows written after `version`, by table. */
  since(version: number): ReadonlyMap<string, ReadonlySet<number>> {
    const tables = new Map<string, Set<number>>();
    for (const change of this.#changes) {
      if (change.version <= version) continue;
      const ids = tables.get(change.table) ?? new Set<number>();
      ids.add(change.id);
      tables.set(change.table, ids);
    }
    return tables;
  }
}
