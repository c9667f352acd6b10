import { tokenizeSql, type SqlToken } from './sqlTokens.ts';

/** One expression of the select list. */
export interface SelectItem {
  readonly start: number;
  readonly end: number;
  /** The name the database gives the column; undefined when the expression has none. */
  readonly name: string | undefined;
  /** `table.column` when the expression is nothing else; lower case. */
  readonly source: { readonly qualifier: string | undefined; readonly column: string } | undefined;
}

/** What can be told about a statement without a full grammar. */
export interface SelectStatement {
  readonly tokens: readonly SqlToken[];
  /** Undefined: the list cannot be told apart (a star, tags that write SQL, no SELECT). */
  readonly items: readonly SelectItem[] | undefined;
  /** Index of the first token after the list (its FROM), or of the end. */
  readonly listEnd: number;
}

const NO_ALIAS = new Set(['end', 'null', 'sysdate', 'systimestamp', 'rownum', 'level', 'user']);

/** Reads the select list of the outermost SELECT. */
export function readSelect(sql: string): SelectStatement {
  const tokens = tokenizeSql(sql);
  const select = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'select'));
  if (select < 0) return readWrapped(tokens);
  return readList(tokens, select, 0);
}

/** `(select …)` and the like: the first SELECT at the lowest depth. */
function readWrapped(tokens: readonly SqlToken[]): SelectStatement {
  const select = tokens.findIndex((token) => isWord(token, 'select'));
  const depth = tokens[select]?.depth;
  if (depth === undefined) return { tokens, items: undefined, listEnd: tokens.length };
  return readList(tokens, select, depth);
}

function readList(tokens: readonly SqlToken[], select: number, depth: number): SelectStatement {
  let at = select + 1;
  const next = tokens[at];
  if (next !== undefined && ['distinct', 'all', 'unique'].some((word) => isWord(next, word))) at++;
  const items: SelectItem[] = [];
  let countable = true;
  let first = at;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'tag' || token.kind === 'directive') countable = false;
    if (token.depth < depth) break;
    if (token.depth !== depth) continue;
    if (isWord(token, 'from') || isWord(token, 'into') || isWord(token, 'bulk')) break;
    if (token.kind === 'symbol' && token.text === ',') {
      items.push(toItem(tokens.slice(first, at)));
      first = at + 1;
    }
  }
  if (at > first) items.push(toItem(tokens.slice(first, at)));
  const starred = items.some(({ name }) => name === '*');
  return { tokens, items: countable && !starred && items.length > 0 ? items : undefined, listEnd: at };
}

function toItem(tokens: readonly SqlToken[]): SelectItem {
  const first = tokens[0];
  const last = tokens.at(-1);
  return { start: first?.start ?? 0, end: last?.end ?? 0, name: nameOf(tokens), source: sourceOf(tokens) };
}

function nameOf(tokens: readonly SqlToken[]): string | undefined {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  if (last === undefined) return undefined;
  if (last.kind === 'symbol' && last.text === '*' && (before === undefined || before.text === '.')) return '*';
  if (last.kind !== 'word' && last.kind !== 'quoted') return undefined;
  if (before === undefined || before.text === '.' || isWord(before, 'as')) return last.text;
  if (last.kind === 'word' && NO_ALIAS.has(last.text.toLowerCase())) return undefined;
  const endsOperand = before.kind !== 'symbol' || before.text === ')';
  const isOperatorWord =
    before.kind === 'word' &&
    ['and', 'or', 'not', 'then', 'else', 'when', 'in', 'like', 'between', 'is', 'case', 'distinct', 'prior'].includes(
      before.text.toLowerCase(),
    );
  return endsOperand && !isOperatorWord ? last.text : undefined;
}

/** The column an expression stands for, with or without an alias. */
function sourceOf(tokens: readonly SqlToken[]): SelectItem['source'] {
  const [a, dot, b] = tokens;
  if (a === undefined || (a.kind !== 'word' && a.kind !== 'quoted')) return undefined;
  if (dot?.text === '.' && b !== undefined && (b.kind === 'word' || b.kind === 'quoted')) {
    return isAlias(tokens.slice(3)) ? { qualifier: a.text.toLowerCase(), column: b.text.toLowerCase() } : undefined;
  }
  return isAlias(tokens.slice(1)) ? { qualifier: undefined, column: a.text.toLowerCase() } : undefined;
}

function isAlias(rest: readonly SqlToken[]): boolean {
  const name = rest.at(-1);
  if (name === undefined) return true;
  if (name.kind !== 'word' && name.kind !== 'quoted') return false;
  return rest.length === 1 || (rest.length === 2 && isWord(rest[0], 'as'));
}

/** Is the token that word, in any case? */
export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
