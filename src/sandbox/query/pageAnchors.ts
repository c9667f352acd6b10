/**
 * Remembers where the pages of long lists end, so that page 1,000 need not count through the 999 before it.
 * Only for lists in order of a unique key. Forgotten with every write.
 */
export class PageAnchors {
  readonly #lists = new Map<string, Map<number, number>>();
  #changes = -1;

  /** The key after which the search for `page` may start, and the page that ends there; page 0 is the beginning. */
  before(list: string, page: number, changes: number): { readonly page: number; readonly key: number | undefined } {
    this.#forgetIf(changes);
    const ends = this.#lists.get(list);
    if (ends !== undefined) {
      for (let candidate = page - 1; candidate > 0; candidate--) {
        const key = ends.get(candidate);
        if (key !== undefined) return { page: candidate, key };
      }
    }
    return { page: 0, key: undefined };
  }

  /** Notes the last key of a full page. */
  remember(list: string, page: number, key: number, changes: number): void {
    this.#forgetIf(changes);
    let ends = this.#lists.get(list);
    if (ends === undefined) {
      // A bound for a long run with ever new filters.
      if (this.#lists.size >= 200) this.#lists.clear();
      ends = new Map();
      this.#lists.set(list, ends);
    }
    ends.set(page, key);
  }

  #forgetIf(changes: number): void {
    if (changes === this.#changes) return;
    this.#lists.clear();
    this.#changes = changes;
  }
}
