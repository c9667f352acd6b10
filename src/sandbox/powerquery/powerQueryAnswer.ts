import type { OutputColumn } from './namedQuery.ts';
import type { ResultRow } from './queryExecution.ts';

/** What the records of one answer have in common. */
export interface RecordShape {
  /** As the query declares its core table. */
  readonly name: string;
  readonly flattened: boolean;
  readonly columns: readonly OutputColumn[];
  /** Positions that a projection leaves. */
  readonly chosen: ReadonlySet<number>;
  /** Position of the core table's key, when the query returns it. */
  readonly key: number | undefined;
  /** Names of the extensions that were asked for, and the fields of each that the caller may read. */
  readonly extensions: readonly { readonly name: string; readonly readable: (field: string) => boolean }[];
}

/**
 * One record. Grouped by table, or, when the query is declared `flattened`, with its columns on the record itself.
 * Values are texts; a column without one is left out. The id is a number, and missing when it is not known.
 */
export function powerQueryRecord(shape: RecordShape, { values, extensions }: ResultRow): Record<string, unknown> {
  const key = shape.key === undefined ? null : (values[shape.key] ?? null);
  const id = key !== null && /^\d+$/.test(key) ? Number(key) : undefined;
  const tables = new Map<string, Record<string, string>>();
  const put = (table: string, name: string, value: string): void => {
    const found = tables.get(table) ?? {};
    found[name] = value;
    tables.set(table, found);
  };
  for (const [index, { table, name }] of shape.columns.entries()) {
    const value = values[index] ?? null;
    if (value !== null && shape.chosen.has(index)) put(table, name, value);
  }
  for (const [index, { name, readable }] of shape.extensions.entries()) {
    for (const [field, value] of Object.entries(extensions[index] ?? {})) if (readable(field)) put(name, field, value);
  }
  if (!shape.flattened)
    return { ...(id === undefined ? {} : { id }), name: shape.name, tables: Object.fromEntries(tables) };
  return Object.assign(
    { _name: shape.name.toLowerCase(), ...(id === undefined ? {} : { _id: id }) },
    ...tables.values(),
  ) as Record<string, unknown>;
}

/** What an answer says beside its records. */
export interface AnswerFrame {
  readonly name: string;
  /** `$dataversion`, when it was asked for. */
  readonly version: string | undefined;
  /** The one-to-one extensions of the core table, with commas. */
  readonly extensions: string;
}

/** The answer around its records. Without rows there is neither a `record` key nor a name. */
export function powerQueryBody(
  frame: AnswerFrame,
  records: { readonly record?: readonly unknown[]; readonly any: boolean },
  count: number | undefined,
): Record<string, unknown> {
  return {
    ...(records.any ? { name: frame.name } : {}),
    ...(count === undefined ? {} : { count }),
    ...(frame.version === undefined ? {} : { $dataversion: frame.version }),
    ...(records.any && records.record !== undefined ? { record: records.record } : {}),
    '@extensions': frame.extensions,
  };
}
