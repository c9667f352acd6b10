import { keyOf } from '../district/cell.ts';
import type { Row, SqlValue } from '../district/district.ts';
import { pageOf } from '../query/paging.ts';
import type { Condition } from '../query/condition.ts';
import type { PageLimitKey } from '../auth/installedPlugin.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import { callerOf, idParameter, notFound, type Call } from '../server/call.ts';
import type { Element } from '../wire/element.ts';
import { expansionsAttribute, namesParameter } from './expansions.ts';
import { extensionData, extensionsAttribute } from './extensions.ts';

/** A kind of v1 record that is read by SQL: where its rows come from, how a row looks, and how lists are sorted. */
export interface RecordKind {
  /** Names on the wire: `section` and `sections`. */
  readonly singular: string;
  readonly plural: string;
  /** Table whose DCID is the record's id and whose one-to-one tables are its extensions. */
  readonly table: string;
  /** `SELECT … FROM …` without a WHERE; `r` is the table itself, its DCID is selected as `dcid`. */
  readonly select: string;
  readonly orderBy: string;
  readonly limit: PageLimitKey;
  readonly expansions: readonly string[] | undefined;
  /** Whether records carry `@extensions`. */
  readonly extensible: boolean;
  element(row: Row, call: Call, asked: ReadonlySet<string>): Element;
}

/** One page of a list. */
export function answerRecords(call: Call, kind: RecordKind, where: Condition): Answer {
  const page = pageOf(call, callerOf(call).pageLimits[kind.limit]);
  const parameters: SqlValue[] = [...where.parameters, page.pageSize, (page.page - 1) * page.pageSize];
  const rows = call.sandbox.district.all(
    `${kind.select} WHERE ${where.sql} ORDER BY ${kind.orderBy} LIMIT ? OFFSET ?`,
    parameters,
  );
  return elementAnswer({
    name: kind.plural,
    content: { ...attributes(call, kind), [kind.singular]: elements(call, kind, rows) },
  });
}

/** `{resource: {count}}` of the same rows. */
export function answerRecordCount(call: Call, kind: RecordKind, where: Condition): Answer {
  const count = call.sandbox.district.number(
    `SELECT count(*) FROM (${kind.select} WHERE ${where.sql})`,
    where.parameters,
  );
  return elementAnswer({ name: 'resource', content: { count } });
}

/** The record of the path's `{id}`, or 404. */
export function answerRecord(call: Call, kind: RecordKind): Answer {
  const row = call.sandbox.district.get(`${kind.select} WHERE r.dcid = ?`, [idParameter(call)]);
  if (row === undefined) throw notFound();
  return elementAnswer({
    name: kind.singular,
    content: { ...attributes(call, kind), ...elements(call, kind, [row])[0] },
  });
}

function attributes(call: Call, kind: RecordKind): Element {
  return {
    '@expansions': kind.expansions === undefined ? undefined : expansionsAttribute(kind.expansions),
    '@extensions': kind.extensible ? extensionsAttribute(call.sandbox.district, kind.table) : undefined,
  };
}

function elements(call: Call, kind: RecordKind, rows: readonly Row[]): readonly Element[] {
  const asked = namesParameter(call, 'expansions');
  const keys = rows.map((row) => keyOf(row, 'dcid'));
  const extensions = kind.extensible
    ? extensionData(call.sandbox.district, kind.table, namesParameter(call, 'extensions'), keys)
    : undefined;
  return rows.map((row) => ({
    _extension_data: extensions?.get(keyOf(row, 'dcid')),
    ...kind.element(row, call, asked),
  }));
}
