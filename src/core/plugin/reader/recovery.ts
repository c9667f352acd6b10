import { endOfName, isSpace, skipSpace } from './characters.ts';

/** What to do with an end tag that does not fit the element that is open. */
export type EndTagChoice =
  /** It ends an outer element; those inside were never closed. */
  | 'closeOuter'
  /** It was meant to end the open element and its name is wrong. */
  | 'closeOpen'
  /** Nothing it could end: its start tag is missing. */
  | 'ignore';

/** Tags that are looked at ahead, and how often one document may ask: bounds the work for hostile input. */
const TAGS_AHEAD = 400;
const CHARACTERS_AHEAD = 32_768;
const QUESTIONS = 200;

export class EndTagRecovery {
  readonly #text: string;
  #asked = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** So many end tags were wrong that trying is no longer worth the time. */
  get isTired(): boolean {
    return this.#asked > QUESTIONS;
  }

  /**
   * Chooses by trying each reading on the tags that follow and counting how many of them do not fit then.
   * `open` holds the names of the open elements, outermost first; `name` is not the last of them.
   * `after` is the offset behind the end tag.
   */
  choose(open: readonly string[], name: string, after: number): EndTagChoice {
    this.#asked++;
    const outer = open.lastIndexOf(name);
    const last = open.length - 1;
    if (open.length === 0) return 'ignore';
    const ahead = this.#text.slice(after, after + CHARACTERS_AHEAD);
    const closeOuter = outer < 0 ? Infinity : last - outer + this.#misfits(open.slice(0, outer), ahead);
    const closeOpen = 1 + this.#misfits(open.slice(0, last), ahead);
    const ignore = 1 + this.#misfits([...open], ahead);
    if (closeOuter <= closeOpen && closeOuter <= ignore) return 'closeOuter';
    if (closeOpen < ignore) return 'closeOpen';
    if (ignore < closeOpen) return 'ignore';
    return areSimilar(open[last] ?? '', name) ? 'closeOpen' : 'ignore';
  }

  #misfits(open: string[], text: string): number {
    let misfits = 0;
    let at = 0;
    for (let tags = 0; tags < TAGS_AHEAD; tags++) {
      at = nextTag(text, at);
      if (at < 0) return misfits + open.length;
      const isEnd = text.charCodeAt(at + 1) === 47;
      const nameStart = isEnd ? at + 2 : at + 1;
      const nameEnd = endOfName(text, nameStart);
      const name = text.slice(nameStart, nameEnd);
      const tagEnd = endOfTag(text, nameEnd);
      if (isEnd) {
        const outer = open.lastIndexOf(name);
        if (outer < 0) misfits++;
        else {
          misfits += open.length - 1 - outer;
          open.length = outer;
        }
      } else {
        if (open.length === 0) misfits++;
        if (text.charCodeAt(tagEnd - 2) !== 47) open.push(name);
      }
      at = tagEnd;
    }
    return misfits;
  }
}

/** The offset of the next start or end tag at or after `from`, past comments, CDATA and instructions; -1 at the end. */
function nextTag(text: string, from: number): number {
  let at = text.indexOf('<', from);
  while (at >= 0) {
    let mark = '';
    if (text.startsWith('<!--', at)) mark = '-->';
    else if (text.startsWith('<![CDATA[', at)) mark = ']]>';
    else if (text.startsWith('<?', at)) mark = '?>';
    if (mark === '') {
      const nameStart = text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
      if (endOfName(text, nameStart) > nameStart) return at;
      at = text.indexOf('<', at + 1);
    } else {
      const close = text.indexOf(mark, at);
      at = close < 0 ? -1 : text.indexOf('<', close);
    }
  }
  return -1;
}

function endOfTag(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 62) return at + 1;
    if (unit === 60) return at;
    if (unit === 34 || unit === 39) {
      let close = at + 1;
      while (close < text.length && text.charCodeAt(close) !== unit && text.charCodeAt(close) !== 60) close++;
      if (text.charCodeAt(close) === unit) at = close;
    }
    at++;
  }
  return text.length;
}

/** Could the one name be a slip of the pen for the other: equal but for case, or at most a third of it different? */
export function areSimilar(a: string, b: string): boolean {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  return (
    left === right || editDistance(left, right) <= Math.max(1, Math.floor(Math.max(left.length, right.length) / 3))
  );
}

/**
 * Letters to insert, delete, replace or swap with the neighbour to turn one word into the other.
 * Words of more than 64 characters count as wholly different.
 */
export function editDistance(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > 64 || b.length > 64) return Math.max(a.length, b.length);
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Is `<` at `at` likely the start of a tag, though white space or a wrong character follows it? */
export function looksLikeTag(text: string, at: number): boolean {
  let nameStart = skipSpace(text, at + 1);
  while (nameStart < text.length && nameStart < at + 8 && endOfName(text, nameStart) === nameStart) {
    const unit = text.charCodeAt(nameStart);
    if (isSpace(unit) || unit === 60 || unit === 62 || unit === 61 || unit === 38) return false;
    nameStart++;
  }
  const nameEnd = endOfName(text, nameStart);
  if (nameEnd === nameStart) return false;
  const next = skipSpace(text, nameEnd);
  if (text.charCodeAt(next) === 62 || text.startsWith('/>', next)) return true;
  const attributeEnd = endOfName(text, next);
  if (attributeEnd === next || next === nameEnd) return false;
  const equals = skipSpace(text, attributeEnd);
  if (text.charCodeAt(equals) !== 61) return false;
  const quote = text.charCodeAt(skipSpace(text, equals + 1));
  return quote === 34 || quote === 39;
}
