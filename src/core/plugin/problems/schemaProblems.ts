import type { XmlProblemNumber } from './pluginProblems.ts';

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

/** The last two digits of their codes. */
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
} as const satisfies Record<SchemaProblemKind, XmlProblemNumber>;
