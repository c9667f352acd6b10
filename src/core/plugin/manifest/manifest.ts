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
  const accessRequests = [...root.elements('access_request')];
  const fields: FieldRequest[] = [];
  const unusualFields: FieldRequest[] = [];
  const cdns: XmlElement[] = [];
  const readField = fieldReader(document);
  for (const owner of [root, ...accessRequests]) {
    for (const child of owner.children) {
      if (child.kind !== 'element') continue;
      if (child.name.local === 'field') {
        const field = readField(child);
        fields.push(field);
        if (field.access !== 'ViewOnly' || !isPlain(field.field) || !isPlain(field.table)) unusualFields.push(field);
      } else if (child.name.local === 'cdn_request') cdns.push(...child.elements('cdn'));
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
    links: [root, root.element('openid'), root.element('saml')].flatMap((owner) =>
      Array.from(owner?.element('links')?.elements('link') ?? []),
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
function fieldReader(document: XmlDocument): (element: XmlElement) => FieldRequest {
  const { text, attributes } = document;
  const last: Record<string, string> = { table: '', access: '' };
  const valueOf = (index: number, name: string): string => {
    const start = attributes.valueStart(index);
    const known = last[name];
    if (
      known !== undefined &&
      known !== '' &&
      known.length === attributes.valueEnd(index) - start &&
      text.startsWith(known, start)
    ) {
      return known;
    }
    const value = document.attributeValue(index);
    if (known !== undefined) last[name] = value;
    return value;
  };
  return (element) => {
    let table = '';
    let field = '';
    let access = '';
    const end = element.firstAttribute + element.attributeCount;
    for (let i = element.firstAttribute; i < end; i++) {
      const name = attributes.names[i]?.full;
      if (name === 'table') table = valueOf(i, 'table');
      else if (name === 'field') field = document.attributeValue(i);
      else if (name === 'access') access = valueOf(i, 'access');
    }
    return new FieldRequest(element, table, field, access);
  };
}

/** No blank and no wildcard; line ends and tabs in values are blanks already. */
function isPlain(name: string): boolean {
  return name !== '' && !name.includes(' ') && !name.includes('*');
}
