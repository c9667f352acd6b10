import { type Kind, NATIVE_FUNCTIONS, ORACLE_FUNCTIONS } from './oracleFunctions.ts';
import { Refusal, type TokenCursor } from './oracleTokens.ts';

/** An expression in SQLite's words, and what is known about its value. */
export interface Operand {
  readonly sql: string;
  readonly kind: Kind;
}

/** One SELECT while it is being read. */
export interface SelectScope {
  /** What LEVEL stands for in the condition of a row generator (`CONNECT BY LEVEL <= n`). */
  level?: string;
  /** An aggregate function was used: ROWNUM would have to be counted before it. */
  aggregate: boolean;
  rownumAllowed: boolean;
  /** Columns as named, with the alias of their table (upper case) when it is given. */
  readonly columns: { readonly alias: string | undefined; readonly column: string }[];
  /** Table aliases of the condition at hand: all of them, and those marked with `(+)`. */
  references: Set<string>;
  outer: Set<string>;
}

/** What the translation of one statement shares. */
export interface Translation {
  readonly cursor: TokenCursor;
  readonly binds: Set<string>;
  readonly lists: Set<string>;
  scope: SelectScope;
  /** Reads a query expression (the statement part, which in turn reads expressions). */
  readonly query: () => string;
}

/** Words that end an expression or an alias. */
export const RESERVED: ReadonlySet<string> = new Set(
  `SELECT FROM WHERE GROUP HAVING ORDER UNION MINUS INTERSECT EXCEPT CONNECT START AND OR NOT IN IS LIKE BETWEEN THEN ELSE END
   WHEN CASE ON JOIN LEFT RIGHT INNER FULL CROSS NATURAL USING WITH FETCH OFFSET BY AS DESC ASC FOR PIVOT UNPIVOT MODEL ESCAPE
   DISTINCT UNIQUE ALL ANY EXISTS`.split(/\s+/),
);

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const joined = (items: readonly Operand[]): string => items.map((item) => item.sql).join(', ');
const numeric = (sql: string): Operand => ({ sql, kind: 'number' });
const textual = (sql: string): Operand => ({ sql, kind: 'text' });
const dated = (sql: string): Operand => ({ sql, kind: 'date' });

/** Reads a condition or a value, to its end. */
export function expression(t: Translation): Operand {
  let left = conjunction(t);
  while (t.cursor.accept('OR')) left = numeric(`${left.sql} OR ${conjunction(t).sql}`);
  return left;
}

function conjunction(t: Translation): Operand {
  let left = condition(t);
  while (t.cursor.accept('AND')) left = numeric(`${left.sql} AND ${condition(t).sql}`);
  return left;
}

/** One condition, without AND and OR. */
export function condition(t: Translation): Operand {
  return t.cursor.accept('NOT') ? numeric(`NOT ${condition(t).sql}`) : predicate(t);
}

function predicate(t: Translation): Operand {
  const { cursor } = t;
  let left = sum(t);
  for (;;) {
    const sign = cursor.acceptOne('=', '<>', '!=', '^=', '<', '>', '<=', '>=');
    const not = sign === undefined && cursor.accept('NOT') ? ' NOT' : '';
    if (sign !== undefined) {
      cursor.refuse('ANY', 'ALL', 'SOME');
      const right = sum(t);
      left = numeric(`${agree(left, right)} ${sign === '^=' ? '<>' : sign} ${agree(right, left)}`);
    } else if (cursor.accept('IS')) {
      const negated = cursor.accept('NOT') ? ' NOT' : '';
      cursor.expect('NULL');
      left = numeric(`${left.sql} IS${negated} NULL`);
    } else if (cursor.accept('IN')) {
      const list = members(t, left);
      left = numeric(`${agree(left, list)}${not} IN ${list.sql}`);
    } else if (cursor.accept('BETWEEN')) {
      const low = sum(t);
      cursor.expect('AND');
      left = numeric(`${agree(left, low)}${not} BETWEEN ${agree(low, left)} AND ${agree(sum(t), left)}`);
    } else if (cursor.accept('LIKE')) {
      const pattern = sum(t).sql;
      left = numeric(`${left.sql}${not} LIKE ${pattern}${cursor.accept('ESCAPE') ? ` ESCAPE ${sum(t).sql}` : ''}`);
    } else if (not !== '') throw new Refusal(`NOT ${cursor.describe()}`);
    else return left;
  }
}

/**
 * Oracle compares as numbers when one side is a number. SQLite does so only beside a column, so what is computed or
 * written beside a number is made one here; an argument beside a computed text is made a text.
 */
