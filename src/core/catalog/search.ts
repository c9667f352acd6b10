import type { Catalog } from './catalog.ts';
import { SearchIndex } from './searchIndex.ts';
import type { Synonyms } from './synonyms.ts';
import type { Table, TableCatalog } from './tables.ts';

export type SearchKind =
  'resource' | 'operation' | 'expansion' | 'extension' | 'field' | 'queryField' | 'table' | 'column' | 'powerQuery';

/** One hit. `name` is what it is called (`students.dob`), `description` says what it is. */
export interface SearchHit {
  readonly kind: SearchKind;
  readonly name: string;
  readonly description: string;
  /** Resource, for everything that belongs to one. */
  readonly resource: string | undefined;
  /** Operation to try for this hit. */
  readonly operation: string | undefined;
  /** For tables and columns. */
  readonly table: string | undefined;
  readonly column: string | undefined;
  /** Expansion to ask for, or extension. */
  readonly part: string | undefined;
  readonly powerQuery: string | undefined;
  /** Higher is better; only to be compared within one search. */
  readonly score: number;
}

type Entry = Omit<SearchHit, 'score'>;

export interface SearchOptions {
  readonly limit?: number;
  readonly kinds?: readonly SearchKind[];
}

/** How much a kind is preferred among equals: what can be tried at once comes first. */
const KIND_WEIGHT: Readonly<Record<SearchKind, number>> = {
  resource: 1.5,
  field: 1.3,
  queryField: 1.1,
  operation: 1.2,
  expansion: 1.25,
  extension: 1,
  powerQuery: 1.15,
  table: 1.3,
  column: 1,
};

const SYNONYM_WEIGHT = 0.6;
const BUCKETS = 500;
/** Columns or entries that are indexed in one step. */
const STEP = 200;
/** Hits that are weighed in one step. */
const HIT_STEP = 1000;
/** Tables that people mean most often. */
const COMMON_TABLES: readonly string[] = [
  'students',
  'schools',
  'users',
  'schoolstaff',
  'teachers',
  'courses',
  'sections',
  'cc',
  'terms',
  'attendance',
  'storedgrades',
];

/**
 * Finds resources, operations, expansions, record fields, query fields, extensions, PowerQueries, tables and columns
 * by any words. The index is built at the first search and kept; make a new search when a server reported more.
 */
export class CatalogSearch {
  readonly #catalog: Catalog;
  readonly #tables: TableCatalog;
  readonly #synonyms: Synonyms;
  readonly #index = new SearchIndex();
  #building: Generator<void, void> | undefined;
  readonly #entries: Entry[] = [];
  /** Columns are not entries: the first number of each table's columns. */
  readonly #columnStarts: number[] = [];
  readonly #columnTables: Table[] = [];

  constructor(catalog: Catalog, tables: TableCatalog, synonyms: Synonyms) {
    this.#catalog = catalog;
    this.#tables = tables;
    this.#synonyms = synonyms;
  }

