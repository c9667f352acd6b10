import type { XmlAttribute, XmlDocument, XmlElement } from '../reader/xmlDocument.ts';

/** What a plugin may do with a field. */
export type FieldAccess = 'ViewOnly' | 'FullAccess';

/** One <field> of the access request, as written. */
export interface FieldRequest {
  readonly element: XmlElement;
  readonly table: string;
  readonly field: string;
  readonly access: string;
  /** `TABLE.FIELD` in upper case: the server compares names without case. */
  readonly key: string;
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
  const cdns: XmlElement[] = [];
  for (const owner of [root, ...accessRequests]) {
    for (const child of owner.elements()) {
      if (child.name.local === 'field') fields.push(readField(child));
      if (child.name.local === 'cdn_request') cdns.push(...child.elements('cdn'));
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

function readField(element: XmlElement): FieldRequest {
  const table = element.attributeValue('table');
  const field = element.attributeValue('field');
  return {
    element,
    table,
    field,
    access: element.attributeValue('access'),
    key: `${table.trim()}.${field.trim()}`.toUpperCase(),
  };
}
