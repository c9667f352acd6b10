/** One token of Oracle SQL as PowerQueries contain it. */
export interface SqlToken {
  readonly kind:
    | 'word'
    /** `"Name"` */
    | 'quoted'
    /** `'text'`, `q'[text]'` */
    | 'string'
    | 'number'
    /** `:name`; `text` is the name. */
    | 'bind'
    /** PS-HTML: `~(…)`, `~[…]`, `%param1%`-like texts are not recognised. */
    | 'tag'
    /** `<@restricted_table …>` */
    | 'directive'
    | 'symbol';
  /** As written; of a quoted name without its quotes, of a bind without its colon. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Parentheses around it. */
  readonly depth: number;
}

const WORD = /[A-Za-z_\u00c0-\uffff][\w$#\u00c0-\uffff]*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?/y;
const DIRECTIVE = /<@[^>]*>/y;
const BIND = /:([A-Za-z_][\w$#]*)/y;
const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>' };

/** Cuts SQL into tokens; comments and white space are left out. Never fails: what is not known is a symbol. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  let at = 0;
  while (at < sql.length) {
    const unit = sql.charCodeAt(at);
    if (unit <= 32 || unit === 0xa0) {
      at++;
      continue;
    }
    const comment = endOfComment(sql, at);
    if (comment > at) {
      at = comment;
      continue;
    }
    const token = readToken(sql, at, depth);
    if (token.kind === 'symbol' && token.text === '(') depth++;
    if (token.kind === 'symbol' && token.text === ')') depth = Math.max(0, depth - 1);
    tokens.push(token.text === ')' && token.kind === 'symbol' ? { ...token, depth } : token);
    at = token.end;
  }
  return tokens;
}

/** The offset after the comment at `at`, or `at` when there is none. */
function endOfComment(sql: string, at: number): number {
  if (sql.startsWith('--', at)) {
    const end = sql.slice(at).search(/[\r\n]/);
    return end < 0 ? sql.length : at + end;
  }
  if (!sql.startsWith('/*', at)) return at;
  const end = sql.indexOf('*/', at + 2);
  return end < 0 ? sql.length : end + 2;
}

function readToken(sql: string, at: number, depth: number): SqlToken {
  const make = (kind: SqlToken['kind'], end: number, text = sql.slice(at, end)): SqlToken => ({
    kind,
    text,
    start: at,
    end,
    depth,
  });
  const character = sql.charAt(at);
  if (character === "'") return make('string', endOfQuoted(sql, at, "'"));
  if (/[qQ]/.test(character) && sql.charAt(at + 1) === "'") return make('string', endOfAlternative(sql, at));
  if (/[nN]/.test(character) && sql.charAt(at + 1) === "'") return make('string', endOfQuoted(sql, at + 1, "'"));
  if (character === '"') {
    const end = endOfQuoted(sql, at, '"');
    return make('quoted', end, sql.slice(at + 1, end - 1));
  }
  if (character === '~' && (sql.charAt(at + 1) === '(' || sql.charAt(at + 1) === '['))
    return make('tag', endOfTag(sql, at + 1));
  const bind = match(BIND, sql, at);
  if (bind !== undefined) return make('bind', at + bind.length, bind.slice(1));
  const directive = match(DIRECTIVE, sql, at);
  if (directive !== undefined) return make('directive', at + directive.length);
  const word = match(WORD, sql, at);
  if (word !== undefined) return make('word', at + word.length);
  const number = match(NUMBER, sql, at);
  if (number !== undefined) return make('number', at + number.length);
  const pair = sql.slice(at, at + 2);
  return make(
    'symbol',
    at + (['||', '<=', '>=', '<>', '!=', '^=', ':=', '=>', '(+'].includes(pair) && pair !== '(+' ? 2 : 1),
  );
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A doubled quote inside stands for itself. */
function endOfQuoted(sql: string, at: number, quote: string): number {
  let end = sql.indexOf(quote, at + 1);
  while (end >= 0 && sql.charAt(end + 1) === quote) end = sql.indexOf(quote, end + 2);
  return end < 0 ? sql.length : end + 1;
}

function endOfAlternative(sql: string, at: number): number {
  const opener = sql.charAt(at + 2);
  const end = sql.indexOf(`${CLOSERS[opener] ?? opener}'`, at + 3);
  return end < 0 ? sql.length : end + 2;
}

/** PS-HTML tags nest: `~[if.x][/if]` and `~(name;a=b)`. */
function endOfTag(sql: string, at: number): number {
  const opener = sql.charAt(at);
  const closer = CLOSERS[opener] ?? ')';
  let open = 0;
  for (let end = at; end < sql.length; end++) {
    const character = sql.charAt(end);
    if (character === opener) open++;
    if (character === closer && --open === 0) return end + 1;
  }
  return sql.length;
}
