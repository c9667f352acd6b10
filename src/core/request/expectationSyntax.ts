import { phrase, type Phrase } from '../problem/phrase.ts';
import type { TextRange } from '../text/textRange.ts';
import { parseJsonPathPrefix } from './jsonPath/parseJsonPath.ts';
import type { Directive, Span } from './requestFile.ts';
import { span } from './requestLine.ts';
import { findVariableUses } from './variableUse.ts';

export const EXPECTATION_SUBJECTS = ['status', 'duration', 'count', 'header', 'body'] as const;
export type ExpectationSubject = (typeof EXPECTATION_SUBJECTS)[number];

export const EXPECTATION_OPERATORS = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'matches',
  'exists',
  'not exists',
] as const;
export type ExpectationOperator = (typeof EXPECTATION_OPERATORS)[number];

/** `# @expect SUBJECT [OPERATOR VALUE]`. */
export interface Expectation {
  /** Everything after `@expect`. */
  readonly text: string;
  /** The whole comment line. */
  readonly range: TextRange;
  readonly subject: ExpectationSubject;
  /** A header's name or a JSONPath, variables not yet replaced. Undefined for the other subjects. */
  readonly selector: Span | undefined;
  /** `exists` when only a subject is written. */
  readonly operator: ExpectationOperator;
  /** As written, variables not yet replaced. Undefined for `exists` and `not exists`. */
  readonly value: Span | undefined;
}

export interface ExpectationFault {
  readonly reason: Phrase;
  readonly range: TextRange;
}

/** Reads the value of an `@expect` directive. */
export function readExpectation(directive: Directive): Expectation | ExpectationFault {
  const { value } = directive;
  const text = value.text;
  const offset = value.range.start;
  const range = (start: number, end: number): TextRange =>
    start < end ? { start: offset + start, end: offset + end } : directive.range;
  const fault = (reason: Phrase, start: number, end = text.length): ExpectationFault => ({
    reason,
    range: range(start, end),
  });

  const word = /^[A-Za-z]*/.exec(text)?.[0] ?? '';
  const subject = EXPECTATION_SUBJECTS.find((name) => name === word);
  if (subject === undefined)
    return fault(phrase('it must start with {0}', EXPECTATION_SUBJECTS.join(', ')), 0, word.length);
  let at = skipBlanks(text, word.length);
  let selector: Span | undefined;
  if (subject === 'header' || subject === 'body') {
    const found = subject === 'header' ? headerName(text, at) : jsonPath(text, at);
    if ('reason' in found) return fault(found.reason, found.at);
    selector = moved(span(text, at, found.end), offset);
    at = skipBlanks(text, found.end);
  }
  if (at === text.length) return make('exists', undefined);

  const operator = /^(?:not\s+exists|exists|contains|matches)(?!\S)|^(?:[=!]=|[<>]=?)(?!=)/.exec(text.slice(at))?.[0];
  if (operator === undefined)
    return fault(phrase('after {0} one of {1} must follow', subject, EXPECTATION_OPERATORS.join(' ')), at);
  const sign = EXPECTATION_OPERATORS.find((known) => known === operator.replace(/\s+/, ' ')) ?? 'exists';
  const valueStart = skipBlanks(text, at + operator.length);
  const written = moved(span(text, valueStart, text.length), offset);
  if (sign === 'exists' || sign === 'not exists') {
    return written.text === '' ? make(sign, undefined) : fault(phrase('nothing may follow "{0}"', sign), valueStart);
  }
  if (written.text === '') return fault(phrase('a value is missing after "{0}"', sign), at, text.length);
  if (
    sign === 'matches' &&
    findVariableUses(written.text).length === 0 &&
    regularExpression(written.text) === undefined
  ) {
    return fault(phrase('the regular expression is not valid'), valueStart);
  }
  return make(sign, written);

  function make(operator: ExpectationOperator, value: Span | undefined): Expectation {
    return { text, range: directive.range, subject: subject ?? 'status', selector, operator, value };
  }
}

/** The pattern of `matches`: bare, or a JSON string. Undefined when it is no regular expression. */
export function regularExpression(text: string): RegExp | undefined {
  const quoted = jsonLiteral(text);
  try {
    return new RegExp(typeof quoted?.value === 'string' ? quoted.value : text);
  } catch {
    return undefined;
  }
}

/** The value of a JSON literal; undefined when the text is none, which makes it a bare word. */
export function jsonLiteral(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function headerName(text: string, at: number): { end: number } | { reason: Phrase; at: number } {
  const name = /^(?:(?!!=)[!#$%&'*+\-.^_`|~0-9A-Za-z])+/.exec(text.slice(at))?.[0];
  return name === undefined ? { reason: phrase('the name of a header is missing'), at } : { end: at + name.length };
}

function jsonPath(text: string, at: number): { end: number } | { reason: Phrase; at: number } {
  // A variable inside a filter stands for a value: a number of the same length keeps all offsets.
  const masked = text.replace(/\{\{[^{}]*\}\}/g, (use) => '1'.padEnd(use.length, ' '));
  if (text.charAt(at) !== '$') return { reason: phrase('a JSONPath that starts with $ must follow body'), at };
  const parsed = parseJsonPathPrefix(masked, at);
  return 'fault' in parsed
    ? { reason: parsed.fault.reason, at: Math.min(parsed.fault.at, text.length - 1) }
    : { end: parsed.end };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function moved({ text, range }: Span, by: number): Span {
  return { text, range: { start: range.start + by, end: range.end + by } };
}
