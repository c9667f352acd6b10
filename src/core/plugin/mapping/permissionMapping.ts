import type { XmlDocument, XmlElement } from '../reader/xmlDocument.ts';

/** One <implies>: a path of the API. */
export interface ImpliedPath {
  readonly element: XmlElement;
  readonly path: string;
  /** Empty when left out. */
  readonly allow: string;
  /** The query, for `/ws/schema/query/NAME`. */
  readonly query: string | undefined;
  /** The table, for `/ws/schema/table/NAME…`. */
  readonly table: string | undefined;
}

/** One <permission>: what everyone who may open the page may call. */
export interface PagePermission {
  readonly element: XmlElement;
  readonly page: string;
  readonly implies: readonly ImpliedPath[];
}

/** A *.permission_mappings.xml. */
export interface MappingFile {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  readonly permissions: readonly PagePermission[];
}

/** Reads a mapping file; `root` is the document's root and taken to be <permission_mappings>. */
export function readMappingFile(document: XmlDocument, root: XmlElement): MappingFile {
  return {
    document,
    root,
    permissions: root.elements('permission').map((element) => ({
      element,
      page: element.attributeValue('name').trim(),
      implies: element.elements('implies').map(readImplied),
    })),
  };
}

function readImplied(element: XmlElement): ImpliedPath {
  const path = element.text.trim();
  return {
    element,
    path,
    allow: element.attributeValue('allow'),
    query: /^\/ws\/schema\/query\/([^/?#\s]+)/i.exec(path)?.[1],
    table: /^\/ws\/schema\/table\/([^/?#\s]+)/i.exec(path)?.[1],
  };
}
