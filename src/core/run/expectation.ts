import { headerValue, type Header } from '../http/transport.ts';
import { equalJson, isLess } from '../request/jsonPath/selectJson.ts';
import {
  jsonLiteral,
  regularExpression,
  type Expectation,
  type ExpectationOperator,
} from '../request/expectationSyntax.ts';

/** An expectation whose variables are replaced. */
export interface PreparedExpectation {
  readonly expectation: Expectation;
  /** A header's name or a JSONPath. */
  readonly selector: string;
  readonly value: string;
}

/** What an answer holds for its expectations. */
export interface AnswerFacts {
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Undefined when the body is no list of records. */
  readonly count: number | undefined;
  readonly headers: readonly Header[];
  /** What the paths of the expectations find in the body. */
  readonly found: ReadonlyMap<string, readonly unknown[]>;
}

export interface ExpectationResult {
  readonly expectation: Expectation;
  readonly passed: boolean;
  /** What was there; null when the subject is missing. */
  readonly actual: unknown;
}

/** What an expectation looks at; `missing` fails everything but `not exists`. */
type Subject = { readonly actual: unknown; readonly header: boolean } | 'missing';

/** Compares an answer with one expectation. */
export function checkExpectation(prepared: PreparedExpectation, facts: AnswerFacts): ExpectationResult {
  const { expectation } = prepared;
  const subject = subjectOf(prepared, facts);
  if (subject === 'missing') return { expectation, passed: expectation.operator === 'not exists', actual: null };
  return { expectation, passed: holds(expectation.operator, subject, prepared.value), actual: subject.actual };
}

/**
 * True when one of the passing status lines is about this error: it would not pass for an answer that is no error.
 * `status == 404` and `status >= 400` name it; `status != 200` and `status exists` do not.
 */
export function namesError(prepared: readonly PreparedExpectation[], status: number): boolean {
  return prepared.some(({ expectation, value }) => {
    if (expectation.subject !== 'status') return false;
    const passes = (actual: number): boolean => holds(expectation.operator, { actual, header: false }, value);
    if (!passes(status)) return false;
    for (let other = 200; other < 400; other++) if (passes(other)) return false;
    return true;
  });
}

function subjectOf({ expectation, selector }: PreparedExpectation, facts: AnswerFacts): Subject {
  switch (expectation.subject) {
    case 'status':
      return { actual: facts.status, header: false };
    case 'duration':
      return { actual: facts.duration, header: false };
    case 'count':
      return facts.count === undefined ? 'missing' : { actual: facts.count, header: false };
    case 'header': {
      const values = facts.headers.filter(([name]) => name.toLowerCase() === selector.toLowerCase());
      if (headerValue(facts.headers, selector) === undefined) return 'missing';
      return { actual: values.map(([, value]) => value).join(', '), header: true };
    }
    case 'body':
      break;
  }
  const found = facts.found.get(selector) ?? [];
  if (found.length === 0) return 'missing';
  return { actual: found.length === 1 ? found[0] : found, header: false };
}

function holds(operator: ExpectationOperator, subject: Exclude<Subject, 'missing'>, value: string): boolean {
  if (operator === 'exists') return true;
  if (operator === 'not exists') return false;
  if (operator === 'matches') return regularExpression(value)?.test(asText(subject.actual)) ?? false;
  const literal = jsonLiteral(value);
  const wanted = literal === undefined ? value : literal.value;
  if (operator === 'contains') return contains(subject.actual, wanted, value);
  const actual = comparable(subject, wanted);
  switch (operator) {
    case '==':
      return equalJson(actual, wanted);
    case '!=':
      return !equalJson(actual, wanted);
    case '<':
      return isLess(actual, wanted);
    case '>':
      return isLess(wanted, actual);
    case '<=':
      return isLess(actual, wanted) || equalJson(actual, wanted);
    case '>=':
      break;
  }
  return isLess(wanted, actual) || equalJson(actual, wanted);
}

/** A header is text; one that looks like a number compares with numbers. */
function comparable({ actual, header }: Exclude<Subject, 'missing'>, wanted: unknown): unknown {
  if (!header || typeof wanted !== 'number' || typeof actual !== 'string') return actual;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(actual.trim()) ? Number(actual) : actual;
}

/** A part of a text, or a member of an array; any other single value counts as an array of one. */
function contains(actual: unknown, wanted: unknown, written: string): boolean {
  if (typeof actual === 'string') return actual.includes(typeof wanted === 'string' ? wanted : written);
  const members: readonly unknown[] = Array.isArray(actual) ? (actual as unknown[]) : [actual];
  return members.some((member) => equalJson(member, wanted));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
