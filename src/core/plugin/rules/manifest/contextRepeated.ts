import { removeElement } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const contextRepeated: ManifestRule = {
  code: 'PS169',
  check({ links, document }, report) {
    for (const link of links) {
      const seen = new Set<string>();
      for (const context of link.element('ui_contexts')?.elements('ui_context') ?? []) {
        const id = context.attribute('id');
        if (id === undefined || id.value === '') continue;
        if (seen.has(id.value))
          report(id, [id.value], [{ ...removeElement(document, context, 'Remove the second one'), automatic: true }]);
        seen.add(id.value);
      }
    }
  },
};
