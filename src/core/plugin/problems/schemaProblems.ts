import type { ProblemCode, ProblemTable, Severity } from '../../problem/problemCode.ts';

/** What can be wrong with a file against its language's schema. */
export type SchemaProblemKind =
  | 'wrongRoot'
  | 'namespaceWrong'
  | 'unknownElement'
  | 'misplacedElement'
  | 'repeatedElement'
  | 'missingChild'
  | 'unknownAttribute'
  | 'missingAttribute'
  | 'badValue'
  | 'emptyValue'
  | 'tooLong'
  | 'textNotAllowed'
  | 'wrongOrder';

export const SCHEMA_PROBLEM_NUMBERS = {
  wrongRoot: '30',
  namespaceWrong: '31',
  unknownElement: '32',
  misplacedElement: '33',
  repeatedElement: '34',
  missingChild: '35',
  unknownAttribute: '36',
  missingAttribute: '37',
  badValue: '38',
  emptyValue: '39',
  tooLong: '40',
  textNotAllowed: '41',
  wrongOrder: '42',
} as const satisfies Record<SchemaProblemKind, string>;

export type SchemaProblemNumber = (typeof SCHEMA_PROBLEM_NUMBERS)[SchemaProblemKind];

/**
 * The rows of schema problems for one language. `severity` is that of what only the schema forbids: an error where
 * the installer is known to check, a warning where our knowledge of the format may have gaps.
 */
export function schemaProblemRows(severity: Severity): Record<SchemaProblemNumber, ProblemCode> {
  const row = (message: string, mend: string, level: Severity = severity): ProblemCode => ({
    severity: level,
    message,
    mend,
  });
  return {
    '30': row('The outermost element must be <{0}>, not <{1}>.', 'Rename it, or choose the right file.', 'error'),
    '31': row('{0}.', '{1}.', 'error'),
    '32': row('<{0}> is not known{1}.', '{2}'),
    '33': row('<{0}> cannot stand in <{1}>.', 'Move it into {2}.'),
    '34': row('<{0}> may be there only {1}.', 'Join it with the first one, or remove it.'),
    '35': row('<{0}> needs <{1}>.', 'Add it.'),
    '36': row('<{0}> has no attribute {1}.', '{2}'),
    '37': row('<{0}> needs the attribute {1}.', 'Add it.'),
    '38': row('{0} cannot be “{1}”.', 'Use {2}.'),
    '39': row('{0} must not be empty.', 'Give it a value.'),
    '40': row('{0} is too long: {1} characters, at most {2} are allowed.', 'Shorten it.'),
    '41': row('Text is not allowed in <{0}>.', 'Remove it, or make it a comment.'),
    '42': row('<{0}> comes too late in <{1}>.', 'Put it before <{2}>.'),
  };
}

/** Gives the rows the codes of a language: `codes('PS1', rows)` has `PS105` from `05`. */
export function withPrefix<Prefix extends string, Number extends string>(
  prefix: Prefix,
  rows: Readonly<Record<Number, ProblemCode>>,
): ProblemTable<`${Prefix}${Number}`> {
  return Object.fromEntries(
    Object.entries(rows).map(([number, row]) => [`${prefix}${number}`, row]),
  ) as ProblemTable<`${Prefix}${Number}`>;
}
