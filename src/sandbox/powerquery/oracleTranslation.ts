import * as expressions from './oracleExpressions.ts';
import { condition, expression, orderBy, quoted, type SelectScope, type Translation } from './oracleExpressions.ts';
import { Refusal, TokenCursor, tokenizeOracle } from './oracleTokens.ts';

/** An Oracle SELECT in SQLite's words, or the name of what cannot be translated. */
export type OracleTranslation = TranslatedQuery | { readonly ok: false; readonly construct: string };

export interface TranslatedQuery {
  readonly ok: true;
  readonly sql: string;
  /** Names after a colon, as written. Each is bound as `:name`. */
  readonly bindNames: readonly string[];
  /** Those that stand alone in `in (:name)`: bound as `@name` too, as a JSON array. */
  readonly listNames: readonly string[];
  /** The tables it reads, lower case. */
  readonly tables: readonly string[];
  readonly columns: readonly ColumnUse[];
}

/** A column that the query names, and the tables it can belong to; lower case. */
export interface ColumnUse {
  readonly column: string;
  readonly tables: readonly string[];
}

interface Statement extends Translation {
  /** Names that WITH gives, lower case. */
  readonly named: Set<string>;
  readonly tables: Set<string>;
  readonly columns: ColumnUse[];
  /** The aliases (upper case) of the SELECT at hand: the table behind each, or undefined for a subquery. */
  sources: Map<string, string | undefined>;
}

/**
 * Translates the SQL of a PowerQuery. The result calls functions named `ora_…` (`ORACLE_FUNCTIONS` and the aggregate
 * `ora_listagg`) and expects a LIKE that tells upper from lower case. Only what means the same in SQLite goes
 * through; the rest is refused by name. Source of the semantics: Oracle Database SQL Language Reference.
 */
export function translateOracle(sql: string): OracleTranslation {
  try {
    const t: Statement = {
      cursor: new TokenCursor(tokenizeOracle(sql)),
      binds: new Set(),
      lists: new Set(),
      scope: newScope(),
      query: () => query(t),
      named: new Set(),
      tables: new Set(),
      columns: [],
      sources: new Map(),
    };
    const translated = query(t);
    if (t.cursor.peek().kind !== 'end') throw new Refusal(`${t.cursor.describe()} in this place`);
    const { binds, lists, tables, columns } = t;
    return { ok: true, sql: translated, bindNames: [...binds], listNames: [...lists], tables: [...tables], columns };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, construct: error.construct };
    if (error instanceof RangeError) return { ok: false, construct: 'so many parentheses in each other' };
    throw error;
  }
}

function newScope(): SelectScope {
  return { aggregate: false, rownumAllowed: false, columns: [], references: new Set(), outer: new Set() };
}

/** WITH, SELECTs joined by set operators, ORDER BY and FETCH FIRST. */
function query(t: Statement): string {
  const { cursor, scope } = t;
  const named = cursor.accept('WITH') ? `WITH RECURSIVE ${namedQueries(t)} ` : '';
  let body = term(t);
  for (let operator = setOperator(cursor); operator !== undefined; operator = setOperator(cursor)) {
    // SQLite knows neither ORDER BY nor LIMIT in a member.
    body = { sql: `${limited(body)} ${operator} ${limited(term(t))}`, limit: undefined };
  }
  // Its names may be those of the result: they tell nothing about tables.
  t.scope = newScope();
  body = { ...body, sql: body.sql + orderBy(t) };
  t.scope = scope;
  return named + limited(body) + rowLimit(t);
}

/** A SELECT; ROWNUM's limit is to be set behind its ORDER BY. */
interface Term {
  readonly sql: string;
  readonly limit: string | undefined;
}

function limited({ sql, limit }: Term): string {
  return limit === undefined ? sql : `SELECT * FROM (${sql} LIMIT ${rows(limit)})`;
}

/** A number of rows; SQLite takes neither a text nor NULL, and a negative one as none. */
function rows(count: string): string {
  return `max(0, CAST(ifnull(${count}, 0) AS INTEGER))`;
}

function setOperator(cursor: TokenCursor): string | undefined {
  if (cursor.accept('UNION')) return cursor.accept('ALL') ? 'UNION ALL' : 'UNION';
  const operator = cursor.acceptOne('MINUS', 'EXCEPT', 'INTERSECT');
  return operator === 'MINUS' ? 'EXCEPT' : operator;
}

function namedQueries(t: Statement): string {
  const { cursor } = t;
  const queries: string[] = [];
  do {
    const name = cursor.take().text;
    t.named.add(name.toLowerCase());
    const columns = cursor.accept('(') ? names(cursor) : '';
    cursor.expect('AS');
    cursor.expect('(');
    queries.push(`${quoted(name)}${columns} AS MATERIALIZED (${query(t)})`);
    cursor.expect(')');
    cursor.refuse('SEARCH', 'CYCLE');
  } while (cursor.accept(','));
  return queries.join(', ');
}

