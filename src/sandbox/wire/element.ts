/**
 * The answers of `/ws/v1` are XML documents on a real server, turned into JSON there. Handlers build an element; the
 * two writers (`v1Json.ts`, `xml.ts`) give it the form that the caller accepts.
 *
 * In an element a key that starts with `@` is an attribute, a list is a child that repeats (zero or more times),
 * and `undefined`, `null` or an empty text is a child that is not there.
 */
export interface Element {
  readonly [name: string]: ElementValue;
}

export type ElementValue = string | number | boolean | null | undefined | Element | ElementList;

/** An array, or elements that are made one by one while they are written: a page need not be held as a whole. */
export type ElementList = readonly ElementValue[] | Generator<Element>;

/** An element with one name around it: `{student: {…}}`. */
export interface ElementDocument {
  readonly name: string;
  readonly content: Element;
}

export function isList(value: Element | ElementList): value is ElementList {
  return Symbol.iterator in value;
}
