import { startTagOf } from '../manifest/manifestRule.ts';
import type { PackageRule } from './packageRule.ts';

export const grantNotUsed: PackageRule = {
  code: 'PS477',
  severity: 'info',
  message: '{0} is used by no query and no page of this package.',
  mend: 'Remove it unless a program elsewhere uses it.',
  check({ manifest, queries, pages }, report) {
    if (manifest === undefined || (queries.length === 0 && pages.length === 0)) return;
    const texts = [...queries.map(({ file }) => file), ...pages].map(({ decoded }) => decoded.text);
    const words = new Set(texts.flatMap((text) => text.toUpperCase().match(/[A-Z][\w$#]*/g) ?? []));
    for (const { element, field, key } of manifest.content.fields) {
      if (field.trim() !== '' && !words.has(field.trim().toUpperCase()))
        report(manifest.file, startTagOf(element), [key]);
    }
  },
};