/** Names with commas between them, to the closing parenthesis. */
function names(cursor: TokenCursor): string {
  const found = [quoted(cursor.take().text)];
  while (cursor.accept(',')) found.push(quoted(cursor.take().text));
  cursor.expect(')');
  return ` (${found.join(', ')})`;
}

/** OFFSET n ROWS, FETCH FIRST n ROWS ONLY. */
function rowLimit(t: Statement): string {
  const { cursor } = t;
  const offset = cursor.accept('OFFSET') ? ` OFFSET ${rows(expression(t).sql)}` : '';
  cursor.acceptOne('ROWS', 'ROW');
  if (!cursor.accept('FETCH')) return offset === '' ? '' : ` LIMIT -1${offset}`;
  if (cursor.acceptOne('FIRST', 'NEXT') === undefined) cursor.expect('FIRST');
  const count = cursor.is('ROW') || cursor.is('ROWS') ? '1' : expression(t).sql;
  cursor.refuse('PERCENT');
  cursor.acceptOne('ROWS', 'ROW');
  cursor.refuse('WITH');
  cursor.expect('ONLY');
  return ` LIMIT ${rows(count)}${offset}`;
}

function term(t: Statement): Term {
  if (!t.cursor.accept('(')) return select(t);
  const inner = query(t);
  t.cursor.expect(')');
  return { sql: `SELECT * FROM (${inner})`, limit: undefined };
}

function select(t: Statement): Term {
  const { cursor, scope: outside, sources: around } = t;
  const scope = newScope();
  [t.scope, t.sources] = [scope, new Map()];
  cursor.expect('SELECT');
  const distinct = cursor.acceptOne('DISTINCT', 'UNIQUE') === undefined ? '' : 'DISTINCT ';
  cursor.accept('ALL');
  const items = selectItems(t);
  cursor.expect('FROM');
  const from = fromItems(t);
  const { conditions, limit } = cursor.accept('WHERE') ? where(t) : { conditions: [], limit: undefined };
  let sql = `SELECT ${distinct}${items} FROM ${rowGenerator(t, from) ?? outerJoins(from, conditions)}`;
  const kept = conditions.filter(({ outer }) => outer.size === 0).map((kept) => kept.sql);
  if (kept.length > 0) sql += ` WHERE ${kept.join(' AND ')}`;
  if (cursor.accept('GROUP', 'BY')) {
    cursor.refuse('ROLLUP', 'CUBE', 'GROUPING');
    sql += ` GROUP BY ${expressions.joined(expressions.list(t))}`;
    scope.aggregate = true;
  }
  if (cursor.accept('HAVING')) sql += ` HAVING ${expression(t).sql}`;
  if (cursor.is('START') || cursor.is('CONNECT')) throw new Refusal('CONNECT BY');
  if (limit !== undefined && scope.aggregate) throw new Refusal('ROWNUM beside an aggregate');
  noteColumns(t, scope, outside);
  [t.scope, t.sources] = [outside, around];
  return { sql, limit };
}

/** Finds the tables of the columns that a SELECT named; what is not of its tables belongs to the SELECT around it. */
function noteColumns(t: Statement, scope: SelectScope, outside: SelectScope): void {
  const own = [...t.sources.values()].filter((table) => table !== undefined);
  for (const { alias, column } of scope.columns) {
    if (alias !== undefined && !t.sources.has(alias)) outside.columns.push({ alias, column });
    else {
      const table = alias === undefined ? undefined : t.sources.get(alias);
      const tables = alias === undefined ? own : table === undefined ? [] : [table];
      if (tables.length > 0) t.columns.push({ column: column.toLowerCase(), tables });
    }
  }
}

function selectItems(t: Statement): string {
  const { cursor, scope } = t;
  const items: string[] = [];
  do {
    scope.rownumAllowed = true;
    const sql = cursor.accept('*') ? '*' : expression(t).sql;
    scope.rownumAllowed = false;
    const alias = cursor.accept('AS') ? cursor.take().text : aliasHere(cursor);
    items.push(alias === undefined ? sql : `${sql} AS ${quoted(alias)}`);
  } while (cursor.accept(','));
  return items.join(', ');
}

function aliasHere(cursor: TokenCursor): string | undefined {
  const { kind, upper } = cursor.peek();
  return kind === 'quoted' || (kind === 'word' && !expressions.RESERVED.has(upper)) ? cursor.take().text : undefined;
}

/** One item of FROM with its joins. */
interface Source {
  /** Upper case, to find it by `(+)`. */
  readonly alias: string;
  readonly sql: string;
}

function fromItems(t: Statement): Source[] {
  const items: Source[] = [];
  do {
    const first = table(t);
    items.push({ alias: first.alias, sql: first.sql + joins(t) });
  } while (t.cursor.accept(','));
  return items;
}

