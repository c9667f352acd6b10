import type { XmlDocument, XmlElement } from '../reader/xmlDocument.ts';

export interface ExtensionField {
  readonly element: XmlElement;
  readonly name: string;
  readonly type: string;
}

export interface ExtensionTable {
  readonly element: XmlElement;
  readonly name: string;
  readonly coreTable: string;
  readonly fields: readonly ExtensionField[];
}

/** A file of user_schema_root: tables that the plugin adds. */
export interface DatabaseExtension {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  readonly tables: readonly ExtensionTable[];
}

/** Reads an extension; `root` is the document's root and taken to be <psExtension>. */
export function readDatabaseExtension(document: XmlDocument, root: XmlElement): DatabaseExtension {
  return {
    document,
    root,
    tables: root.elements('extendedTable').map((element) => ({
      element,
      name: element.attributeValue('dbTableName').trim(),
      coreTable: element.attributeValue('coreTable').trim(),
      fields: element.elements('field').map((field) => ({
        element: field,
        name: field.attributeValue('name').trim(),
        type: field.attributeValue('type').trim(),
      })),
    })),
  };
}
