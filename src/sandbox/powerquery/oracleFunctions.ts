import type { SQLOutputValue } from 'node:sqlite';
import * as dates from './oracleDates.ts';
import { formatNumber, numberOf, numberText, readNumber } from './oracleNumbers.ts';

/** What a value is known to be before the query runs; it decides how Oracle would convert it in a comparison. */
export type Kind = 'number' | 'text' | 'date' | 'column' | 'argument' | 'any' | 'null';

/** The values of one call, and the time of the query (milliseconds, read as UTC: Oracle's dates have no zone). */
type Body = (args: readonly SQLOutputValue[], now: number) => string | number | null;

export interface OracleFunction {
  readonly kind: Kind;
  readonly body: Body;
}

/** A value as text. Oracle has no empty text: it is NULL. */
export function textOf(value: SQLOutputValue | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'number' || typeof value === 'bigint' ? numberText(value) : String(value);
}

const text = (value: SQLOutputValue | undefined): string => textOf(value) ?? '';
const number = (value: SQLOutputValue | undefined, otherwise = 0): number =>
  value === undefined ? otherwise : readNumber(value, undefined);
const date = (value: SQLOutputValue | undefined): number => {
  const found = dates.dateOf(value);
  if (found === undefined) throw new Error(`The value “${text(value)}” is no date.`);
  return found;
};

function pad(args: readonly SQLOutputValue[], atStart: boolean): string {
  const [value, width, filler] = [text(args[0]), number(args[1]), args[2] === undefined ? ' ' : text(args[2])];
  if (value.length >= width) return value.slice(0, width);
  return atStart ? value.padStart(width, filler) : value.padEnd(width, filler);
}

function trimStart(value: string, characters: string): string {
  let from = 0;
  while (from < value.length && characters.includes(value.charAt(from))) from += 1;
  return value.slice(from);
}

function trimEnd(value: string, characters: string): string {
  let to = value.length;
  while (to > 0 && characters.includes(value.charAt(to - 1))) to -= 1;
  return value.slice(0, to);
}

function substring(value: string, position: number, length: number): string {
  const start = position > 0 ? position - 1 : position < 0 ? value.length + position : 0;
  return start < 0 ? '' : value.slice(start, start + Math.max(0, Math.trunc(length)));
}

