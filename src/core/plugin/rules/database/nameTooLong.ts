import type { DatabaseRule } from './databaseRule.ts';

/** Reported by the schema (`problems` of dbTableName and field/@name). */
export const nameTooLong: DatabaseRule = {
  code: 'PS446',
  severity: 'error',
  message: '{0} has {1} characters; the database allows {2}.',
  mend: 'Shorten the name.',
  check() {
    // the schema's maxLength finds it
  },
};
