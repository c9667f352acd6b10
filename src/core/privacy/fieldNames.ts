/** The shape of `data/personalFields.json`. */
export interface PersonalFieldsData {
  readonly words: readonly string[];
  readonly parts: readonly string[];
  readonly names: readonly string[];
  readonly shown: readonly string[];
  readonly shownIn: Readonly<Record<string, readonly string[]>>;
}

/**
 * What happens to a field while known personal fields are hidden. `hidden`: whatever it holds. `shown`: nothing.
 * `key`: text that is no number, since a key such as `schoolid` is written as text by tables. `text`: any text;
 * numbers stay, they tell of nobody without a name beside them.
 */
export type FieldKind = 'hidden' | 'shown' | 'key' | 'text';

/** Which names of fields stand for what: known personal ones, known harmless ones, keys, and all the others. */
export class FieldNames {
  readonly #words: ReadonlySet<string>;
  readonly #parts: RegExp;
  readonly #names: ReadonlySet<string>;
  readonly #shown: ReadonlySet<string>;
  readonly #shownIn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #numbers: ReadonlySet<string>;

  /** @param numbers Names of columns that hold numbers, which the API may write as text. */
  constructor(data: PersonalFieldsData, numbers: Iterable<string> = []) {
    this.#words = new Set(data.words);
    this.#parts = new RegExp(data.parts.join('|'));
    this.#names = new Set(data.names);
    this.#shown = new Set(data.shown);
    this.#shownIn = new Map(Object.entries(data.shownIn).map(([owner, names]) => [owner, new Set(names)]));
    this.#numbers = new Set([...numbers].map(plainName));
  }

  /** @param owner The name of the object that the field stands in, such as `school` or a table; empty at the top. */
  kindOf(name: string, owner: string): FieldKind {
    const plain = plainName(name);
    if (name.startsWith('@') || this.#shownIn.get(plainName(owner))?.has(plain) === true) return 'shown';
    if (this.#shown.has(plain)) return 'shown';
    if (this.#names.has(plain) || this.#words.has(plain) || this.#parts.test(plain)) return 'hidden';
    if (wordsOf(name).some((word) => this.#words.has(word))) return 'hidden';
    return /(?:id|dcid)$/.test(plain) || this.#numbers.has(plain) ? 'key' : 'text';
  }
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}

function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u);
}
