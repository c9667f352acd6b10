import { startTagOf } from '../manifest/manifestRule.ts';
import { removeElement } from '../../schema/structureFixes.ts';
import { NameChecker } from '../tableNames.ts';
import type { PackageRule } from './packageRule.ts';

export const grantNotUsed: PackageRule = {
  code: 'PS477',
  check({ manifest, queries, pages, tables, requests = [] }, report) {
    const uses = requests.flatMap((file) => file.uses.filter((use) => use.kind === 'table'));
    if (manifest === undefined || (queries.length === 0 && pages.length === 0 && uses.length === 0)) return;
    const texts = [...queries.map(({ file }) => file), ...pages].map(({ decoded }) => decoded.text);
    const words = new Set(texts.flatMap((text) => text.toUpperCase().match(/[A-Z][\w$#]*/g) ?? []));
    const whole = new Set(uses.filter(({ everything }) => everything).map(({ table }) => table.toUpperCase()));
    const requested = new Set(
      uses.flatMap(({ table, columns }) => columns.map(({ text }) => `${table}.${text}`.toUpperCase())),
    );
    const names = tables && new NameChecker(tables);
    for (const { element, table, field, key } of manifest.content.fields) {
      const name = field.trim().toUpperCase();
      if (name === '' || words.has(name) || requested.has(key) || whole.has(table.trim().toUpperCase())) continue;
      // a misspelt one is used under its right name
      const check = names?.check(table, field);
      if (check !== undefined && check.kind !== 'known' && check.nearest !== undefined) continue;
      report(manifest.file, startTagOf(element), [key], [removeElement(manifest.content.document, element)]);
    }
  },
};
