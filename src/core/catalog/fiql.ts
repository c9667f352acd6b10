import type { TextRange } from '../text/textRange.ts';
import { blankVariables } from './variableText.ts';

/**
 * The filter language of `q` (FIQL style), as the sources on the API describe it: `==` (with `*` in text), `!=`,
 * `=gt=`, `=ge=`, `=lt=`, `=le=`; terms joined by `;` must all hold; `==(A,P)` takes one of several values.
 */
export type FilterOperator = '==' | '!=' | '=gt=' | '=ge=' | '=lt=' | '=le=';

export const FILTER_OPERATORS: readonly FilterOperator[] = ['==', '!=', '=gt=', '=ge=', '=lt=', '=le='];

export interface FilterTerm {
  /** A path in the record (`name.last_name`) or a column. */
  readonly field: string;
  readonly operator: FilterOperator;
  readonly value: string;
  /** The values of a list such as `(A,P)`; `value` is then the text between the brackets. */
  readonly values: readonly string[] | undefined;
}

/** A term with its place in the text that was parsed. */
export interface ParsedTerm extends FilterTerm {
  /** From the field to the end of the value. */
  readonly range: TextRange;
  readonly fieldRange: TextRange;
  readonly operatorRange: TextRange;
  readonly valueRange: TextRange;
}

export type FilterErrorKind =
  /** No operator in a term. */
  | 'missingOperator'
  /** Something like `=foo=` or a single `=`. */
  | 'unknownOperator'
  | 'missingField'
  /** An empty value is refused by the server. */
  | 'missingValue'
  /** `(A,P` without its end. */
  | 'unclosedList'
  /** Terms joined by `,`: no source shows an OR that works. */
  | 'orJoin'
  /** Brackets around terms. */
  | 'grouping';

export interface FilterError {
  readonly kind: FilterErrorKind;
  readonly range: TextRange;
  readonly text: string;
}

export interface FilterExpression {
  readonly terms: readonly ParsedTerm[];
  readonly errors: readonly FilterError[];
}

/** English sentences for the errors: what is wrong, what to do. `{0}` is the text concerned. */
export const FILTER_ERROR_TEXT: Readonly<Record<FilterErrorKind, { readonly message: string; readonly mend: string }>> =
  {
    missingOperator: {
      message: '"{0}" has no comparison.',
      mend: 'Write field==value, for example name.last_name==Qui*.',
    },
    unknownOperator: { message: '"{0}" is no comparison.', mend: 'Use ==, !=, =gt=, =ge=, =lt= or =le=.' },
    missingField: {
      message: 'The field before "{0}" is missing.',
      mend: 'Write field==value, for example name.last_name==Qui*.',
    },
    missingValue: {
      message: 'The value after "{0}" is missing.',
      mend: 'Give a value; an empty one is refused. Use \\u0000 to find rows without a value.',
    },
    unclosedList: { message: 'The list "{0}" is not closed.', mend: 'Write the closing bracket, for example ==(A,P).' },
    orJoin: {
      message: 'Conditions cannot be joined by a comma.',
      mend: 'Join them with ; so that all must hold, or give several values: ==(A,P).',
    },
    grouping: {
      message: 'Conditions cannot be put in brackets.',
      mend: 'Leave out the brackets and join the conditions with ;.',
    },
  };

/**
 * Parses a filter; never throws. With `encoded` the text is a piece of a URL: percent signs and `+` are decoded, and
 * the ranges still count in the text as written. `{{variables}}` stand for values and are looked into by nobody.
 */
export function parseFilter(text: string, options: { encoded?: boolean } = {}): FilterExpression {
  const source = options.encoded === true ? decodeWithOffsets(text) : { text, offsets: undefined };
  const parser = new FilterParser(source.text, source.offsets);
  return parser.parse();
}

/** The text of a filter. Values are written as they are: `encodeFilter` makes it fit for a URL. */
export function printFilter(terms: readonly FilterTerm[]): string {
  return terms.map(printTerm).join(';');
}

export function printTerm(term: FilterTerm): string {
  return `${term.field}${term.operator}${term.values === undefined ? term.value : `(${term.values.join(',')})`}`;
}

class FilterParser {
  readonly #text: string;
  readonly #offsets: readonly number[] | undefined;
  readonly #terms: ParsedTerm[] = [];
  readonly #errors: FilterError[] = [];

  constructor(text: string, offsets: readonly number[] | undefined) {
    this.#text = text;
    this.#offsets = offsets;
  }

