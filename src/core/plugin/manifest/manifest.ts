import type { XmlAttribute, XmlDocument, XmlElement } from '../reader/xmlDocument.ts';

/** What a plugin may do with a field. */
export type FieldAccess = 'ViewOnly' | 'FullAccess';

/** One <field> of the access request, as written. */
export class FieldRequest {
  readonly element: XmlElement;
  readonly table: string;
  readonly field: string;
  readonly access: string;

  constructor(element: XmlElement, table: string, field: string, access: string) {
    this.element = element;
    this.table = table;
    this.field = field;
    this.access = access;
  }

  /** `TABLE.FIELD` in upper case: the server compares names without case. */
  get key(): string {
    return `${this.table.trim()}.${this.field.trim()}`.toUpperCase();
  }
}

/** What rules and other parts want to know of a plugin.xml, read from a tree that may have faults. */
export interface Manifest {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  readonly name: XmlAttribute | undefined;
  readonly version: XmlAttribute | undefined;
  readonly description: XmlAttribute | undefined;
  readonly oauth: XmlElement | undefined;
  readonly accessRequests: readonly XmlElement[];
  readonly fields: readonly FieldRequest[];
  /** Those of them that are not just `ViewOnly` for plain names: most rules look at these alone. */
  readonly unusualFields: readonly FieldRequest[];
  readonly cdns: readonly XmlElement[];
  /** General and single sign-on links. */
  readonly links: readonly XmlElement[];
  readonly openid: XmlElement | undefined;
  readonly saml: XmlElement | undefined;
  readonly publisher: XmlElement | undefined;
  readonly contact: XmlElement | undefined;
}

/** Reads a manifest; `root` is the document's root and taken to be <plugin>. */
export function readManifest(document: XmlDocument, root: XmlElement): Manifest {
  const accessRequests = root.elements('access_request');
  const fields: FieldRequest[] = [];
  const unusualFields: FieldRequest[] = [];
  const cdns: XmlElement[] = [];
  const reader = new FieldReader(document);
  for (const owner of [root, ...accessRequests]) {
    for (const child of owner.children) {
      if (child.kind !== 'element') continue;
      if (child.name.local === 'field') {
        const field = reader.read(child);
        fields.push(field);
        if (field.access !== 'ViewOnly' || !isPlain(field.field) || !isPlain(field.table)) unusualFields.push(field);
      } else if (child.name.local === 'cdn_request') {
        for (const cdn of child.elements('cdn')) cdns.push(cdn);
      }
    }
  }
  const publisher = root.element('publisher');
  return {
    document,
    root,
    name: root.attribute('name'),
    version: root.attribute('version'),
    description: root.attribute('description'),
    oauth: root.element('oauth'),
    accessRequests,
    fields,
    unusualFields,
    cdns,
    links: [root, root.element('openid'), root.element('saml')].flatMap(
      (owner) => owner?.element('links')?.elements('link') ?? [],
    ),
    openid: root.element('openid'),
    saml: root.element('saml'),
    publisher,
    contact: publisher?.element('contact'),
  };
}

/**
 * Reads fields. A manifest may have a hundred thousand of them, most with the table of the one before, so texts
 * that repeat are not cut out anew.
 */
class FieldReader {
  readonly #document: XmlDocument;
  #table = '';
  #access = '';

  constructor(document: XmlDocument) {
    this.#document = document;
  }

  read(element: XmlElement): FieldRequest {
    const document = this.#document;
    const { names } = document.attributes;
    let table = '';
    let field = '';
    let access = '';
    const end = element.firstAttribute + element.attributeCount;
    for (let i = element.firstAttribute; i < end; i++) {
      const name = names[i]?.full;
      if (name === 'table') this.#table = table = this.#valueOf(i, this.#table);
      else if (name === 'field') field = document.attributeValue(i);
      else if (name === 'access') this.#access = access = this.#valueOf(i, this.#access);
    }
    return new FieldRequest(element, table, field, access);
  }

  /** @param before the value of the field before. */
  #valueOf(index: number, before: string): string {
    const { attributes, text } = this.#document;
    const start = attributes.valueStart(index);
    const same =
      before !== '' && before.length === attributes.valueEnd(index) - start && text.startsWith(before, start);
    return same ? before : this.#document.attributeValue(index);
  }
}

const PLAIN = /^[^ *]+$/;

/** No blank and no wildcard; line ends and tabs in values are blanks already. */
function isPlain(name: string): boolean {
  return PLAIN.test(name);
}
