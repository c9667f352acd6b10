import type { Span } from './requestFile.ts';
import { span } from './requestLine.ts';
import { trimRange } from './textLines.ts';
import { isVariableName } from './variableLine.ts';

/** One `{{…}}`. */
export interface VariableUse {
  /** With the braces. */
  readonly range: { readonly start: number; readonly end: number };
  /** What stands inside, without the spaces around it. */
  readonly inner: Span;
}

/**
 * Finds every `{{…}}` between two offsets. Its end is on the same line; of more than two braces the inner ones count.
 * @param onUnclosed called with the offset of a `{{` that has no end on its line.
 */
export function findVariableUses(
  text: string,
  start = 0,
  end = text.length,
  onUnclosed?: (offset: number) => void,
): VariableUse[] {
  const uses: VariableUse[] = [];
  let at = text.indexOf('{{', start);
  while (at >= 0 && at + 1 < end) {
    while (text.charCodeAt(at + 2) === 123 && at + 2 < end) at++;
    const close = closingBraces(text, at + 2, end);
    if (close === undefined) {
      onUnclosed?.(at);
      at = text.indexOf('{{', at + 2);
      continue;
    }
    if (typeof close === 'object') {
      onUnclosed?.(at);
      at = close.reopened;
      continue;
    }
    const inner = trimRange(text, at + 2, close);
    uses.push({ range: { start: at, end: close + 2 }, inner: span(text, inner.start, inner.end) });
    at = text.indexOf('{{', close + 2);
  }
  return uses;
}

/** Quotes are looked for this far, so that a line of many open ones is not read again and again. */
const LONGEST_PATH = 2000;

/** The offset of `}}`, or of another `{{` before it; undefined when the line ends first. */
function closingBraces(text: string, start: number, end: number): number | { reopened: number } | undefined {
  // A JSONPath may hold braces inside its quotes.
  const quotes = /^\s*\w+\.response\.body\./.test(text.slice(start, Math.min(end, start + 80)));
  const limit = quotes ? Math.min(end, start + LONGEST_PATH) : end;
  let quote = 0;
  for (let i = start; i < limit; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || unit === 13) return undefined;
    if (quote !== 0) {
      if (unit === 92) i++;
      else if (unit === quote) quote = 0;
    } else if (quotes && (unit === 34 || unit === 39)) {
      quote = unit;
    } else if (unit === 125 && text.charCodeAt(i + 1) === 125 && i + 1 < end) {
      return i;
    } else if (unit === 123 && text.charCodeAt(i + 1) === 123) {
      return { reopened: i };
    }
  }
  return undefined;
}

/** The text with every `{{…}}` hidden behind letters, so that signs inside it are not taken for others. */
export function hideVariables(text: string): string {
  if (!text.includes('{{')) return text;
  let hidden = '';
  let at = 0;
  for (const { range } of findVariableUses(text)) {
    hidden += text.slice(at, range.start) + 'x'.repeat(range.end - range.start);
    at = range.end;
  }
  return hidden + text.slice(at);
}

/** What stands between `{{` and `}}`. */
export type VariableExpression =
  | { readonly kind: 'name'; readonly name: string }
  /** `$name args`. */
  | { readonly kind: 'dynamic'; readonly name: string; readonly args: string }
  | ResponseValue
  | { readonly kind: 'malformed' };

/** `x.response.body.$.path`, `x.response.body.*` or `x.response.headers.Name`. */
export interface ResponseValue {
  readonly kind: 'response';
  /** The name of an earlier request. */
  readonly request: string;
  readonly part: 'body' | 'headers';
  /** A JSONPath, `*` for the whole body, or a header's name. */
  readonly path: string;
  /** Offset of `path` in the expression. */
  readonly pathStart: number;
}

/** @param inner without the spaces around it. */
export function readExpression(inner: string): VariableExpression {
  if (inner.startsWith('$')) {
    const [, name = '', args = ''] = /^(\$[^\s]*)\s*(.*)$/s.exec(inner) ?? [];
    return { kind: 'dynamic', name, args };
  }
  const response = /^([A-Za-z_]\w*)\.response\.(body|headers)(\.|$)/.exec(inner);
  if (response !== null) {
    const [head, request = '', part] = response;
    const path = inner.slice(head.length);
    return {
      kind: 'response',
      request,
      part: part === 'body' ? 'body' : 'headers',
      path: part === 'body' && path === '' ? '*' : path,
      pathStart: head.length,
    };
  }
  return isVariableName(inner) ? { kind: 'name', name: inner } : { kind: 'malformed' };
}
