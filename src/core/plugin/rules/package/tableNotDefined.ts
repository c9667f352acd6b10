import type { Fix } from '../../../problem/diagnostic.ts';
import type { XmlAttribute } from '../../reader/xmlDocument.ts';
import { nearestName } from '../../schema/nearestName.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { PackageSubject, PackageReport, PackageRule } from './packageRule.ts';

/** Reports the U_ tables of fields and queries that the package's own extension files do not define. */
function undefinedTables(subject: PackageSubject, report: PackageReport): void {
  const defined = new Set(
    subject.extensions.flatMap(({ content }) => content.tables.map(({ name }) => name.toUpperCase())),
  );
  const said = new Set<string>();
  const meant = (attribute: XmlAttribute | undefined, table: string, rest: string): Fix[] => {
    const near = nearestName(table, defined);
    return attribute === undefined || near === undefined ? [] : [setValue(attribute, `${near}${rest}`)];
  };
  const isNew = (table: string): boolean => {
    const name = table.toUpperCase();
    if (!/^U_\w/.test(name) || name.startsWith('U_DEF_EXT_') || defined.has(name) || said.has(name)) return false;
    said.add(name);
    return true;
  };
  for (const { element, table } of subject.manifest?.content.fields ?? []) {
    const attribute = element.attribute('table');
    if (subject.manifest !== undefined && attribute !== undefined && isNew(table.trim()))
      report(subject.manifest.file, attribute, [table], meant(attribute, table.trim(), ''));
  }
  for (const { file, content } of subject.queries) {
    for (const { columns } of content.queries) {
      for (const { element, column, name } of columns) {
        const table = (column ?? name).split('.')[0] ?? '';
        if (table !== (column ?? name) && isNew(table))
          report(
            file,
            element.attribute('column') ?? { start: element.start, end: element.end },
            [table],
            meant(element.attribute('column'), table, (column ?? name).slice(table.length)),
          );
      }
    }
  }
}

export const tableNotDefined: PackageRule = {
  code: 'PS478',
  check(subject, report) {
    if (subject.extensions.length > 0) undefinedTables(subject, report);
  },
};

export const tableOfServer: PackageRule = {
  code: 'PS479',
  check(subject, report) {
    if (subject.extensions.length === 0) undefinedTables(subject, report);
  },
};
