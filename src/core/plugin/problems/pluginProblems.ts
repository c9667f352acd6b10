import type { ProblemTable } from '../../problem/problemCode.ts';
import { PAGE_CATALOG_PROBLEMS } from '../catalog/pageCatalogProblems.ts';
import { MESSAGE_KEY_PROBLEMS } from '../messages/lintMessageKeys.ts';
import { LAYOUT_PROBLEMS } from '../package/layoutProblems.ts';
import { REQUEST_GRANT_PROBLEMS } from '../package/requestGrants.ts';
import { WORKSPACE_PROBLEMS } from '../package/workspaceNames.ts';
import { TEXT_RULES } from '../rules/allRules.ts';
import { PACKAGE_RULES } from '../rules/package/packageRules.ts';
import type { XmlLanguageId } from '../schema/languages.ts';
import { schemaProblemRows, withPrefix } from './schemaProblems.ts';
import { XML_PROBLEM_ROWS } from './xmlProblems.ts';

/** The first digits of the codes of each XML language; the last two digits mean the same in all of them below 45. */
export const CODE_PREFIXES = {
  plugin: 'PS1',
  named_queries: 'PS2',
  permission_mappings: 'PS3',
  user_schema: 'PS4',
} as const satisfies Record<XmlLanguageId, string>;

/**
 * Every code that the plugin checks report. PS100-PS129 and the like: not well-formed XML; PS130-PS144: not as the
 * schema asks; from PS145: rules. Numbers are never given to another meaning.
 */
export const PLUGIN_PROBLEMS: ProblemTable = {
  ...xmlLanguageRows('plugin'),
  ...xmlLanguageRows('named_queries'),
  ...xmlLanguageRows('permission_mappings'),
  ...xmlLanguageRows('user_schema'),
  ...Object.fromEntries(
    [...TEXT_RULES, ...PACKAGE_RULES].map(({ code, severity, message, mend }) => [code, { severity, message, mend }]),
  ),
  ...LAYOUT_PROBLEMS,
  ...REQUEST_GRANT_PROBLEMS,
  ...WORKSPACE_PROBLEMS,
  ...PAGE_CATALOG_PROBLEMS,
  ...MESSAGE_KEY_PROBLEMS,
};

function xmlLanguageRows(language: XmlLanguageId): ProblemTable {
  const prefix = CODE_PREFIXES[language];
  return {
    ...withPrefix(prefix, XML_PROBLEM_ROWS),
    ...withPrefix(prefix, schemaProblemRows(language === 'user_schema' ? 'warning' : 'error')),
  };
}
