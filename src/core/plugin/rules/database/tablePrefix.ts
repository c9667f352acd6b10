import type { DatabaseRule } from './databaseRule.ts';

export const tablePrefix: DatabaseRule = {
  code: 'PS445',
  severity: 'warning',
  message: 'The table {0} does not start with U_.',
  mend: 'Put U_ before the name.',
  check({ tables }, report) {
    for (const { element, name } of tables) {
      const attribute = element.attribute('dbTableName');
      if (attribute === undefined || attribute.damaged || name === '' || /^u_/i.test(name)) continue;
      report(attribute, [name]);
    }
  },
};