function agree(value: Operand, other: Operand): string {
  const loose = value.kind === 'text' || value.kind === 'any' || value.kind === 'argument';
  if (other.kind === 'number' && loose) return `ora_numeric(${value.sql})`;
  return other.kind === 'text' && value.kind === 'argument' ? `ora_concat(${value.sql})` : value.sql;
}

/** The list after IN: a query, values, or one argument that may hold a list. */
function members(t: Translation, left: Operand): Operand {
  const { cursor } = t;
  cursor.expect('(');
  const bind = cursor.peek();
  if (bind.kind === 'bind' && cursor.peek(1).upper === ')') {
    t.binds.add(cursor.take().text);
    t.lists.add(bind.text);
    const value = agree({ sql: 'value', kind: 'argument' }, left);
    return closing(t, { sql: `(SELECT ${value} FROM json_each(@${bind.text}))`, kind: 'any' });
  }
  if (cursor.is('SELECT') || cursor.is('WITH')) return closing(t, { sql: `(${t.query()})`, kind: 'any' });
  const values = list(t);
  return closing(t, { sql: `(${values.map((value) => agree(value, left)).join(', ')})`, kind: common(values) });
}

function sum(t: Translation): Operand {
  const { cursor } = t;
  let left = product(t);
  for (let sign = cursor.acceptOne('||', '+', '-'); sign !== undefined; sign = cursor.acceptOne('||', '+', '-')) {
    const right = product(t);
    if (sign === '||') {
      const parts = [left, right];
      while (cursor.accept('||')) parts.push(product(t));
      left = textual(`ora_concat(${joined(parts)})`);
    } else if (left.kind === 'number' && right.kind === 'number') left = numeric(`(${left.sql} ${sign} ${right.sql})`);
    // Whether a column holds a date shows only at run time.
    else left = { sql: `${sign === '+' ? 'ora_add' : 'ora_subtract'}(${joined([left, right])})`, kind: 'any' };
  }
  return left;
}

function product(t: Translation): Operand {
  let left = unary(t);
  for (let sign = t.cursor.acceptOne('*', '/'); sign !== undefined; sign = t.cursor.acceptOne('*', '/')) {
    // 7/2 is 3.5 in Oracle, 3 in SQLite.
    left = numeric(`(${sign === '/' ? `CAST(${left.sql} AS REAL)` : left.sql} ${sign} ${unary(t).sql})`);
  }
  return left;
}

function unary(t: Translation): Operand {
  if (t.cursor.accept('-')) return numeric(`(-${unary(t).sql})`);
  return t.cursor.accept('+') ? unary(t) : primary(t);
}

/** Reads the `)` that ends what was just translated. */
function closing<Result>(t: Translation, result: Result): Result {
  t.cursor.expect(')');
  return result;
}

/** Expressions with commas between them. */
export function list(t: Translation): Operand[] {
  const items = [expression(t)];
  while (t.cursor.accept(',')) items.push(expression(t));
  return items;
}

function primary(t: Translation): Operand {
  const { cursor } = t;
  const token = cursor.peek();
  if (token.kind === 'number') return numeric(cursor.take().text);
  if (token.kind === 'text') return literal(cursor.take().text);
  if (token.kind === 'quoted') return column(t);
  if (token.kind === 'word') return word(t);
  if (token.kind === 'bind') {
    t.binds.add(cursor.take().text);
    return { sql: `:${token.text}`, kind: 'argument' };
  }
  if (!cursor.accept('(')) throw new Refusal(`${cursor.describe()} where a value is expected`);
  if (cursor.is('SELECT') || cursor.is('WITH')) return closing(t, { sql: `(${t.query()})`, kind: 'any' });
  const items = list(t);
  return closing(t, { sql: `(${joined(items)})`, kind: items.length === 1 ? (items[0]?.kind ?? 'any') : 'column' });
}

/** Oracle has no empty text: it is NULL. */
const literal = (text: string): Operand =>
  text === '' ? { sql: 'NULL', kind: 'null' } : textual(`'${text.replaceAll("'", "''")}'`);

function word(t: Translation): Operand {
  const { cursor } = t;
  const name = cursor.peek().upper;
  const next = cursor.peek(1);
  const constant = CONSTANTS.get(name);
  if (next.upper === '(' && (!RESERVED.has(name) || ['LEFT', 'RIGHT', 'EXISTS'].includes(name))) return call(t);
  if (constant !== undefined) cursor.take();
  if (constant !== undefined) return constant;
  if (name === 'CASE') return caseExpression(t);
  if (next.kind === 'text' && (name === 'DATE' || name === 'TIMESTAMP')) {
    cursor.take();
    return { ...literal(cursor.take().text), kind: 'date' };
  }
  if (next.kind === 'text' && name === 'INTERVAL') return interval(t);
  if (name === 'LEVEL' && t.scope.level !== undefined) {
    cursor.take();
    return numeric(t.scope.level);
  }
  if (name === 'ROWNUM') {
    if (!t.scope.rownumAllowed) throw new Refusal('ROWNUM in this place');
    cursor.take();
    return numeric('row_number() OVER ()');
  }
  cursor.refuse('PRIOR', 'CONNECT_BY_ROOT');
  if (RESERVED.has(name)) throw new Refusal(`${cursor.describe()} where a value is expected`);
  return column(t);
}

