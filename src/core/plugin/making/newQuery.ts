import { attributeText, elementText } from './xmlText.ts';

/** A PowerQuery to be written: rows of one table. */
export interface NewQuery {
  /** As it is called: `/ws/schema/query/NAME`. */
  readonly name: string;
  readonly table: string;
  /** Columns of that table, at least one. */
  readonly columns: readonly string[];
  /** Columns that the caller gives a value for; each becomes an argument and a condition. */
  readonly conditions?: readonly string[] | undefined;
}

export interface QueryNameParts {
  /** Of the publisher; its domain is turned round. */
  readonly email: string;
  readonly pluginName: string;
  readonly publisher: string;
  readonly table: string;
}

/** Domains whose names PowerSchool keeps for itself. */
const KEPT_DOMAINS: ReadonlySet<string> = new Set(['com.powerschool', 'com.pearson']);

/**
 * A name of the five parts that the documentation asks for: two of the reversed domain, product, area, entity.
 * Letters and digits only, so that every tool takes it.
 */
export function suggestQueryName({ email, pluginName, publisher, table }: QueryNameParts): string {
  const labels = email
    .slice(email.lastIndexOf('@') + 1)
    .split('.')
    .map(namePart)
    .filter((label) => label !== '');
  const domain = labels.reverse().slice(0, 2).join('.');
  const owner = labels.length < 2 || KEPT_DOMAINS.has(domain) ? `org.${namePart(publisher) || 'district'}` : domain;
  return [owner, namePart(pluginName) || 'plugin', namePart(table) || 'rows', 'list'].join('.');
}

function namePart(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9_]+/g, '');
}

/** The lines of one `<query>`, without indentation of their own. Ordered by the first column: paging needs an order. */
export function queryLines({ name, table, columns, conditions = [] }: NewQuery): string[] {
  const owner = table.toUpperCase();
  const alias = /[a-z]/.exec(table.toLowerCase())?.[0] ?? 't';
  const selected = columns.map((column) => `${alias}.${column.toLowerCase()}`);
  const args = conditions.map((column) => ({ column, argument: column.toLowerCase() }));
  return [
    `<query name="${attributeText(name)}" coreTable="${attributeText(owner)}" flattened="true">`,
    `  <summary>${elementText(`Rows of ${owner}`.slice(0, 50))}</summary>`,
    `  <description>${elementText(`One row for each record of ${owner}.`)}</description>`,
    ...(args.length === 0
      ? []
      : [
          '  <args>',
          ...args.map(
            ({ column, argument }) =>
              `    <arg name="${attributeText(argument)}" column="${attributeText(`${owner}.${column.toUpperCase()}`)}" required="true"/>`,
          ),
          '  </args>',
        ]),
    '  <columns>',
    ...columns.map((column) => {
      const full = `${owner}.${column.toUpperCase()}`;
      return `    <column column="${attributeText(full)}">${elementText(full)}</column>`;
    }),
    '  </columns>',
    '  <sql><![CDATA[',
    ...listLines('    SELECT ', selected, ','),
    `    FROM ${table.toLowerCase()} ${alias}`,
    ...listLines(
      '    WHERE ',
      args.map(({ column, argument }) => `${alias}.${column.toLowerCase()} = :${argument}`),
      ' AND',
    ),
    `    ORDER BY ${selected[0] ?? '1'}`,
    '  ]]></sql>',
    '</query>',
  ];
}

/** One line for each item below the first, in one column. */
function listLines(start: string, items: readonly string[], separator: string): string[] {
  return items.map((item, index) => {
    const before = index === 0 ? start : ' '.repeat(start.length);
    return `${before}${item}${index === items.length - 1 ? '' : separator}`;
  });
}

/** A whole `*.named_queries.xml` with this query in it. */
export function queryFileText(query: NewQuery): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<queries>',
    ...queryLines(query).map((line) => `  ${line}`),
    '</queries>',
    '',
  ].join('\n');
}
