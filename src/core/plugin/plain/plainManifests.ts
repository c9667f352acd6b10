import type { TableCatalog } from '../../catalog/tables.ts';
import { isSpace, skipSpace } from '../reader/characters.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { plainRoot, type PlainAttribute, type PlainElement } from './plainElement.ts';
import { PlainFields } from './plainFields.ts';

/**
 * Finds out in one pass, without a tree, which of many manifests have no fault: most consist of a few elements with
 * values that no rule can have anything against. What else a manifest may hold is left to the reader and the rules.
 *
 * It must never be surer than they are: tests compare both on every fault and on every file there is.
 */
export class PlainManifests {
  readonly #root = plainRoot(XML_LANGUAGES.plugin);
  readonly #fields: PlainFields;
  readonly #declaration = /<\?xml version="1\.0" encoding="UTF-8"(?: standalone="(?:yes|no)")?\?>/y;
  readonly #comment = /<!--(?:[\t\n\r -,.-\ud7ff]|-[\t\n\r -,.-\ud7ff])*-->/y;
  #text = '';
  #at = 0;
  #hasOauth = false;

  /** @param tables what names are judged by; without them they are not. */
  constructor(tables: TableCatalog | undefined) {
    this.#fields = new PlainFields(XML_LANGUAGES.plugin.models('field')[0], tables);
  }

  /** True: the text is a manifest in which nothing is to be found. False says nothing. */
  proveFaultless(text: string): boolean {
    this.#fields.nextManifest();
    this.#hasOauth = false;
    this.#text = text;
    this.#declaration.lastIndex = 0;
    // where it does not match, the last index becomes 0
    this.#declaration.test(text);
    const isFaultless =
      this.#openTag(this.#root, this.#skip(this.#declaration.lastIndex)) &&
      this.#element(this.#root) &&
      // without <oauth> nobody can use what the fields grant
      (this.#hasOauth || !this.#fields.any) &&
      this.#skip(this.#at) === text.length;
    this.#text = '';
    return isFaultless;
  }

  /** The offset behind blanks and comments. */
  #skip(from: number): number {
    const text = this.#text;
    let at = skipSpace(text, from);
    while (text.startsWith('<!--', at)) {
      this.#comment.lastIndex = at;
      if (!this.#comment.test(text)) break;
      at = skipSpace(text, this.#comment.lastIndex);
    }
    return at;
  }

  /** Moves behind `<name`, when that is what stands there. */
  #openTag({ name }: PlainElement, at: number): boolean {
    const text = this.#text;
    const end = at + 1 + name.length;
    const unit = text.charCodeAt(end);
    if (text.charCodeAt(at) !== 60 || !(isSpace(unit) || unit === 62 || unit === 47)) return false;
    if (!text.startsWith(name, at + 1)) return false;
    this.#at = end;
    return true;
  }

  /** Reads from behind the name of an element to behind its end. */
  #element(element: PlainElement): boolean {
    const text = this.#text;
    let present = 0;
    let needed = element.required;
    let next = 0;
    for (;;) {
      const at = skipSpace(text, this.#at);
      const unit = text.charCodeAt(at);
      if (unit === 62 || unit === 47) {
        this.#at = at + 1;
        break;
      }
      if (at === this.#at) return false;
      const index = attributeAt(text, at, element.attributes, next);
      const attribute = element.attributes[index];
      if (attribute === undefined || (present & attribute.bit) !== 0) return false;
      if (!this.#value(attribute, at + attribute.name.length + 1)) return false;
      present |= attribute.bit;
      needed |= attribute.needs;
      next = index + 1;
    }
    if ((present & needed) !== needed) return false;
    if (element.id === 'oauth') this.#hasOauth = true;
    if (text.charCodeAt(this.#at - 1) === 62) return this.#content(element);
    return text.charCodeAt(this.#at++) === 62 && element.children.every(({ required }) => !required);
  }

  /** Reads a value and its quotes. */
  #value(attribute: PlainAttribute, at: number): boolean {
    const text = this.#text;
    const quote = text.charCodeAt(at);
    if (quote !== 34 && quote !== 39) return false;
    const start = at + 1;
    const { last } = attribute;
    if (last !== '' && text.charCodeAt(start + last.length) === quote && text.startsWith(last, start)) {
      this.#at = start + last.length + 1;
      return true;
    }
    let end = start;
    for (let unit = text.charCodeAt(end); unit !== quote; unit = text.charCodeAt(++end)) {
      // no control character, no half of a pair, nothing that stands for something else; behind the end comes NaN
      if (!(unit >= 32 && unit < 0xd800) || unit === 38 || unit === 60) return false;
    }
    const value = text.slice(start, end);
    if (!attribute.allows(value)) return false;
    attribute.last = value;
    this.#at = end + 1;
    return true;
  }

  /** Reads from behind a start tag to behind the end tag. */
  #content({ name, id, children }: PlainElement): boolean {
    const text = this.#text;
    const counts = children.map(() => 0);
    let at = this.#skip(this.#at);
    // a blank is no content only where elements may stand
    if (children.length === 0 && id !== 'accessRequest' && at > this.#at) return false;
    while (!text.startsWith('</', at)) {
      if (id === 'accessRequest') {
        const end = this.#fields.read(text, at);
        if (end <= at) return false;
        at = this.#skip(end);
        continue;
      }
      const index = children.findIndex(({ element }) => this.#openTag(element, at));
      const child = children[index];
      const count = (counts[index] ?? 0) + 1;
      if (child === undefined || count > child.most || !this.#element(child.element)) return false;
      counts[index] = count;
      at = this.#skip(this.#at);
    }
    const end = at + 2 + name.length;
    this.#at = end + 1;
    return (
      text.startsWith(name, at + 2) &&
      text.charCodeAt(end) === 62 &&
      children.every(({ required }, index) => !required || counts[index] !== 0)
    );
  }
}

/** The index of the attribute whose name and `=` stand at `at`; -1: none of them. Most come in the order of the schema. */
function attributeAt(text: string, at: number, attributes: readonly PlainAttribute[], likely: number): number {
  const stands = ({ name }: PlainAttribute): boolean =>
    text.charCodeAt(at + name.length) === 61 && text.startsWith(name, at);
  const first = attributes[likely];
  return first !== undefined && stands(first) ? likely : attributes.findIndex(stands);
}