function table(t: Statement): Source {
  const { cursor } = t;
  cursor.refuse('LATERAL', 'TABLE', 'XMLTABLE', 'JSON_TABLE');
  let name = '';
  let sql: string;
  if (cursor.accept('(')) {
    const subquery = cursor.is('SELECT') || cursor.is('WITH') || cursor.is('(');
    sql = subquery ? `(${query(t)})` : `(${table(t).sql}${joins(t)})`;
    cursor.expect(')');
  } else {
    name = cursor.take().text;
    if (cursor.accept('.')) name = cursor.take().text;
    if (cursor.is('(')) throw new Refusal(`the table function ${name}`);
    sql = name.toUpperCase() === 'DUAL' ? `(SELECT 'X' AS "dummy")` : quoted(name);
  }
  cursor.refuse('PIVOT', 'UNPIVOT', 'SAMPLE');
  if (cursor.is('AS')) throw new Refusal('AS before a table alias');
  const alias = aliasHere(cursor) ?? name;
  const real = sql === quoted(name) && !t.named.has(name.toLowerCase()) ? name.toLowerCase() : undefined;
  if (real !== undefined) t.tables.add(real);
  t.sources.set(alias.toUpperCase(), real);
  return { alias: alias.toUpperCase(), sql: alias === '' ? sql : `${sql} AS ${quoted(alias)}` };
}

function joins(t: Statement): string {
  const { cursor } = t;
  let sql = '';
  for (;;) {
    const words: string[] = [];
    const next = (): string | undefined =>
      cursor.acceptOne('NATURAL', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'OUTER');
    for (let word = next(); word !== undefined; word = next()) words.push(word);
    cursor.refuse('APPLY');
    if (words.length === 0 && !cursor.is('JOIN')) return sql;
    cursor.expect('JOIN');
    sql += ` ${words.join(' ')} JOIN ${table(t).sql}`;
    if (cursor.accept('ON')) sql += ` ON ${expression(t).sql}`;
    else if (cursor.accept('USING', '(')) sql += ` USING${names(cursor)}`;
  }
}

interface Condition {
  readonly sql: string;
  readonly references: ReadonlySet<string>;
  /** Tables marked with `(+)`. */
  readonly outer: ReadonlySet<string>;
}

/** The conditions that AND joins, and the limit that ROWNUM sets among them. */
function where(t: Statement): { conditions: Condition[]; limit: string | undefined } {
  const { cursor, scope } = t;
  const conditions: Condition[] = [];
  let limit: string | undefined;
  do {
    if (cursor.accept('ROWNUM')) {
      limit = rownumLimit(t);
      continue;
    }
    [scope.references, scope.outer] = [new Set(), new Set()];
    conditions.push({ sql: condition(t).sql, references: scope.references, outer: scope.outer });
  } while (cursor.accept('AND'));
  if (!cursor.is('OR')) return { conditions, limit };
  if (limit !== undefined) throw new Refusal('ROWNUM beside OR');
  if (conditions.some(({ outer }) => outer.size > 0)) throw new Refusal('(+) beside OR');
  cursor.expect('OR');
  const sql = `(${conditions.map((part) => part.sql).join(' AND ')} OR ${expression(t).sql})`;
  return { conditions: [{ sql, references: new Set(), outer: new Set() }], limit };
}

/** `ROWNUM <= n`, `ROWNUM < n` and `ROWNUM = 1` as a number of rows. */
function rownumLimit(t: Statement): string {
  const sign = t.cursor.take().text;
  const value = condition(t).sql;
  if (sign === '<') return `${value} - 1`;
  if (sign === '<=' || (sign === '=' && value === '1')) return value;
  throw new Refusal(`ROWNUM ${sign}`);
}

/** FROM with the tables marked `(+)` as LEFT JOINs, in an order in which each finds what its conditions name. */
function outerJoins(sources: readonly Source[], conditions: readonly Condition[]): string {
  const of = (source: Source): Condition[] => conditions.filter(({ outer }) => outer.has(source.alias));
  let waiting = sources.filter((source) => of(source).length > 0);
  let sql = sources
    .filter((source) => of(source).length === 0)
    .map((source) => source.sql)
    .join(', ');
  while (waiting.length > 0) {
    const left = new Set(waiting.map((source) => source.alias));
    const ready = (source: Source): boolean =>
      of(source).every(({ references }) => [...references].every((name) => name === source.alias || !left.has(name)));
    const next = waiting.find(ready);
    if (next === undefined || sql === '') throw new Refusal('(+) in a circle');
    sql += ` LEFT JOIN ${next.sql} ON ${of(next)
      .map((part) => part.sql)
      .join(' AND ')}`;
    waiting = waiting.filter((source) => source !== next);
  }
  return sql;
}

/** `FROM dual CONNECT BY condition`: rows numbered by LEVEL. A CONNECT BY over a real table is left to be refused. */
function rowGenerator(t: Statement, [source, ...others]: readonly Source[]): string | undefined {
  if (source?.alias !== 'DUAL' || others.length > 0 || !t.cursor.accept('CONNECT', 'BY')) return undefined;
  t.scope.level = '("level" + 1)';
  const more = `SELECT "level" + 1 FROM "numbers" WHERE ${expression(t).sql}`;
  return `(WITH RECURSIVE "numbers" AS (SELECT 1 AS "level" UNION ALL ${more}) SELECT "level" FROM "numbers")`;
}
