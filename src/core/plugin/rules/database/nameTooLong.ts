import type { DatabaseRule } from './databaseRule.ts';

/** Reported by the schema (`problems` of dbTableName and field/@name). */
export const nameTooLong: DatabaseRule = {
  code: 'PS446',
  check() {
    // the schema's maxLength finds it
  },
};
