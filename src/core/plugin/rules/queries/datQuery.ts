import type { QueryRule } from './queryRule.ts';

export const datQuery: QueryRule = {
  code: 'PS275',
  severity: 'error',
  message: 'A query with dat="true" needs {0}.',
  mend: 'Add it, or remove dat.',
  check({ queries }, report) {
    for (const { element, dat, flattened, coreTable } of queries) {
      const attribute = element.attribute('dat');
      if (!dat || attribute === undefined) continue;
      const missing: string[] = [];
      if (!flattened) missing.push('flattened="true"');
      if (!/^(?:students|schoolstaff)$/i.test((coreTable ?? '').trim()))
        missing.push('coreTable Students or SchoolStaff');
      if (missing.length > 0) report(attribute, [missing.join(' and ')]);
    }
  },
};