const CONSTANTS: ReadonlyMap<string, Operand> = new Map([
  ['NULL', { sql: 'NULL', kind: 'null' }],
  ...['SYSDATE', 'SYSTIMESTAMP', 'CURRENT_DATE', 'CURRENT_TIMESTAMP'].map(
    (name) => [name, dated('ora_sysdate()')] as const,
  ),
]);

function interval({ cursor }: Translation): Operand {
  cursor.take();
  const amount = Number(cursor.take().text);
  const unit = cursor.take().upper;
  const days = { DAY: 1, HOUR: 1 / 24, MINUTE: 1 / 1440, SECOND: 1 / 86_400 }[unit];
  if (days === undefined || Number.isNaN(amount)) throw new Refusal(`INTERVAL … ${unit}`);
  return numeric(String(amount * days));
}

/** A column, `alias.column`, `alias.*`, each perhaps with the schema PS; or a function of a package. */
function column(t: Translation): Operand {
  const { cursor, scope } = t;
  const names = [cursor.take().text];
  while (cursor.accept('.')) names.push(cursor.take().text);
  if (cursor.is('(')) throw new Refusal(`the function ${names.join('.')}`);
  if (names.length > 2) names.shift();
  const alias = names.length > 1 ? names[0]?.toUpperCase() : undefined;
  const name = names.at(-1) ?? '';
  if (alias !== undefined) scope.references.add(alias);
  if (name !== '*') scope.columns.push({ alias, column: name });
  if (cursor.accept('(+)')) {
    if (alias === undefined) throw new Refusal('(+) after a column without its table');
    scope.outer.add(alias);
  }
  return { sql: names.map((part) => (part === '*' ? part : quoted(part))).join('.'), kind: 'column' };
}

function caseExpression(t: Translation): Operand {
  const { cursor } = t;
  cursor.take();
  const subject = cursor.is('WHEN') ? undefined : expression(t);
  const conditions: Operand[] = [];
  const results: Operand[] = [];
  while (cursor.accept('WHEN')) {
    conditions.push(expression(t));
    cursor.expect('THEN');
    results.push(expression(t));
  }
  const otherwise = cursor.accept('ELSE') ? expression(t) : undefined;
  cursor.expect('END');
  const compared = subject === undefined ? '' : agree(subject, { sql: '', kind: common(conditions) });
  const branches = conditions.map(
    (when, index) =>
      `WHEN ${subject === undefined ? when.sql : agree(when, subject)} THEN ${results[index]?.sql ?? ''}`,
  );
  const last = otherwise === undefined ? '' : `ELSE ${otherwise.sql} `;
  return {
    sql: `CASE ${compared} ${branches.join(' ')} ${last}END`,
    kind: common([...results, ...(otherwise === undefined ? [] : [otherwise])]),
  };
}

/** The kind of a value that is one of these. */
function common(values: readonly Operand[]): Kind {
  const [only, ...others] = new Set(values.map((value) => value.kind).filter((kind) => kind !== 'null'));
  return only === undefined || only === 'column' || only === 'argument' || others.length > 0 ? 'any' : only;
}

function call(t: Translation): Operand {
  const { cursor } = t;
  const name = cursor.take().upper;
  cursor.expect('(');
  const special = SPECIAL_CALLS[name];
  if (special !== undefined) return special(t);
  const own = ORACLE_FUNCTIONS.get(name);
  const native = NATIVE_FUNCTIONS.get(name);
  if (own === undefined && native === undefined) throw new Refusal(`the function ${name}`);
  const distinct = cursor.acceptOne('DISTINCT', 'UNIQUE') === undefined ? '' : 'DISTINCT ';
  cursor.accept('ALL');
  const values = cursor.accept('*') ? [numeric('*')] : cursor.is(')') ? [] : list(t);
  cursor.expect(')');
  if (native === undefined) {
    return { sql: `ora_${name.toLowerCase()}(${joined(values)})`, kind: own?.kind ?? 'any' };
  }
  const kind = native.kind === 'any' ? common(values) : native.kind;
  const sql = `${native.name}(${distinct}${joined(values)})`;
  cursor.refuse('KEEP', 'IGNORE', 'RESPECT', 'WITHIN');
  if (cursor.accept('OVER')) return { sql: `${sql} OVER ${overWindow(t)}`, kind };
  t.scope.aggregate ||= native.aggregate;
  return { sql, kind };
}

