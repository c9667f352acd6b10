import type { XmlFault } from './xmlFault.ts';
import { decodeText } from './references.ts';

/** A name as written, cut at its first colon. `prefix` is empty when there is none. */
export interface QName {
  readonly full: string;
  readonly prefix: string;
  readonly local: string;
  /** `@` and the name: the key of an attribute in the objects that the validators judge. */
  readonly key: string;
}

/** The prefixes that one element declares; the empty prefix is the default namespace. */
export interface NamespaceScope {
  readonly bindings: ReadonlyMap<string, string>;
  readonly parent: NamespaceScope | undefined;
}

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The namespace that a prefix is bound to; undefined when it is not. An unbound default is the empty string. */
export function lookUpPrefix(scope: NamespaceScope | undefined, prefix: string): string | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    const bound = at.bindings.get(prefix);
    if (bound !== undefined) return bound;
  }
  if (prefix === 'xml') return XML_NAMESPACE;
  if (prefix === 'xmlns') return XMLNS_NAMESPACE;
  return prefix === '' ? '' : undefined;
}

/** Text, CDATA, comment or processing instruction. White space between elements is not kept as a node. */
export interface XmlText {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction';
  /** Of the whole node, delimiters included. */
  readonly start: number;
  readonly end: number;
  /** Of what stands between the delimiters. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** A fault was already reported for this node: nothing more need be said about it. */
  damaged: boolean;
}

export type XmlNode = XmlElement | XmlText;

/** Bits of an attribute. */
export const ATTRIBUTE_ENCODED = 1;
export const ATTRIBUTE_DAMAGED = 2;

const CELLS = 5;

/**
 * The attributes of a whole document as numbers: a 10 MB manifest has half a million of them, and an object for
 * each would cost more than reading the file. `XmlElement` makes objects from it on demand.
 */
export class AttributeTable {
  readonly names: QName[] = [];
  #cells: Int32Array;

  /** `textLength` tells how many attributes to expect: growing means copying. */
  constructor(textLength: number) {
    this.#cells = new Int32Array((64 + Math.floor(textLength / 20)) * CELLS);
  }

  get count(): number {
    return this.names.length;
  }

  add(name: QName, nameStart: number, nameEnd: number, valueStart: number, valueEnd: number, flags: number): void {
    const at = this.names.length * CELLS;
    if (at + CELLS > this.#cells.length) {
      const larger = new Int32Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    const cells = this.#cells;
    cells[at] = nameStart;
    cells[at + 1] = nameEnd;
    cells[at + 2] = valueStart;
    cells[at + 3] = valueEnd;
    cells[at + 4] = flags;
    this.names.push(name);
  }

  nameStart(index: number): number {
    return this.#cells[index * CELLS] ?? 0;
  }

  nameEnd(index: number): number {
    return this.#cells[index * CELLS + 1] ?? 0;
  }

  /** After the opening quote; -1 when the attribute has no value. */
  valueStart(index: number): number {
    return this.#cells[index * CELLS + 2] ?? 0;
  }

  /** Before the closing quote. */
  valueEnd(index: number): number {
    return this.#cells[index * CELLS + 3] ?? 0;
  }

  flags(index: number): number {
    return this.#cells[index * CELLS + 4] ?? 0;
  }
}

/** One attribute with its places: `start` of the name, `end` after the closing quote. */
export interface XmlAttribute {
  readonly owner: XmlElement;
  readonly name: QName;
  /** References replaced, white space normalised (XML 1.0, 3.3.3). */
  readonly value: string;
  readonly start: number;
  readonly nameEnd: number;
  /** Inside the quotes; -1 when there is no value. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  /** A fault was already reported for it. */
  readonly damaged: boolean;
}

const NO_NODES: readonly XmlNode[] = Object.freeze([]);

const SELF_CLOSING = 1;
const DAMAGED = 2;
const UNCLOSED = 4;

/** One element. Kept small: a large manifest has a hundred thousand of them. */
export class XmlElement {
  readonly document: XmlDocument;
  readonly name: QName;
  parent: XmlElement | undefined;
  readonly scope: NamespaceScope | undefined;
  /** Of the `<`. */
  readonly start: number;
  /** After the `>` of the start tag. */
  readonly startTagEnd: number;
  /** Of the `<` of the end tag; -1 when the element has none. */
  endTagStart = -1;
  /** After the whole element. */
  end: number;
  /** Index of the first attribute in the document's table, and how many. */
  readonly firstAttribute: number;
  readonly attributeCount: number;
  #flags = 0;
  #children: XmlNode[] | undefined;

  /** The attributes from `firstAttribute` to the end of the document's table are the element's. */
  constructor(
    document: XmlDocument,
    name: QName,
    parent: XmlElement | undefined,
    scope: NamespaceScope | undefined,
    start: number,
    startTagEnd: number,
    firstAttribute: number,
  ) {
    this.document = document;
    this.name = name;
    this.parent = parent;
    this.scope = scope;
    this.start = start;
    this.startTagEnd = startTagEnd;
    this.end = startTagEnd;
    this.firstAttribute = firstAttribute;
    this.attributeCount = document.attributes.count - firstAttribute;
  }

  get kind(): 'element' {
    return 'element';
  }

