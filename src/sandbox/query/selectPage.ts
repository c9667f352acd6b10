import type { District, Row } from '../district/district.ts';
import { quote } from '../district/tableBuilder.ts';
import type { Condition } from './condition.ts';
import type { PageAnchors } from './pageAnchors.ts';
import type { Page } from './paging.ts';

export interface PageRequest {
  readonly table: string;
  /** Unique integer column by which pages are cut when there is no other order. */
  readonly key: string;
  /** SQL of the selected columns; must include the key. */
  readonly columns: string;
  readonly where: Condition;
  /** SQL of another order; the key is added as the last criterion. */
  readonly order?: string | undefined;
  readonly descending?: boolean | undefined;
}

/** The rows of one page. In key order the cost does not grow with the page number once the pages before were read. */
export function selectPage(district: District, anchors: PageAnchors, request: PageRequest, page: Page): Row[] {
  const { table, key, columns, where } = request;
  const from = `SELECT ${columns} FROM ${quote(table)}`;
  const direction = request.descending === true ? 'DESC' : 'ASC';
  if (request.order !== undefined || request.descending === true) {
    const order = request.order === undefined ? '' : `${request.order} ${direction}, `;
    return district.all(
      `${from} WHERE ${where.sql} ORDER BY ${order}${quote(key)} ${request.order === undefined ? direction : 'ASC'} LIMIT ? OFFSET ?`,
      [...where.parameters, page.pageSize, (page.page - 1) * page.pageSize],
    );
  }
  const list = `${table}|${where.sql}|${JSON.stringify(where.parameters)}|${page.pageSize}`;
  const anchor = anchors.before(list, page.page, district.changes);
  const skip = (page.page - 1 - anchor.page) * page.pageSize;
  const after = anchor.key === undefined ? '' : ` AND ${quote(key)} > ?`;
  const start = anchor.key === undefined ? [] : [anchor.key];
  const rows =
    skip === 0
      ? district.all(`${from} WHERE ${where.sql}${after} ORDER BY ${quote(key)} LIMIT ?`, [
          ...where.parameters,
          ...start,
          page.pageSize,
        ])
      : // The keys alone are found first: a narrow index can be walked instead of the wide rows.
        district.all(
          `${from} WHERE ${quote(key)} IN (SELECT ${quote(key)} FROM ${quote(table)} WHERE ${where.sql}${after} ORDER BY ${quote(key)} LIMIT ? OFFSET ?) ORDER BY ${quote(key)}`,
          [...where.parameters, ...start, page.pageSize, skip],
        );
  const last = rows.at(-1);
  if (last !== undefined && rows.length === page.pageSize) {
    anchors.remember(list, page.page, Number(last[key]), district.changes);
  }
  return rows;
}
