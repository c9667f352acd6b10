/**
 * An index from words to numbered entries, made for names such as `home_room`, `LastFirst` and `students.dob`.
 * Entries are added first; after that come the questions.
 */
export class SearchIndex {
  /** Word → its number, and back. */
  readonly #numbers = new Map<string, number>();
  readonly #vocabulary: string[] = [];
  readonly #inName = new Chains();
  readonly #inDescription = new Chains();
  readonly #inContext = new Chains();
  /** Of each context: first entry, end. */
  readonly #contexts: (readonly [number, number])[] = [];
  /** Description → its words: the same stand in many tables. */
  readonly #wordsOf = new Map<string, readonly string[]>();
  #size = 0;

  /** How many entries there are. */
  get size(): number {
    return this.#size;
  }

  /** Returns the number of the entry: 0, 1, 2 … */
  add(name: string, description: string): number {
    const entry = this.#size++;
    for (const word of splitWords(name)) this.#inName.add(this.#numberOf(word), entry);
    if (description !== '')
      for (const word of this.#wordsOfText(description)) this.#inDescription.add(this.#numberOf(word), entry);
    return entry;
  }

  /** Words that entries from `first` up to (not including) `end` share, such as the name of their table. */
  addContext(name: string, first: number, end: number): void {
    const context = this.#contexts.push([first, end]) - 1;
    for (const word of splitWords(name)) this.#inContext.add(this.#numberOf(word), context);
  }

  /**
   * Raises `scores[entry]` to the score of `word`: a whole word 1, the beginning of one 0.5 to 0.9, the inside of one
   * 0.3; less in the context and in a description. `weight` scales all of it. Others may run where it yields.
   */
  *score(word: string, weight: number, scores: Float32Array): Generator<void, void> {
    // The texts were needed to add entries alone.
    this.#wordsOf.clear();
    let raised = 0;
    for (const [number, candidate] of this.#vocabulary.entries()) {
      if (number % STEP === 0 || raised > STEP) {
        raised = 0;
        yield;
      }
      const at = candidate.indexOf(word);
      if (at < 0 || (at > 0 && word.length < 3)) continue;
      const { length } = candidate;
      const quality = at > 0 ? 0.3 : length === word.length ? 1 : 0.5 + 0.4 * (word.length / length);
      raised += this.#raise(number, quality * weight, scores);
    }
  }

  /** The same for whole words alone. */
  scoreWhole(word: string, weight: number, scores: Float32Array): void {
    const number = this.#numbers.get(word);
    if (number !== undefined) this.#raise(number, weight, scores);
  }

  /** Returns how many entries it looked at. */
  #raise(word: number, value: number, scores: Float32Array): number {
    let count = 0;
    const raise = (entry: number, to: number): void => {
      count++;
      if (to > (scores[entry] ?? 0)) scores[entry] = to;
    };
    this.#inName.each(word, (entry) => raise(entry, value));
    this.#inDescription.each(word, (entry) => raise(entry, value * IN_DESCRIPTION));
    this.#inContext.each(word, (context) => {
      const [first, end] = this.#contexts[context] ?? [0, 0];
      for (let entry = first; entry < end; entry++) raise(entry, value * IN_CONTEXT);
    });
    return count;
  }

  #numberOf(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.#vocabulary.push(word) - 1;
      this.#numbers.set(word, number);
    }
    return number;
  }

  #wordsOfText(text: string): readonly string[] {
    let words = this.#wordsOf.get(text);
    if (words === undefined) {
      words = splitWords(text);
      this.#wordsOf.set(text, words);
    }
    return words;
  }
}

/**
 * A list of numbers for each word, chained in three long arrays: most words stand in one entry, and the collector of
 * garbage would hold the editor up for a hundred thousand small lists.
 */
class Chains {
  /** Word → its last link, counted from 1. */
  readonly #last: number[] = [];
  readonly #values: number[] = [];
  readonly #before: number[] = [];

  add(word: number, value: number): void {
    while (this.#last.length <= word) this.#last.push(0);
    this.#before.push(this.#last[word] ?? 0);
    this.#last[word] = this.#values.push(value);
  }

  each(word: number, use: (value: number) => void): void {
    for (let link = this.#last[word] ?? 0; link > 0; link = this.#before[link - 1] ?? 0)
      use(this.#values[link - 1] ?? 0);
  }
}

/** Words or entries that are looked at in one step: a millisecond or so. */
const STEP = 10_000;
const IN_CONTEXT = 0.4;
const IN_DESCRIPTION = 0.5;

/**
 * The words of a name or a sentence, lower case, each once: `home_room` gives home, room and homeroom, `LastFirst`
 * gives last, first and lastfirst.
 */
export function splitWords(text: string): string[] {
  const words = new Set<string>();
  for (const part of text.split(/[^\p{L}\p{N}_$-]+/u)) {
    if (part === '') continue;
    const pieces = part
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
      .toLowerCase()
      .split(/[_$-]+/)
      .filter((piece) => piece !== '');
    for (const piece of pieces) words.add(piece);
    if (pieces.length > 1) words.add(pieces.join(''));
  }
  return [...words];
}
