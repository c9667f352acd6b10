import { removeElement } from '../../schema/structureFixes.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

const SENSITIVE = new Set([
  'STUDENTS.SSN',
  'TEACHERS.SSN',
  'USERS.SSN',
  'SCHOOLSTAFF.SSN',
  'STUDENTS.LUNCH_STATUS',
  'STUDENTS.LUNCHSTATUS',
]);

const NAMES = /^\s*(?:ssn|lunch_?status)\s*$/i;

/** @param key `TABLE.FIELD` in upper case. */
export function isSensitive(key: string): boolean {
  return SENSITIVE.has(key);
}

export const sensitiveField: ManifestRule = {
  code: 'PS159',
  check({ fields, document }, report) {
    for (const request of fields) {
      if (!NAMES.test(request.field)) continue;
      const { element, key } = request;
      if (isSensitive(key)) report(placeOf(element, 'field'), [key], [removeElement(document, element)]);
    }
  },
};
