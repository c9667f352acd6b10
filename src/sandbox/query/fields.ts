import type { ColumnType } from '../district/dictionary.ts';
import { Refusal } from '../server/refusal.ts';
import { allOf, compare, type Condition } from './condition.ts';
import { parseFiql, type Term } from './fiql.ts';

/** A name that a v1 `q` knows and the SQL that it stands for. */
export interface QueryField {
  readonly sql: string;
  readonly type: ColumnType;
}

export type QueryFields = Readonly<Record<string, QueryField>>;

/** The terms of a v1 `q`; 400 when it cannot be read. */
export function queryTerms(q: string | null): readonly Term[] {
  const parsed = parseFiql(q ?? '');
  if ('error' in parsed) throw badQuery(parsed.error);
  return parsed.terms;
}

/** The condition of a v1 `q` over these fields. */
export function queryCondition(q: string | null, fields: QueryFields): Condition {
  return allOf(queryTerms(q).map((term) => fieldCondition(term, fields)));
}

/** The condition of one term; 400 for an unknown name, for `!=` (which only tables know) and for a wrong value. */
export function fieldCondition(term: Term, fields: QueryFields): Condition {
  const field = fields[term.name.toLowerCase()];
  if (field === undefined) throw badQuery(`Invalid search field ${term.name}`);
  if (term.operator === '!=') throw badQuery(`Operator != is not supported for ${term.name}`);
  const result = compare(field.sql, field.type, term.operator, term.values);
  if ('wrong' in result) throw badQuery(`Invalid ${result.wrong} '${term.values.join(',')}' for ${term.name}`);
  return result;
}

export function badQuery(message: string): Refusal {
  return new Refusal(400, message);
}
