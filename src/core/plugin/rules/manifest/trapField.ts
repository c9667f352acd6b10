import { phrase, type Argument } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

const TRAPS = new Map<string, Argument>([
  ['STOREDGRADES.ID', 'DCID'],
  ['USERS.ID', 'DCID'],
  ['STUDENTS.STUDENT_EMAIL', phrase('a field of your own server')],
  ['STUDENTS.EMAIL', phrase('a field of your own server')],
  ['STUDENTS.EMAIL_ADDR', phrase('a field of your own server')],
]);

const NAMES = /^\s*(?:id|student_email|email|email_addr)\s*$/i;

/** What to ask for instead of a field that looks like another. @param key `TABLE.FIELD` in upper case. */
export function insteadOf(key: string): Argument | undefined {
  return TRAPS.get(key) ?? (key.startsWith('SECTIONMEETING.') ? 'SECTION_MEETING' : undefined);
}

export const trapField: ManifestRule = {
  code: 'PS162',
  check({ fields }, report) {
    for (const request of fields) {
      if (!NAMES.test(request.field) && !/^\s*sectionmeeting/i.test(request.table)) continue;
      const { element, key } = request;
      const instead = insteadOf(key);
      if (instead === undefined) continue;
      const attribute = element.attribute(instead === 'SECTION_MEETING' ? 'table' : 'field');
      const known = attribute !== undefined && !attribute.damaged && typeof instead === 'string';
      report(placeOf(element, 'field'), [key, instead], known ? [setValue(attribute, instead)] : []);
    }
  },
};
