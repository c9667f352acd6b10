import type { XmlAttribute, XmlDocument, XmlElement } from '../reader/xmlDocument.ts';
import { readSelect, type SelectStatement } from '../sql/selectList.ts';
import { sqlSourceOf, type SqlSource } from '../sql/sqlSource.ts';

/** One <arg>. */
export interface QueryArgument {
  readonly element: XmlElement;
  readonly name: string;
  readonly column: string;
  readonly required: boolean;
  readonly description: string;
  readonly type: string;
  readonly defaultValue: string | undefined;
}

/** One <column>. */
export interface QueryColumn {
  readonly element: XmlElement;
  /** Its text: TABLE.FIELD, or the name the caller sees. */
  readonly name: string;
  /** The attribute `column`; undefined when there is none. */
  readonly column: string | undefined;
  readonly description: string;
}

/** One PowerQuery, read from a tree that may have faults. */
export interface NamedQuery {
  readonly element: XmlElement;
  readonly nameAttribute: XmlAttribute | undefined;
  readonly name: string;
  readonly coreTable: string | undefined;
  readonly flattened: boolean;
  readonly dat: boolean;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly args: readonly QueryArgument[];
  readonly columns: readonly QueryColumn[];
  /** Undefined when the query has no <sql>. */
  readonly sql: QuerySql | undefined;
}

export interface QuerySql {
  readonly element: XmlElement;
  readonly source: SqlSource;
  readonly statement: SelectStatement;
  /** The place in the file of a place in `source.text`. */
  at(range: { readonly start: number; readonly end: number }): { start: number; end: number };
}

/** A *.named_queries.xml. */
export interface QueryFile {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  readonly queries: readonly NamedQuery[];
}

/** Reads a query file; `root` is the document's root and taken to be <queries>. */
export function readQueryFile(document: XmlDocument, root: XmlElement): QueryFile {
  return { document, root, queries: root.elements('query').map(readQuery) };
}

function readQuery(element: XmlElement): NamedQuery {
  const nameAttribute = element.attribute('name');
  const sql = element.element('sql');
  return {
    element,
    nameAttribute,
    name: (nameAttribute?.value ?? '').trim(),
    coreTable: element.attribute('coreTable')?.value,
    flattened: element.attributeValue('flattened') === 'true',
    dat: element.attributeValue('dat') === 'true',
    summary: element.element('summary')?.text.trim(),
    description: element.element('description')?.text.trim(),
    args: (element.element('args')?.elements('arg') ?? []).map(readArgument),
    columns: (element.element('columns')?.elements('column') ?? []).map((column) => ({
      element: column,
      name: column.text.trim(),
      column: column.attribute('column')?.value.trim(),
      description: column.attributeValue('description'),
    })),
    sql: sql === undefined ? undefined : readSql(sql),
  };
}

function readArgument(element: XmlElement): QueryArgument {
  return {
    element,
    name: element.attributeValue('name'),
    column: element.attributeValue('column').trim(),
    required: element.attributeValue('required') === 'true',
    description: element.attributeValue('description'),
    type: element.attributeValue('type'),
    defaultValue: element.attribute('default')?.value,
  };
}

function readSql(element: XmlElement): QuerySql {
  const source = sqlSourceOf(element);
  let statement: SelectStatement | undefined;
  return {
    element,
    source,
    get statement() {
      statement ??= readSelect(source.text);
      return statement;
    },
    at: ({ start, end }) => ({ start: source.start + start, end: source.start + end }),
  };
}
