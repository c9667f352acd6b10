import type { DocOptions } from './docs.ts';
import { describeRefusal } from './docs.ts';
import { bullets, code, escapeMarkdown, paragraphs } from './markdown.ts';
import { ENGLISH, type Wording } from '../problem/phrase.ts';
import type { Column, Table, TableCatalog } from './tables.ts';
import type { TableKind } from './tablesData.ts';

const KIND_TEXT: Readonly<Record<TableKind | 'unknown', string>> = {
  core: 'A table of PowerSchool.',
  view: 'A view.',
  coreExtension: 'A 1:1 extension that comes with PowerSchool.',
  stateExtension: 'An extension that comes with state reporting.',
  userExtension: 'An extension that the district made.',
  unknown: '',
};

/** What a table holds, its key, how to read it, and what the server said about it. */
export function describeTable(table: Table, tables: TableCatalog, options: DocOptions = {}): string {
  const { wording = ENGLISH, detail = 'brief' } = options;
  const hint = namingHint(table, tables);
  return paragraphs([
    `**${escapeMarkdown(table.name)}**`,
    table.description === '' ? undefined : `${escapeDescription(table)}.`,
    KIND_TEXT[table.kind] === '' ? undefined : wording(KIND_TEXT[table.kind]),
    facts(table, wording),
    code(`GET /ws/schema/table/${table.name}?projection=*`),
    wording('Every column you read must be granted to the plugin.'),
    table.availability === 'notReported' ? `⚠ ${wording('This server does not list it.')}` : undefined,
    table.closed === undefined ? undefined : `⚠ ${escapeMarkdown(table.closed)}`,
    table.closed === undefined ? describeRefusal(table.refusal, wording) : undefined,
    detail === 'full' ? hint : undefined,
    detail === 'full' && table.columns.length > 0
      ? bullets(table.columns.map((column) => columnLine(column)))
      : undefined,
  ]);
}

/** What a column holds, its type, whether the plugin may read it, and the `<field>` line that grants it. */
export function describeColumn(table: Table, column: Column, tables: TableCatalog, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const absent = tables.seenAbsent(table.name, column.name);
  return paragraphs([
    `**${escapeMarkdown(`${table.name}.${column.name}`)}**${column.type === undefined ? '' : ` (${typeText(column, wording)})`}`,
    column.description === '' ? undefined : `${column.description}.`,
    column.secret ? `⚠ ${wording('A password or the like: do not read it without need.')}` : undefined,
    column.type === 'clob' || column.type === 'binary' ? wording('It cannot be used in a filter.') : undefined,
    accessText(column, wording),
    column.availability === 'notReported' ? `⚠ ${wording('This server does not have this column.')}` : undefined,
    absent === undefined || column.availability === 'reported'
      ? undefined
      : `⚠ ${wording('One server refused it: check the columns of yours first.')}`,
    `${wording('The line of {0} that grants it:', code('plugin.xml'))} ${codeField(table, column)}`,
  ]);
}

/** The line for the `<access_request>` of a plugin.xml that grants reading (or writing) a column. */
export function fieldLine(table: string, column: string, access: 'ViewOnly' | 'FullAccess' = 'ViewOnly'): string {
  return `<field table="${attribute(table)}" field="${attribute(column)}" access="${access}"/>`;
}

function facts(table: Table, wording: Wording): string {
  return [
    table.key === undefined ? '' : wording('Key: {0}.', code(table.key)),
    table.coreTable === undefined ? '' : wording('Extends {0}.', code(table.coreTable)),
    table.number === undefined ? '' : wording('Table number {0}.', table.number),
    table.area === undefined ? '' : wording('Area: {0}.', escapeMarkdown(table.area)),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A display name that only the server gave is not ours and is escaped. */
function escapeDescription(table: Table): string {
  return table.sources.length > 0 ? table.description : escapeMarkdown(table.description);
}

function namingHint(table: Table, tables: TableCatalog): string | undefined {
  const name = table.name.toLowerCase();
  const topic = name === 'cc' ? 'ccDropped' : name === 'terms' ? 'termid' : /^[usc]_/.exec(name)?.[0];
  return topic === undefined ? undefined : tables.naming[topic];
}

function columnLine(column: Column): string {
  const description = column.description === '' ? '' : ` ${column.description}`;
  return `${code(column.name)}${column.type === undefined ? '' : ` ${column.type}`}${description}`;
}

function typeText(column: Column, wording: Wording): string {
  const native =
    column.nativeType === undefined || column.nativeType === column.type
      ? ''
      : `, ${escapeMarkdown(column.nativeType)}`;
  return `${wording(column.type ?? '')}${native}${column.typeInferred ? `, ${wording('type not verified')}` : ''}`;
}

function accessText(column: Column, wording: Wording): string | undefined {
  if (column.access === undefined) return undefined;
  const access = code(column.access);
  return column.readable === false
    ? `⚠ ${wording('Your plugin may not read it ({0}).', access)}`
    : wording('Your plugin may read it ({0}).', access);
}

function codeField(table: Table, column: Column): string {
  return code(fieldLine(table.name.toUpperCase(), column.name.toUpperCase()));
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
