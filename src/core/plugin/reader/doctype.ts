import { endOfName, isSpace, skipSpace, startsName } from './characters.ts';

export interface Doctype {
  readonly end: number;
  /** False when the end of the text came first. */
  readonly closed: boolean;
  /** It declares something, or points to a file elsewhere. */
  readonly unsafe: boolean;
  /** Correct as XML. Not judged where it is unsafe, which is refused as it is. */
  readonly wellFormed: boolean;
  /** Names of the general entities it declares; `*` when a file elsewhere may declare any. */
  readonly entities: ReadonlySet<string>;
}

/** Passes over the DOCTYPE at `at` without ever resolving or expanding anything in it. */
export function skipDoctype(text: string, start: number): Doctype {
  const entities = new Set<string>();
  const found = (end: number, closed: boolean): Doctype => {
    const wellFormed = unsafe || isBare(text, start, end);
    return { end, closed, unsafe, wellFormed, entities };
  };
  let unsafe = false;
  let depth = 0;
  let at = start + '<!DOCTYPE'.length;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 62 && depth === 0) return found(at + 1, true);
    if (unit === 60 && depth === 0) return found(at, false);
    // attributes that it declares change what elements have, entities what their text is
    if (depth > 0 && !isSpace(unit) && unit !== 93) unsafe = true;
    if (unit === 91) depth++;
    else if (unit === 93 && depth > 0) depth--;
    else if (unit === 34 || unit === 39) {
      const close = text.indexOf(text.charAt(at), at + 1);
      if (close < 0) break;
      at = close;
    } else if (depth > 0 && text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 4);
      if (close < 0) break;
      at = close + 2;
    } else if (depth > 0 && text.startsWith('<!ENTITY', at)) {
      const nameStart = skipSpace(text, at + 8);
      if (startsName(text, nameStart)) entities.add(text.slice(nameStart, endOfName(text, nameStart)));
      at += 7;
    } else if (depth === 0 && startsName(text, at)) {
      const wordEnd = endOfName(text, at);
      const word = text.slice(at, wordEnd);
      if (word === 'SYSTEM' || word === 'PUBLIC') {
        unsafe = true;
        entities.add('*');
      }
      at = wordEnd - 1;
    }
    at++;
  }
  return found(text.length, false);
}

/** `<!DOCTYPE name>`, also with brackets that hold nothing. */
function isBare(text: string, start: number, end: number): boolean {
  const blanksEnd = start + '<!DOCTYPE'.length;
  const nameStart = skipSpace(text, blanksEnd);
  const nameEnd = endOfName(text, nameStart);
  if (nameStart === blanksEnd || nameEnd === nameStart) return false;
  return /^[ \t\r\n]*(?:\[[ \t\r\n]*\][ \t\r\n]*)?>$/.test(text.slice(nameEnd, end));
}
