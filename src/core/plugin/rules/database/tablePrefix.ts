import { setValue } from '../../schema/structureFixes.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const tablePrefix: DatabaseRule = {
  code: 'PS445',
  check({ tables }, report) {
    for (const { element, name } of tables) {
      const attribute = element.attribute('dbTableName');
      if (attribute === undefined || attribute.damaged || name === '' || /^u_/i.test(name)) continue;
      report(attribute, [name], [setValue(attribute, `U_${name}`)]);
    }
  },
};
