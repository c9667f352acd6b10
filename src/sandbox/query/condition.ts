import type { SqlValue } from '../district/district.ts';
import type { ColumnType } from '../district/dictionary.ts';
import type { Operator } from './fiql.ts';

/** A part of a WHERE clause with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** All of them. An empty list is true. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '1' : conditions.map((condition) => condition.sql).join(' AND '),
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}

const SQL_OPERATOR: Readonly<Record<Operator, string>> = {
  '==': '=',
  '!=': '<>',
  '=gt=': '>',
  '=ge=': '>=',
  '=lt=': '<',
  '=le=': '<=',
};

/** How a value that cannot be compared with the column is told, or the condition. */
export type ComparisonResult = Condition | { readonly wrong: 'number' | 'date' | 'list' };

/**
 * One comparison of a column or SQL expression. Text compares without regard to case and `*` is a wildcard of `==` and
 * `!=`; numbers and dates must be numbers and `YYYY-MM-DD`. The value `\u0000` tests for null.
 */
export function compare(
  expression: string,
  type: ColumnType,
  operator: Operator,
  values: readonly string[],
): ComparisonResult {
  if (values.length === 1) return compareOne(expression, type, operator, values[0] ?? '');
  if (operator !== '==' && operator !== '!=') return { wrong: 'list' };
  const parts: Condition[] = [];
  for (const value of values) {
    const part = compareOne(expression, type, '==', value);
    if ('wrong' in part) return part;
    parts.push(part);
  }
  const any = parts.map((part) => part.sql).join(' OR ');
  return {
    sql: operator === '==' ? `(${any})` : `NOT (${any})`,
    parameters: parts.flatMap((part) => part.parameters),
  };
}

function compareOne(expression: string, type: ColumnType, operator: Operator, value: string): ComparisonResult {
  if (value === '\\u0000' || value === '\u0000') {
    return { sql: `${expression} IS ${operator === '!=' ? 'NOT ' : ''}NULL`, parameters: [] };
  }
  const symbol = SQL_OPERATOR[operator];
  if (type === 'integer' || type === 'number') {
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value)) return { wrong: 'number' };
    return { sql: `${expression} ${symbol} ?`, parameters: [Number(value)] };
  }
  if (type === 'date' || type === 'datetime') {
    if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return { wrong: 'date' };
    return { sql: `${expression} ${symbol} ?`, parameters: [value] };
  }
  if ((operator === '==' || operator === '!=') && value.includes('*')) {
    const like = value.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
    const sql = `ifnull(${expression}, '') LIKE ? ESCAPE '\\'`;
    return { sql: operator === '==' ? sql : `NOT ${sql}`, parameters: [like] };
  }
  return { sql: `${expression} ${symbol} ? COLLATE NOCASE`, parameters: [value] };
}
