import { startsName } from './characters.ts';
import type { QName } from './xmlDocument.ts';

/** Most files are small: the table must cost less than what it saves. */
const SIZE = 128;

/** Gives the same `QName` for the same name: files repeat a few names many times. */
export class NameCache {
  readonly #text: string;
  readonly #slots = Array<QName | undefined>(SIZE).fill(undefined);

  constructor(text: string) {
    this.#text = text;
  }

  /** The name between two offsets of the text. */
  get(start: number, end: number): QName {
    const text = this.#text;
    const length = end - start;
    const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + length) % SIZE;
    const cached = this.#slots[slot];
    if (cached !== undefined && cached.full.length === length && text.startsWith(cached.full, start)) return cached;
    const name = qname(text.slice(start, end));
    this.#slots[slot] = name;
    return name;
  }
}

/** Cuts a name at its first colon. */
export function qname(full: string): QName {
  const colon = full.indexOf(':');
  if (colon < 0) return { full, prefix: '', local: full, key: `@${full}` };
  return { full, prefix: full.slice(0, colon), local: full.slice(colon + 1), key: `@${full}` };
}

/** No name in the sense of Namespaces in XML: two colons, a colon at an end, or one before what cannot start a name. */
export function isBrokenQName(name: QName): boolean {
  if (name.full === name.local) return false;
  return name.prefix === '' || name.local.includes(':') || !startsName(name.local, 0);
}
