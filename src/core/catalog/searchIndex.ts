/**
 * An index from words to numbered entries, made for names such as `home_room`, `LastFirst` and `students.dob`.
 * Entries are added first; after that come the questions.
 */
export class SearchIndex {
  /** Word → where it stands. */
  readonly #postings = new Map<string, Posting>();
  readonly #vocabulary: Posting[] = [];
  /** Text → its words: columns such as `dcid` come back in every table. */
  readonly #wordsOf = new Map<string, readonly string[]>();
  #size = 0;

  /** How many entries there are. */
  get size(): number {
    return this.#size;
  }

  /** Returns the number of the entry: 0, 1, 2 … */
  add(name: string, description: string): number {
    const entry = this.#size++;
    for (const word of this.#words(name)) (this.#postingsOf(word).inName ??= []).push(entry);
    if (description !== '')
      for (const word of this.#words(description)) (this.#postingsOf(word).inDescription ??= []).push(entry);
    return entry;
  }

  /** Words that entries from `first` up to (not including) `end` share, such as the name of their table. */
  addContext(name: string, first: number, end: number): void {
    for (const word of this.#words(name)) (this.#postingsOf(word).inContext ??= []).push(first, end);
  }

  /**
   * Raises `scores[entry]` to the score of `word`: a whole word 1, the beginning of one 0.5 to 0.9, the inside of one
   * 0.3; less in the context and in a description. `weight` scales all of it. Others may run where it yields.
   */
  *score(word: string, weight: number, scores: Float32Array): Generator<void, void> {
    // The texts were needed to add entries alone.
    this.#wordsOf.clear();
    let raised = 0;
    for (const [position, posting] of this.#vocabulary.entries()) {
      if (position % STEP === 0 || raised > STEP) {
        raised = 0;
        yield;
      }
      const at = posting.word.indexOf(word);
      if (at < 0 || (at > 0 && word.length < 3)) continue;
      const { length } = posting.word;
      const quality = at > 0 ? 0.3 : length === word.length ? 1 : 0.5 + 0.4 * (word.length / length);
      raised += raise(posting, quality * weight, scores);
    }
  }

  /** The same for whole words alone. */
  scoreWhole(word: string, weight: number, scores: Float32Array): void {
    const posting = this.#postings.get(word);
    if (posting) raise(posting, weight, scores);
  }

  #postingsOf(word: string): Posting {
    let posting = this.#postings.get(word);
    if (posting === undefined) {
      posting = { word, inName: undefined, inContext: undefined, inDescription: undefined };
      this.#postings.set(word, posting);
      this.#vocabulary.push(posting);
    }
    return posting;
  }

  #words(text: string): readonly string[] {
    let words = this.#wordsOf.get(text);
    if (words === undefined) {
      words = splitWords(text);
      this.#wordsOf.set(text, words);
    }
    return words;
  }
}

/** Most words stand in one name of a column: lists are made where there is something to list. */
interface Posting {
  readonly word: string;
  inName: number[] | undefined;
  /** Pairs: first entry, end. */
  inContext: number[] | undefined;
  inDescription: number[] | undefined;
}

/** Words or entries that are looked at in one step: a millisecond or so. */
const STEP = 10_000;
const IN_CONTEXT = 0.4;
const IN_DESCRIPTION = 0.5;

/** Returns how many entries it looked at. */
function raise(
  { inName = [], inContext = [], inDescription = [] }: Posting,
  value: number,
  scores: Float32Array,
): number {
  let count = inName.length + inDescription.length;
  for (const entry of inName) if (value > (scores[entry] ?? 0)) scores[entry] = value;
  const described = value * IN_DESCRIPTION;
  for (const entry of inDescription) if (described > (scores[entry] ?? 0)) scores[entry] = described;
  const context = value * IN_CONTEXT;
  for (let i = 0; i < inContext.length; i += 2) {
    const first = inContext[i] ?? 0;
    const end = inContext[i + 1] ?? 0;
    count += end - first;
    for (let entry = first; entry < end; entry++) if (context > (scores[entry] ?? 0)) scores[entry] = context;
  }
  return count;
}

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
