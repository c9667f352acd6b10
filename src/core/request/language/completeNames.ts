import { describeExpansion, describeExtension } from '../../catalog/docs.ts';
import type { OfferedExpansion, OfferedExtension, Resource } from '../../catalog/operation.ts';
import { describeColumn, describeTable } from '../../catalog/tableDocs.ts';
import type { Table, TableCatalog } from '../../catalog/tables.ts';
import type { TextRange } from '../../text/textRange.ts';
import { offer, type Completion } from './completion.ts';
import type { FileIndex } from './fileIndex.ts';
import type { PlacedText } from './placedText.ts';

/** Names of a list joined by commas that are not in it yet. The server's own come first. */
export function completeNames(
  index: FileIndex,
  value: PlacedText,
  offset: number,
  offered: readonly (OfferedExpansion | OfferedExtension)[],
  kind: 'expansion' | 'extension',
  resource: Resource | undefined,
): Completion[] {
  const { range, others } = itemAt(value, offset, ',');
  return offered
    .filter(({ name, availability }) => !others.has(name) && availability !== 'notReported')
    .map((entry) =>
      offer({
        label: entry.name,
        kind,
        range,
        detail: entry.availability === 'reported' ? index.say('on this server') : undefined,
        documentation: () =>
          kind === 'extension' || resource === undefined
            ? describeExtension(entry, index.docs)
            : describeExpansion(resource, entry, index.docs),
      }),
    );
}

/** Columns of a table that are not in the list yet; those that the plugin may not read come last. */
export function completeColumns(
  index: FileIndex,
  value: PlacedText,
  offset: number,
  table: Table | undefined,
  separator: ',' | ';',
): Completion[] {
  const { tables } = index.context;
  const { range, others } = itemAt(value, offset, separator);
  const written = index.file.text.slice(range.start, offset);
  const dot = written.lastIndexOf('.');
  const owner = dot > 0 ? tables?.table(written.slice(0, dot)) : table;
  if (tables === undefined) return [];
  if (owner === undefined) return table === undefined && dot < 0 ? tableNames(index, tables, range) : [];
  const place = { start: range.start + dot + 1, end: range.end };
  return owner.columns
    .filter(
      ({ name, availability, secret }) => !others.has(name.toLowerCase()) && availability !== 'notReported' && !secret,
    )
    .map((column) =>
      offer({
        label: column.name.toLowerCase(),
        kind: 'column',
        range: place,
        detail: column.readable === false ? index.say('no access') : column.type,
        documentation: () => describeColumn(owner, column, tables, index.docs),
        sort: `${column.readable === false ? 2 : 1}${column.name.toLowerCase()}`,
      }),
    );
}

/** Tables before the dot of `table.column`. */
function tableNames(index: FileIndex, tables: TableCatalog, range: TextRange): Completion[] {
  return tables.tables
    .filter(({ availability }) => availability !== 'notReported')
    .map((entry) =>
      offer({
        label: entry.name.toLowerCase(),
        kind: 'table',
        range,
        text: `${entry.name.toLowerCase()}.`,
        documentation: () => describeTable(entry, tables, index.docs),
        again: true,
      }),
    );
}

/** The item of a list at a place, and the names of the other ones. */
function itemAt(value: PlacedText, offset: number, separator: string): { range: TextRange; others: Set<string> } {
  const { text } = value;
  const at = value.indexOf(offset);
  const start = at === 0 ? 0 : text.lastIndexOf(separator, at - 1) + 1;
  const next = text.indexOf(separator, at);
  const end = next < 0 ? text.length : next;
  const others = new Set(
    (text.slice(0, start) + text.slice(end)).split(separator).map((name) => name.trim().toLowerCase()),
  );
  return { range: value.rangeOf(start, end), others };
}