function position(value: string, wanted: string, start: number, nth: number): number {
  let at = start > 0 ? start - 2 : value.length + start + 1;
  for (let count = 0; count < nth; count += 1) {
    at = start > 0 ? value.indexOf(wanted, at + 1) : at < 1 ? -1 : value.lastIndexOf(wanted, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: 'A-Fa-f0-9',
  cntrl: '\\x00-\\x1f',
};

function pattern(source: SQLOutputValue | undefined, flags: SQLOutputValue | undefined): RegExp {
  const options = text(flags);
  const posix = text(source).replaceAll(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  const chosen = `g${options.includes('i') ? 'i' : ''}${options.includes('n') ? 's' : ''}${options.includes('m') ? 'm' : ''}`;
  return new RegExp(posix, chosen);
}

/** The matches of a regular expression from a position on. */
function matches(args: readonly SQLOutputValue[], from: number, flags: number): RegExpExecArray[] {
  const expression = pattern(args[1], args[flags]);
  expression.lastIndex = from - 1;
  return [...text(args[0]).matchAll(expression)];
}

function replaceMatches(args: readonly SQLOutputValue[]): string {
  const [from, wanted] = [number(args[3], 1), number(args[4], 0)];
  let count = 0;
  return text(args[0]).replaceAll(pattern(args[1], args[5]), (whole, ...rest: (string | number)[]) => {
    const groups = rest.slice(
      0,
      rest.findLastIndex((part) => typeof part === 'number'),
    );
    if (Number(rest[groups.length]) < from - 1) return whole;
    count += 1;
    if (wanted > 0 && count !== wanted) return whole;
    return text(args[2]).replaceAll(/\\(\d)/g, (_, group: string) => String(groups[Number(group) - 1] ?? ''));
  });
}

function toText(args: readonly SQLOutputValue[]): string {
  const [value, mask] = args;
  if (typeof mask !== 'string') return text(value);
  const found = dates.dateOf(value);
  if (found !== undefined) return dates.formatDate(found, mask);
  return formatNumber(readNumber(value, undefined), mask);
}

function toDate(args: readonly SQLOutputValue[], now: number): string {
  const [value, mask] = args;
  const found = dates.dateOf(value);
  // A value that is stored as a date stays one, whatever the mask says: `to_date(date)` is a common slip.
  if (found !== undefined && (mask === undefined || !/^Y{4}-MM-DD/i.test(text(mask)))) return dates.dateText(found);
  if (mask !== undefined) return dates.readDate(text(value), text(mask), now);
  return dates.readDate(text(value), text(value).includes('/') ? 'MM/DD/YYYY' : 'DD-MON-RR', now);
}

function truncate(args: readonly SQLOutputValue[]): string | number {
  const found = dates.dateOf(args[0]);
  if (found !== undefined)
    return dates.dateText(dates.truncateDate(found, args[1] === undefined ? 'DD' : text(args[1])));
  const scale = 10 ** number(args[1], 0);
  return Math.trunc(number(args[0]) * scale) / scale;
}

function round(args: readonly SQLOutputValue[]): number {
  const [value, digits] = [number(args[0]), number(args[1], 0)];
  // Through the decimal text: 1.005 is rounded as it is written, as Oracle does.
  return Math.sign(value) * Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e${-digits}`);
}

function interval(value: string): number {
  const found = /^([+-]?)(\d+) (\d+):(\d+):(\d+)/.exec(value.trim());
  if (found === null) throw new Error(`The text “${value}” is no interval of days.`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(2).map(Number);
  return (found[1] === '-' ? -1 : 1) * (days + hours / 24 + minutes / 1440 + seconds / 86_400);
}

function modulo(left: number, right: number): number {
  return right === 0 ? left : left % right;
}

const initials = (value: string): string =>
  value.toLowerCase().replaceAll(/[\p{L}\p{N}]+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** NULL in, NULL out: true of nearly every Oracle function. The number says how many arguments this holds for. */
const STRICT: Readonly<Record<string, readonly [kind: Kind, body: Body, guarded?: number]>> = {
  UPPER: ['text', ([a]) => text(a).toUpperCase()],
  LOWER: ['text', ([a]) => text(a).toLowerCase()],
  INITCAP: ['text', ([a]) => initials(text(a))],
  REVERSE: ['text', ([a]) => Array.from(text(a)).reverse().join('')],
  LENGTH: ['number', ([a]) => text(a).length],
  ASCII: ['number', ([a]) => text(a).codePointAt(0) ?? null],
  CHR: ['text', ([a]) => String.fromCodePoint(number(a))],
  SUBSTR: ['text', ([a, b, c]) => substring(text(a), number(b), number(c, Infinity))],
  INSTR: ['number', ([a, b, c, d]) => position(text(a), text(b), number(c, 1), number(d, 1))],
  LPAD: ['text', (args) => pad(args, true)],
  RPAD: ['text', (args) => pad(args, false)],
  TRIM: ['text', ([a, b = ' ']) => trimEnd(trimStart(text(a), text(b)), text(b))],
  LTRIM: ['text', ([a, b = ' ']) => trimStart(text(a), text(b))],
  RTRIM: ['text', ([a, b = ' ']) => trimEnd(text(a), text(b))],
  REGEXP_LIKE: ['number', (args) => (matches(args, 1, 2).length > 0 ? 1 : 0), 2],
  REGEXP_COUNT: ['number', (args) => matches(args, number(args[2], 1), 3).length, 2],
  REGEXP_INSTR: [
    'number',
    (args) => (matches(args, number(args[2], 1), 5)[number(args[3], 1) - 1]?.index ?? -1) + 1,
    2,
  ],
  REGEXP_SUBSTR: [
    'text',
    (args) => matches(args, number(args[2], 1), 4)[number(args[3], 1) - 1]?.[number(args[5], 0)] ?? null,
    2,
  ],
  TO_CHAR: ['text', toText],
  TO_NUMBER: ['number', ([a, b]) => readNumber(a, b)],
  TO_DATE: ['date', toDate],
  TO_TIMESTAMP: ['date', toDate],
  TO_DSINTERVAL: ['number', ([a]) => interval(text(a))],
  TRUNC: ['any', truncate],
  ROUND: ['number', round],
  FLOOR: ['number', ([a]) => Math.floor(number(a))],
  CEIL: ['number', ([a]) => Math.ceil(number(a))],
  ABS: ['number', ([a]) => Math.abs(number(a))],
  SIGN: ['number', ([a]) => Math.sign(number(a))],
  SQRT: ['number', ([a]) => Math.sqrt(number(a))],
  POWER: ['number', ([a, b]) => number(a) ** number(b)],
  MOD: ['number', ([a, b]) => modulo(number(a), number(b))],
  BITAND: ['number', ([a, b]) => number(a) & number(b)],
  ADD_MONTHS: ['date', ([a, b]) => dates.dateText(dates.addMonths(date(a), number(b)))],
  MONTHS_BETWEEN: ['number', ([a, b]) => dates.monthsBetween(date(a), date(b))],
  LAST_DAY: ['date', ([a]) => dates.dateText(dates.lastDay(date(a)))],
  NEXT_DAY: ['date', ([a, b]) => dates.dateText(dates.nextDay(date(a), text(b)))],
  // Written by the translation, not by hand.
  ADD: ['any', ([a, b]) => dates.add(a, b)],
  SUBTRACT: ['any', ([a, b]) => dates.subtract(a, b)],
  EXTRACT: ['number', ([a, b]) => dates.datePart(date(b), text(a))],
  NUMERIC: ['number', ([a]) => numberOf(a) ?? text(a)],
};

/** These answer for NULL too. */
const LENIENT: Readonly<Record<string, readonly [Kind, Body]>> = {
  CONCAT: ['text', (args) => args.map(text).join('')],
  REPLACE: ['text', ([a, b, c]) => (textOf(b) === null ? text(a) : text(a).replaceAll(text(b), () => text(c)))],
  REGEXP_REPLACE: ['text', (args) => (textOf(args[1]) === null ? text(args[0]) : replaceMatches(args))],
  TRANSLATE: [
    'text',
    ([a, b, c]) =>
      Array.from(text(a))
        .map((sign) => (text(b).includes(sign) ? text(c).charAt(text(b).indexOf(sign)) : sign))
        .join(''),
  ],
  SYSDATE: ['date', (_, now) => dates.dateText(now)],
  // DECODE: which of the values equals the first; NULL equals NULL.
  POSITION: ['number', ([value, ...searched]) => searched.findIndex((item) => same(value, item))],
};

function same(left: SQLOutputValue | undefined, right: SQLOutputValue | undefined): boolean {
  if (textOf(left) === textOf(right)) return true;
  if (typeof left === 'string' && typeof right === 'string') return false;
  return numberOf(left) !== undefined && numberOf(left) === numberOf(right);
}

const notEmpty = (value: string | number | null): string | number | null =>
  value === '' || Number.isNaN(value) ? null : value;

/** Every scalar function the sandbox gives SQLite, by its Oracle name; registered as `ora_…`. */
export const ORACLE_FUNCTIONS: ReadonlyMap<string, OracleFunction> = new Map([
  ...Object.entries(STRICT).map(([name, [kind, body, guarded]]): [string, OracleFunction] => [
    name,
    {
      kind,
      body: (args, now) =>
        args.slice(0, guarded).some((value) => textOf(value) === null) ? null : notEmpty(body(args, now)),
    },
  ]),
  ...Object.entries(LENIENT).map(([name, [kind, body]]): [string, OracleFunction] => [
    name,
    { kind, body: (args, now) => notEmpty(body(args, now)) },
  ]),
]);

/** A function or aggregate that SQLite has under this or another name, with the same meaning. */
export interface NativeFunction {
  readonly name: string;
  readonly kind: Kind;
  readonly aggregate: boolean;
}

const native = (names: string, kind: Kind, aggregate: boolean): [string, NativeFunction][] =>
  names.split(' ').map((pair) => {
    const [oracle = '', sqlite = oracle.toLowerCase()] = pair.split(':');
    return [oracle, { name: sqlite, kind, aggregate }];
  });

export const NATIVE_FUNCTIONS: ReadonlyMap<string, NativeFunction> = new Map([
  ...native('COUNT SUM AVG', 'number', true),
  ...native('MIN MAX', 'any', true),
  ...native('NVL:coalesce COALESCE NULLIF GREATEST:max LEAST:min', 'any', false),
  ...native('ROW_NUMBER RANK DENSE_RANK NTILE PERCENT_RANK CUME_DIST', 'number', false),
  ...native('LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE', 'any', false),
]);