  parse(): FilterExpression {
    for (const piece of this.#pieces()) this.#readTerm(piece);
    return { terms: this.#terms, errors: this.#errors };
  }

  /** Cuts at `;`, and at a `,` that begins another term; not inside brackets of a value list or variables. */
  #pieces(): TextRange[] {
    const pieces: TextRange[] = [];
    let start = 0;
    let depth = 0;
    for (let i = 0; i < this.#text.length; i++) {
      const character = this.#text.charAt(i);
      if (this.#text.startsWith('{{', i)) {
        const end = this.#text.indexOf('}}', i);
        // An open variable reaches to the end of the text.
        i = end < 0 ? this.#text.length : end + 1;
      } else if (character === '(') depth++;
      else if (character === ')') depth = Math.max(0, depth - 1);
      else if (character === ';') {
        pieces.push({ start, end: i });
        start = i + 1;
        depth = 0;
      } else if (
        character === ',' &&
        depth === 0 &&
        /^\s*[\w.$]+\s*(?:==|!=|=[a-z]{2}=)/.test(this.#text.slice(i + 1))
      ) {
        this.#report('orJoin', { start: i, end: i + 1 });
        pieces.push({ start, end: i });
        start = i + 1;
      }
    }
    // A `;` at the end is tolerated by the server.
    pieces.push({ start, end: this.#text.length });
    return pieces.filter(
      (piece, index) => this.#slice(piece).trim() !== '' || (index < pieces.length - 1 && pieces.length > 1),
    );
  }

  #readTerm(piece: TextRange): void {
    const range = this.#trim(piece);
    const text = this.#slice(range);
    if (text === '') {
      this.#report('missingField', { start: piece.start, end: Math.min(piece.end + 1, this.#text.length) });
      return;
    }
    if (text.startsWith('(')) {
      this.#report('grouping', range);
      return;
    }
    const operator = /==|!=|=[A-Za-z]*=|=|<>|[<>]=?|!/.exec(blankVariables(text));
    if (operator === null) {
      this.#report('missingOperator', range);
      return;
    }
    const at = range.start + operator.index;
    const operatorRange = { start: at, end: at + operator[0].length };
    const fieldRange = this.#trim({ start: range.start, end: at });
    const valueRange = this.#trim({ start: operatorRange.end, end: range.end });
    if (!isOperator(operator[0])) {
      this.#report('unknownOperator', operatorRange);
      return;
    }
    if (fieldRange.start === fieldRange.end) {
      this.#report('missingField', operatorRange);
      return;
    }
    const raw = this.#slice(valueRange);
    const isList = raw.startsWith('(');
    const value = isList ? raw.slice(1, raw.endsWith(')') ? -1 : undefined) : raw;
    if (value.trim() === '')
      this.#report('missingValue', valueRange.start === valueRange.end ? operatorRange : valueRange, operator[0]);
    if (isList && !raw.endsWith(')')) this.#report('unclosedList', valueRange);
    this.#terms.push({
      field: this.#slice(fieldRange),
      operator: operator[0],
      value,
      values: isList ? value.split(',').map((entry) => entry.trim()) : undefined,
      range: this.#inSource(range),
      fieldRange: this.#inSource(fieldRange),
      operatorRange: this.#inSource(operatorRange),
      valueRange: this.#inSource(valueRange),
    });
  }

  #report(kind: FilterErrorKind, range: TextRange, text: string = this.#slice(range)): void {
    this.#errors.push({ kind, range: this.#inSource(range), text });
  }

  #slice(range: TextRange): string {
    return this.#text.slice(range.start, range.end);
  }

  #trim(range: TextRange): TextRange {
    let { start, end } = range;
    while (start < end && this.#text.charAt(start).trim() === '') start++;
    while (end > start && this.#text.charAt(end - 1).trim() === '') end--;
    return { start, end };
  }

  #inSource(range: TextRange): TextRange {
    if (this.#offsets === undefined) return range;
    return { start: this.#offsets[range.start] ?? 0, end: this.#offsets[range.end] ?? 0 };
  }
}

function isOperator(text: string): text is FilterOperator {
  return (FILTER_OPERATORS as readonly string[]).includes(text);
}

/** Decodes a piece of a query string; `offsets[i]` is where decoded unit `i` begins in the text as written. */
function decodeWithOffsets(text: string): { text: string; offsets: number[] } {
  let decoded = '';
  const offsets: number[] = [];
  const escapeRun = /(?:%[0-9a-f]{2})+/iy;
  for (let i = 0; i < text.length;) {
    escapeRun.lastIndex = i;
    const escapes = escapeRun.exec(text)?.[0];
    const part = escapes === undefined ? undefined : decode(escapes);
    if (escapes === undefined || part === undefined) {
      decoded += text.charAt(i) === '+' ? ' ' : text.charAt(i);
      offsets.push(i);
      i++;
      continue;
    }
    let at = i;
    for (const character of part) {
      for (let unit = 0; unit < character.length; unit++) offsets.push(at);
      at += encodeURIComponent(character).length > 2 ? encodeURIComponent(character).length : 3;
    }
    decoded += part;
    i += escapes.length;
  }
  offsets.push(text.length);
  return { text: decoded, offsets };
}

function decode(escapes: string): string | undefined {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return undefined;
  }
}