function overWindow(t: Translation): string {
  const { cursor } = t;
  cursor.expect('(');
  let window = cursor.accept('PARTITION', 'BY') ? `PARTITION BY ${joined(list(t))}` : '';
  window += orderBy(t);
  while (!cursor.is(')')) window += ` ${cursor.take().text}`;
  return closing(t, `(${window})`);
}

/** ORDER BY with Oracle's place for NULL: last, and first when descending. */
export function orderBy(t: Translation): string {
  const { cursor } = t;
  const terms: string[] = [];
  if (!cursor.accept('ORDER', 'BY')) return '';
  do {
    const value = expression(t).sql;
    const direction = cursor.acceptOne('ASC', 'DESC') === 'DESC' ? ' DESC' : '';
    const nulls = cursor.accept('NULLS') ? cursor.take().upper : direction === '' ? 'LAST' : 'FIRST';
    terms.push(`${value}${direction} NULLS ${nulls}`);
  } while (cursor.accept(','));
  return ` ORDER BY ${terms.join(', ')}`;
}

/** Functions with a syntax or an order of evaluation of their own; the cursor stands behind the parenthesis. */
const SPECIAL_CALLS: Readonly<Record<string, ((t: Translation) => Operand) | undefined>> = {
  EXISTS: (t) => closing(t, numeric(`EXISTS (${t.query()})`)),
  NVL2: (t) => {
    const [value, set, unset] = closing(t, list(t)).map((item) => item.sql);
    return { sql: `CASE WHEN ${value ?? ''} IS NOT NULL THEN ${set ?? ''} ELSE ${unset ?? ''} END`, kind: 'any' };
  },
  DECODE: (t) => {
    const [value = '', ...rest] = closing(t, list(t)).map((item) => item.sql);
    const otherwise = rest.length % 2 === 1 ? rest.pop() : undefined;
    const searched = rest.filter((_, index) => index % 2 === 0);
    const results = rest.filter((_, index) => index % 2 === 1).map((sql, index) => `WHEN ${index} THEN ${sql}`);
    const position = `ora_position(${[value, ...searched].join(', ')})`;
    return { sql: `CASE ${position} ${results.join(' ')} ELSE ${otherwise ?? 'NULL'} END`, kind: 'any' };
  },
  EXTRACT: (t) => {
    const unit = t.cursor.take().upper;
    t.cursor.expect('FROM');
    return closing(t, numeric(`ora_extract('${unit}', ${expression(t).sql})`));
  },
  TRIM: (t) => {
    const side = t.cursor.acceptOne('LEADING', 'TRAILING', 'BOTH');
    const name = side === 'LEADING' ? 'ora_ltrim' : side === 'TRAILING' ? 'ora_rtrim' : 'ora_trim';
    const first = t.cursor.is('FROM') ? "' '" : expression(t).sql;
    const call = t.cursor.accept('FROM') ? `${name}(${expression(t).sql}, ${first})` : `${name}(${first})`;
    return closing(t, textual(call));
  },
  CAST: (t) => {
    const { sql } = expression(t);
    t.cursor.expect('AS');
    const type = t.cursor.take().upper;
    if (t.cursor.accept('(')) while (!t.cursor.accept(')')) t.cursor.take();
    if (/CHAR/.test(type)) return closing(t, textual(`ora_concat(${sql})`));
    if (/^(NUMBER|INT|INTEGER|DECIMAL|FLOAT)$/.test(type)) return closing(t, numeric(`ora_to_number(${sql})`));
    if (/^(DATE|TIMESTAMP)$/.test(type)) return closing(t, dated(`ora_to_date(${sql})`));
    throw new Refusal(`CAST … AS ${type}`);
  },
  LISTAGG: (t) => {
    const { cursor } = t;
    const distinct = cursor.accept('DISTINCT') ? '1' : '0';
    const { sql } = expression(t);
    const separator = cursor.accept(',') ? expression(t).sql : 'NULL';
    if (cursor.accept('ON')) while (!cursor.is(')')) cursor.take();
    cursor.expect(')');
    const order = cursor.accept('WITHIN', 'GROUP', '(') ? closing(t, orderBy(t)) : '';
    if (cursor.is('OVER')) throw new Refusal('LISTAGG … OVER');
    t.scope.aggregate = true;
    return textual(`ora_listagg(${sql}, ${separator}, ${distinct}${order})`);
  },
};
