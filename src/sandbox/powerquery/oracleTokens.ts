/** One token of an Oracle SELECT. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'number' | 'text' | 'bind' | 'symbol' | 'end';
  /** Without quotes or colon; a text literal is unescaped. */
  readonly text: string;
  /** A word or symbol as keywords are compared with it; empty for everything else. */
  readonly upper: string;
}

/** Thrown inside the translation and turned into a value by `translateOracle`: what the sandbox cannot run, by name. */
export class Refusal extends Error {
  readonly construct: string;
  constructor(construct: string) {
    super(`not supported: ${construct}`);
    this.name = 'Refusal';
    this.construct = construct;
  }
}

/** In this order; the group is the token's text. `restricted_table` is PowerQuery's element for the user's selection. */
const PATTERNS: readonly (readonly [
  kind: Token['kind'] | 'skipped' | 'restricted' | 'alternative',
  pattern: RegExp,
])[] = [
  ['skipped', /(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['text', /n?'((?:[^']|'')*)'/iy],
  ['alternative', /n?q'[[{(<]([\s\S]*?)[\]})>]'/iy],
  ['quoted', /"([^"]*)"/y],
  ['number', /((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/iy],
  ['bind', /:([\p{L}_][\p{L}\p{N}_$]*)/uy],
  ['word', /([\p{L}_][\p{L}\p{N}_$#]*)/uy],
  ['restricted', /<@restricted_table\b[^>]*>/y],
  ['symbol', /(\(\s*\+\s*\)|\|\||<=|>=|<>|!=|\^=|[()+\-*/,.<>=])/y],
];

/** Splits the SQL text; comments and hints are dropped. Throws `Refusal` for what is no Oracle SQL. */
export function tokenizeOracle(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const found = matchAt(sql, at);
    at += found.length;
    // A partner has no selection: PowerSchool puts a condition there that is always true.
    if (found.kind === 'restricted') tokens.push(...tokenizeOracle('1 = 1'));
    else if (found.kind === 'alternative') tokens.push({ kind: 'text', text: found.text, upper: '' });
    else if (found.kind === 'text') tokens.push({ kind: 'text', text: found.text.replaceAll("''", "'"), upper: '' });
    else if (found.kind !== 'skipped') {
      const text = found.kind === 'symbol' ? found.text.replaceAll(/\s/g, '') : found.text;
      const keyword = found.kind === 'word' || found.kind === 'symbol';
      tokens.push({ kind: found.kind, text, upper: keyword ? text.toUpperCase() : '' });
    }
  }
  return tokens;
}

function matchAt(sql: string, at: number): { kind: (typeof PATTERNS)[number][0]; text: string; length: number } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found !== null) return { kind, text: found[1] ?? '', length: found[0].length };
  }
  const [sign, next] = [sql.charAt(at), sql.charAt(at + 1)];
  if (sign === '~' && (next === '(' || next === '[')) throw new Refusal(`the PowerSchool HTML tag ~${next}…`);
  if (sign === ';') throw new Refusal('a semicolon');
  throw new Refusal(sign === "'" || sign === '"' ? 'a text that is not closed' : `the character ${sign}`);
}

/** A reading position in the tokens. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: '', upper: '' };
  }

  /** The next token, which must be there. */
  take(): Token {
    const token = this.peek();
    if (token.kind === 'end') throw new Refusal('the end of the SQL in this place');
    this.#at += 1;
    return token;
  }

  /** True when the next tokens are these keywords (upper case) or symbols. */
  is(...words: readonly string[]): boolean {
    return words.every((word, index) => this.peek(index).upper === word);
  }

  /** Passes over them if they are next. */
  accept(...words: readonly string[]): boolean {
    const found = this.is(...words);
    if (found) this.#at += words.length;
    return found;
  }

  /** The one of these that is next, passed over. */
  acceptOne(...words: readonly string[]): string | undefined {
    return words.find((word) => this.accept(word));
  }

  expect(word: string): void {
    if (!this.accept(word)) throw new Refusal(`${this.describe()} where ${word} is expected`);
  }

  /** Refuses these words here. */
  refuse(...words: readonly string[]): void {
    for (const word of words) if (this.is(word)) throw new Refusal(word);
  }

  describe(): string {
    return this.peek().kind === 'end' ? 'the end of the SQL' : `“${this.peek().text}”`;
  }
}
