import type { ProblemCode, ProblemTable } from '../../problem/problemCode.ts';
import type { XmlLanguageId } from '../schema/languages.ts';
import rows from './pluginProblems.json' with { type: 'json' };

/** The first digits of the codes of each XML language; the last two digits mean the same in all of them below 45. */
export const CODE_PREFIXES = {
  plugin: 'PS1',
  named_queries: 'PS2',
  permission_mappings: 'PS3',
  user_schema: 'PS4',
} as const satisfies Record<XmlLanguageId, string>;

type Key = keyof typeof rows;
type Row = Omit<ProblemCode, 'source'> & Partial<Pick<ProblemCode, 'source'>>;
/** The last two digits of what means the same in all XML languages. */
export type XmlProblemNumber = Key extends infer Each ? (Each extends `PS?${infer Number}` ? Number : never) : never;
/** A code that means one thing. */
export type PluginRuleCode = Exclude<Key, `PS?${string}`>;
export type PluginProblemCode = PluginRuleCode | `${(typeof CODE_PREFIXES)[XmlLanguageId]}${XmlProblemNumber}`;

/** Who says what a schema asks for, where a row does not name its own source. */
const SCHEMA_SOURCES = {
  plugin: "PowerSchool's plugin.xsd and developer documentation (Plugin XML), confirmed on real plugins",
  named_queries: 'PowerSchool developer documentation (PowerQueries), confirmed on real query files',
  permission_mappings: 'PowerSchool developer documentation (Plugin ZIP), confirmed on real mapping files',
  user_schema: 'PowerSchool Advanced User Guide for Database Extensions, confirmed on real extension files',
} as const satisfies Record<XmlLanguageId, string>;

/** Not as the schema of database extensions asks: our knowledge of that format may have gaps. */
const DOUBTFUL = /^PS4(?:3[2-9]|4)/;

/**
 * Every code that the plugin checks report. PS100-PS129 and the like: not well-formed XML; PS130-PS144: not as the
 * schema asks; from PS145: rules. Numbers are never given to another meaning. What holds for the files of every
 * language has one row for all: `PS?05` for PS105 to PS405.
 */
export const PLUGIN_PROBLEMS = Object.fromEntries(
  Object.entries<Row>(rows as Record<Key, Row>).flatMap(([key, row]) =>
    key.startsWith('PS?') ? rowsOfLanguages(key, row) : [[key, row] as const],
  ),
) as ProblemTable<PluginProblemCode>;

function rowsOfLanguages(key: string, row: Row): (readonly [string, Row])[] {
  return (Object.keys(CODE_PREFIXES) as XmlLanguageId[]).map((language) => {
    const code = CODE_PREFIXES[language] + key.slice('PS?'.length);
    const { severity } = row;
    return [
      code,
      { source: SCHEMA_SOURCES[language], ...row, severity: DOUBTFUL.test(code) ? 'warning' : severity },
    ] as const;
  });
}
