import type { SQLOutputValue } from 'node:sqlite';
import type { Operator } from '../query/fiql.ts';

/** One comparison of `$q`; every one must hold. Plain data: it crosses to the query's process. */
export interface FilterTerm {
  /** Position of the column, or of the key by which the extension's row is found. */
  readonly index: number;
  /** A column of a one-to-one extension instead of one of the query's own. */
  readonly extension?: { readonly table: string; readonly key: string; readonly column: string } | undefined;
  readonly operator: Operator;
  readonly value: string;
}

/** What `\u0000` stands for: a test for NULL. */
const isNullMark = (value: string): boolean => value === '\u0000' || value === '\\u0000';

const HOLDS: Readonly<Record<Operator, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '=gt=': (order) => order > 0,
  '=ge=': (order) => order >= 0,
  '=lt=': (order) => order < 0,
  '=le=': (order) => order <= 0,
};

/** Compares as the column's value is: numbers as numbers, text without regard to case and with `*` as a wildcard. */
export function satisfies(value: SQLOutputValue | undefined, { operator, value: operand }: FilterTerm): boolean {
  const empty = value === null || value === undefined || value === '';
  if (isNullMark(operand)) return operator === '!=' ? !empty : empty;
  if (empty) return false;
  if (typeof value !== 'string') return HOLDS[operator](Number(value) - Number(operand));
  const equality = operator === '==' || operator === '!=';
  return HOLDS[operator](equality ? (wildcard(operand).test(value) ? 0 : 1) : compareText(value, operand));
}

function compareText(value: string, operand: string): number {
  const [a, b] = [value.toLowerCase(), operand.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function wildcard(operand: string): RegExp {
  const pattern = operand.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`, 'is');
}