  /** Written as `<a/>`. */
  get selfClosing(): boolean {
    return (this.#flags & SELF_CLOSING) !== 0;
  }

  /** The start tag has a fault: do not ask for attributes that may be hidden in it. */
  get damaged(): boolean {
    return (this.#flags & DAMAGED) !== 0;
  }

  /** No end tag was found: do not ask for children that may have come after. */
  get unclosed(): boolean {
    return (this.#flags & UNCLOSED) !== 0;
  }

  set unclosed(value: boolean) {
    this.#flags = value ? this.#flags | UNCLOSED : this.#flags & ~UNCLOSED;
  }

  /** For the reader. */
  mark(selfClosing: boolean, damaged: boolean): this {
    this.#flags |= (selfClosing ? SELF_CLOSING : 0) | (damaged ? DAMAGED : 0);
    return this;
  }

  /** After the name in the start tag. */
  get nameEnd(): number {
    return this.start + 1 + this.name.full.length;
  }

  get children(): readonly XmlNode[] {
    return this.#children ?? NO_NODES;
  }

  append(node: XmlNode): void {
    if (this.#children === undefined) this.#children = [node];
    else this.#children.push(node);
    if (node.kind === 'element') node.parent = this;
  }

  /** Takes the children from `index` on off this element and returns them. */
  cutChildren(index: number): XmlNode[] {
    return this.#children?.splice(index) ?? [];
  }

  /** Empty when the element is in no namespace, undefined when its prefix is not bound. */
  get namespace(): string | undefined {
    return lookUpPrefix(this.scope, this.name.prefix);
  }

  elements(local?: string): XmlElement[] {
    const elements: XmlElement[] = [];
    for (const child of this.children) {
      if (child.kind === 'element' && (local === undefined || child.name.local === local)) elements.push(child);
    }
    return elements;
  }

  /** The first child element of that local name. */
  element(local: string): XmlElement | undefined {
    for (const child of this.children) if (child.kind === 'element' && child.name.local === local) return child;
    return undefined;
  }

  /** The attribute of that name as written (`table`, `xsi:schemaLocation`). */
  attribute(full: string): XmlAttribute | undefined {
    const { attributes } = this.document;
    for (let i = this.firstAttribute; i < this.firstAttribute + this.attributeCount; i++) {
      if (attributes.names[i]?.full === full) return this.attributeAt(i);
    }
    return undefined;
  }

  /** Its value; empty when the element has no such attribute. */
  attributeValue(full: string): string {
    const { names } = this.document.attributes;
    for (let i = this.firstAttribute; i < this.firstAttribute + this.attributeCount; i++) {
      if (names[i]?.full === full) return this.document.attributeValue(i);
    }
    return '';
  }

  get attributes(): XmlAttribute[] {
    const list: XmlAttribute[] = [];
    for (let i = this.firstAttribute; i < this.firstAttribute + this.attributeCount; i++) {
      const attribute = this.attributeAt(i);
      if (attribute !== undefined) list.push(attribute);
    }
    return list;
  }

  /** By index in the document's table. */
  attributeAt(index: number): XmlAttribute | undefined {
    const { attributes } = this.document;
    const name = attributes.names[index];
    if (name === undefined) return undefined;
    const valueStart = attributes.valueStart(index);
    const valueEnd = attributes.valueEnd(index);
    const nameEnd = attributes.nameEnd(index);
    const quote = this.document.text.charCodeAt(valueEnd);
    return {
      owner: this,
      name,
      value: this.document.attributeValue(index),
      start: attributes.nameStart(index),
      nameEnd,
      valueStart,
      valueEnd,
      end: valueStart < 0 ? nameEnd : quote === 34 || quote === 39 ? valueEnd + 1 : valueEnd,
      damaged: (attributes.flags(index) & ATTRIBUTE_DAMAGED) !== 0,
    };
  }

  /** Text and CDATA directly inside, references replaced, comments left out. */
  get text(): string {
    let value = '';
    for (const child of this.children) {
      if (child.kind === 'text' || child.kind === 'cdata') value += this.document.textOf(child);
    }
    return value;
  }
}

/** What the reader makes of a text. `root` is undefined when no element was found. */
export class XmlDocument {
  readonly text: string;
  readonly attributes: AttributeTable;
  readonly faults: XmlFault[] = [];
  /** Comments and instructions outside the root. */
  readonly outside: XmlText[] = [];
  root: XmlElement | undefined;
  /** `<?xml … ?>`, when there is one. */
  declaration: XmlDeclaration | undefined;
  /** Entities that the DOCTYPE declares; never expanded. */
  entities: ReadonlySet<string> = new Set();
  /** Every comment of the text, for suppressions. */
  readonly comments: XmlText[] = [];

  constructor(text: string) {
    this.text = text;
    this.attributes = new AttributeTable(text.length);
  }

  /** Value of an attribute by its index in the table. */
  attributeValue(index: number): string {
    const start = this.attributes.valueStart(index);
    if (start < 0) return '';
    const raw = this.text.slice(start, this.attributes.valueEnd(index));
    return (this.attributes.flags(index) & ATTRIBUTE_ENCODED) === 0 ? raw : decodeText(raw, true);
  }

  textOf(node: XmlText): string {
    const raw = this.text.slice(node.contentStart, node.contentEnd);
    if (node.kind === 'text') return decodeText(raw, false);
    return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  }
}

export interface XmlDeclaration {
  readonly start: number;
  readonly end: number;
  /** The encoding pseudo-attribute, from its name to its closing quote. */
  readonly encoding: { readonly name: string; readonly start: number; readonly end: number } | undefined;
}
