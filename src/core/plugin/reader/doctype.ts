import { endOfName, isNameStart, skipSpace } from './characters.ts';

export interface Doctype {
  readonly end: number;
  /** False when the end of the text came first. */
  readonly closed: boolean;
  /** It declares entities or points to a file elsewhere. */
  readonly unsafe: boolean;
  /** Names of the general entities it declares; `*` when a file elsewhere may declare any. */
  readonly entities: ReadonlySet<string>;
}

/** Passes over the DOCTYPE at `at` without ever resolving or expanding anything in it. */
export function skipDoctype(text: string, start: number): Doctype {
  const entities = new Set<string>();
  let unsafe = false;
  let depth = 0;
  let at = start + '<!DOCTYPE'.length;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 62 && depth === 0) return { end: at + 1, closed: true, unsafe, entities };
    if (unit === 60 && depth === 0) return { end: at, closed: false, unsafe, entities };
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
      unsafe = true;
      const nameStart = skipSpace(text, at + 8);
      if (isNameStart(text.charCodeAt(nameStart))) entities.add(text.slice(nameStart, endOfName(text, nameStart)));
      at += 7;
    } else if (depth === 0 && isNameStart(unit)) {
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
  return { end: text.length, closed: false, unsafe, entities };
}
