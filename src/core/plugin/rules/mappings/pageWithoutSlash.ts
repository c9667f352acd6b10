import type { MappingRule } from './mappingRule.ts';

export const pageWithoutSlash: MappingRule = {
  code: 'PS351',
  check({ permissions }, report) {
    for (const { element, page } of permissions) {
      const attribute = element.attribute('name');
      if (attribute === undefined || attribute.damaged || page === '' || page.startsWith('/')) continue;
      const at = attribute.valueStart + attribute.value.search(/\S/);
      const fix = {
        title: 'Insert /',
        automatic: /^\w+\/\S+$/.test(page),
        edits: [{ range: { start: at, end: at }, text: '/' }],
      };
      report(attribute, [page], [fix]);
    }
  },
};
