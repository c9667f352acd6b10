/** Words that mean the same to people who look for something. */
export class Synonyms {
  readonly #groups = new Map<string, Set<string>>();

  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) {
      for (const word of group) {
        const others = this.#groups.get(word) ?? new Set<string>();
        for (const other of group) if (other !== word) others.add(other);
        this.#groups.set(word, others);
      }
    }
  }

  of(word: string): Iterable<string> {
    return this.#groups.get(word) ?? [];
  }
}