  /**
   * Builds the index piece by piece, so that a caller can let others run in between; a search finishes what is left.
   * A step takes about a millisecond, all of them about 0.3 s for 100,000 columns.
   */
  *prepare(): Generator<void, void> {
    this.#building ??= this.#build();
    while (this.#building.next().done !== true) yield;
  }

  /** The best hits for all of the words; none for an empty text. */
  search(text: string, options: SearchOptions = {}): SearchHit[] {
    const steps = this.searchSteps(text, options);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  }

  /** The same piece by piece, so that a caller can let others run in between or leave off. */
  *searchSteps(text: string, { limit = 50, kinds }: SearchOptions = {}): Generator<void, SearchHit[]> {
    const wanted = text
      .toLowerCase()
      .split(/[\s,;:/.]+/)
      .map(joined)
      .filter((word) => word !== '');
    if (wanted.length === 0) return [];
    yield* this.prepare();
    const index = this.#index;
    const total = new Float32Array(index.size);
    for (const [position, word] of wanted.entries()) addScores(total, yield* this.#scoresOf(word), position === 0);
    // `birth date` also finds `birthdate`.
    if (wanted.length > 1) {
      const scores = new Float32Array(index.size);
      yield* index.score(wanted.join(''), wanted.length, scores);
      for (const [entry, score] of scores.entries()) if (score > (total[entry] ?? 0)) total[entry] = score;
    }
    yield;
    return yield* this.#best(total, wanted, limit, kinds);
  }

  *#scoresOf(word: string): Generator<void, Float32Array> {
    const index = this.#index;
    const scores = new Float32Array(index.size);
    const plain = singular(word);
    yield* index.score(word, 1, scores);
    if (plain !== word) yield* index.score(plain, 0.95, scores);
    for (const synonym of this.#synonyms.of(plain)) index.scoreWhole(joined(synonym), SYNONYM_WEIGHT, scores);
    return scores;
  }

  *#best(
    total: Float32Array,
    words: readonly string[],
    limit: number,
    kinds: readonly SearchKind[] | undefined,
  ): Generator<void, SearchHit[]> {
    let highest = 0;
    for (const score of total) if (score > highest) highest = score;
    const enough = kinds === undefined ? threshold(total, highest, limit * 4) : 0;
    let hits: SearchHit[] = [];
    for (let number = 0; number < total.length; number++) {
      const raw = total[number] ?? 0;
      if (raw <= 0 || raw < enough) continue;
      const entry = this.#entry(number);
      if (kinds !== undefined && !kinds.includes(entry.kind)) continue;
      hits.push({ ...entry, score: raw * KIND_WEIGHT[entry.kind] + bonus(entry, words) });
      if (hits.length === limit + HIT_STEP) {
        hits = bestOf(hits, limit);
        yield;
      }
    }
    return bestOf(hits, limit);
  }

  #entry(number: number): Entry {
    const entry = this.#entries[number];
    if (entry !== undefined) return entry;
    let low = 0;
    let high = this.#columnStarts.length;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((this.#columnStarts[middle] ?? 0) <= number) low = middle;
      else high = middle;
    }
    const table = this.#columnTables[low];
    const column = table?.columns[number - (this.#columnStarts[low] ?? 0)];
    return blank('column', `${table?.name ?? ''}.${column?.name ?? ''}`, column?.description ?? '', {
      resource: 'tableRows',
      operation: 'listTableRows',
      table: table?.name,
      column: column?.name,
    });
  }

  *#build(): Generator<void, void> {
    const index = this.#index;
    for (const entry of [...this.#catalogEntries(), ...this.#tableEntries()]) {
      this.#entries.push(entry);
      const number = index.add(entry.name, `${entry.description} ${entry.kind === 'resource' ? entry.resource : ''}`);
      if (number % STEP === 0) yield;
    }
    yield;
    let columns = 0;
    for (const table of this.#tables.tables) {
      const first = index.size;
      this.#columnStarts.push(first);
      this.#columnTables.push(table);
      for (const column of table.columns) index.add(column.name, column.description);
      index.addContext(table.name, first, index.size);
      columns += table.columns.length;
      if (columns > STEP) {
        columns = 0;
        yield;
      }
    }
  }

  *#catalogEntries(): Iterable<Entry> {
    for (const resource of this.#catalog.resources) {
      const first = resource.operations.find(({ kind }) => kind === 'list') ?? resource.operations[0];
      const about = { resource: resource.id, operation: first?.id };
      yield blank('resource', resource.title, resource.description, about);
      for (const operation of resource.operations) {
        yield blank('operation', operation.summary, `${operation.method} ${operation.path} ${operation.description}`, {
          resource: resource.id,
          operation: operation.id,
        });
      }
      for (const part of resource.expansions)
        yield blank('expansion', part.name, part.description, { ...about, part: part.name });
      for (const part of resource.extensions)
        yield blank('extension', part.name, part.description, { ...about, part: part.name });
      for (const field of resource.recordFields)
        yield blank('field', field.path, field.description, { ...about, part: field.expansion });
      const fields = new Map(
        resource.operations.flatMap(({ filter }) => filter?.fields ?? []).map((field) => [field.name, field]),
      );
      for (const field of fields.values()) {
        if (!resource.recordFields.some(({ path }) => path === field.name))
          yield blank('queryField', field.name, field.description, about);
      }
    }
    for (const query of this.#catalog.powerQueries) {
      yield blank('powerQuery', query.name, query.summary, {
        resource: 'powerQueries',
        operation: 'runPowerQuery',
        powerQuery: query.name,
      });
    }
  }

  *#tableEntries(): Iterable<Entry> {
    for (const table of this.#tables.tables) {
      yield blank('table', table.name, table.description, {
        resource: 'tableRows',
        operation: 'listTableRows',
        table: table.name,
      });
    }
  }
}

function blank(kind: SearchKind, name: string, description: string, rest: Partial<Entry>): Entry {
  return {
    kind,
    name,
    description,
    resource: undefined,
    operation: undefined,
    table: undefined,
    column: undefined,
    part: undefined,
    powerQuery: undefined,
    ...rest,
  };
}

function bestOf(hits: readonly SearchHit[], limit: number): SearchHit[] {
  return hits
    .toSorted((a, b) => b.score - a.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, limit);
}

/** The whole name typed, a common table, and short names are what people usually mean. */
function bonus(entry: Entry, words: readonly string[]): number {
  const typed = squeeze(words.join(''));
  let value = squeeze(entry.column ?? entry.name) === typed ? 1 : 0;
  if (entry.column !== undefined && squeeze(entry.name) === typed) value += 1;
  if (entry.table !== undefined) {
    const rank = COMMON_TABLES.indexOf(entry.table.toLowerCase());
    if (rank >= 0) value += 0.25 - rank * 0.01;
  }
  if (entry.resource === 'students') value += 0.1;
  return value - entry.name.length / 400;
}

/** `home_room` as the index keeps it: homeroom. */
function joined(word: string): string {
  return word.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Without marks between words, and without the s of a plural. */
function squeeze(name: string): string {
  return singular(joined(name.toLowerCase()));
}

/** Every word has to be found: an entry that misses one falls to 0. */
function addScores(total: Float32Array, scores: Float32Array, first: boolean): void {
  for (let entry = 0; entry < total.length; entry++) {
    const score = scores[entry] ?? 0;
    const before = total[entry] ?? 0;
    total[entry] = first ? score : score === 0 || before === 0 ? 0 : before + score;
  }
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || word.length < 4) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.endsWith('s') ? word.slice(0, -1) : word;
}

/** A score that about `count` entries reach, so that only few entries need be built; 0 when fewer have any. */
function threshold(scores: Float32Array, highest: number, count: number): number {
  const buckets = new Uint32Array(BUCKETS + 1);
  for (const score of scores) {
    if (score > 0) {
      const bucket = Math.floor((score / highest) * BUCKETS);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
  }
  let seen = 0;
  for (let bucket = BUCKETS; bucket > 0; bucket--) {
    seen += buckets[bucket] ?? 0;
    if (seen >= count) return (bucket / BUCKETS) * highest;
  }
  return 0;
}
