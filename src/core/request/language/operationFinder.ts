import type { Catalog, OperationMatch } from '../../catalog/catalog.ts';
import type { Suggestion } from '../../catalog/nearest.ts';

const MOST_KEPT = 2000;
const MOST_SEARCHES = 40;

/** Asks the catalog once for each address: while somebody types, the same addresses come back with every key. */
export class OperationFinder {
  readonly #catalog: Catalog;
  readonly #matches = new Map<string, OperationMatch | undefined>();
  readonly #nearest = new Map<string, readonly Suggestion[]>();
  #searches = 0;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  match(method: string, path: string): OperationMatch | undefined {
    const key = `${method} ${path}`;
    if (this.#matches.has(key)) return this.#matches.get(key);
    const match = this.#catalog.match(method, path);
    keep(this.#matches, key, match);
    return match;
  }

  /** Allows some more searches for nearest operations. */
  startRound(): void {
    this.#searches = 0;
  }

  /** Each search looks at every operation: of many unknown addresses only some are looked up in one round. */
  nearest(path: string, method: string): readonly Suggestion[] {
    const key = `${method} ${path}`;
    const known = this.#nearest.get(key);
    if (known !== undefined) return known;
    if (++this.#searches > MOST_SEARCHES) return [];
    const found = this.#catalog.nearest(path, method);
    keep(this.#nearest, key, found);
    return found;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size >= MOST_KEPT) map.clear();
  map.set(key, value);
}
