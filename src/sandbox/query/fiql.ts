/** Operators of a `q` expression. */
export type Operator = '==' | '!=' | '=gt=' | '=ge=' | '=lt=' | '=le=';

/** One comparison of a `q` expression; all of them must hold. */
export interface Term {
  readonly name: string;
  readonly operator: Operator;
  /** One value, or the values of a list `(A,P)`. */
  readonly values: readonly string[];
  /** Whether the values stood in parentheses. */
  readonly list: boolean;
}

export type ParsedQuery = { readonly terms: readonly Term[] } | { readonly error: string };

const TERM = /^\s*([A-Za-z_][\w.]*)\s*(==|!=|=gt=|=ge=|=lt=|=le=)(.*)$/s;

/**
 * Reads a `q` expression: `name==value;other=ge=3`. `;` joins with AND and may stand at the end. A `,` outside a value
 * list is part of the value, unless another comparison follows it: joining with OR is not supported by the API.
 */
export function parseFiql(text: string): ParsedQuery {
  const terms: Term[] = [];
  for (const part of splitTerms(text)) {
    if (part.trim() === '') continue;
    const match = TERM.exec(part);
    if (match === null) return { error: `Invalid expression '${part.trim()}'` };
    const [, name = '', operator = '==', rest = ''] = match;
    const value = rest.trim();
    if (value === '') return { error: `No value given for ${name}` };
    if (/,\s*[A-Za-z_][\w.]*(==|!=|=(gt|ge|lt|le)=)/.test(value)) {
      return { error: 'Expressions cannot be joined with a comma' };
    }
    const list = value.startsWith('(') && value.endsWith(')');
    const values = list
      ? value
          .slice(1, -1)
          .split(',')
          .map((item) => item.trim())
      : [value];
    if (values.includes('')) return { error: `No value given for ${name}` };
    terms.push({ name, operator: operator as Operator, values, list });
  }
  return { terms };
}

/** Parts between `;` that are outside parentheses. */
function splitTerms(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ';' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
