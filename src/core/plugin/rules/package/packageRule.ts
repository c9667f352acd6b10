import type { TableCatalog } from '../../../catalog/tables.ts';
import type { Fix } from '../../../problem/diagnostic.ts';
import type { Argument } from '../../../problem/phrase.ts';
import type { TextRange } from '../../../text/textRange.ts';
import type { RequestUses } from '../../package/requestGrants.ts';
import type { PackageText, PluginPackage } from '../../package/pluginPackage.ts';
import type { PluginRuleCode } from '../../problems/pluginProblems.ts';

/** How a rule tells of a finding in a file of the package. */
export type PackageReport = (
  file: PackageText,
  range: TextRange,
  args?: readonly Argument[],
  fixes?: readonly Fix[],
) => void;

/** What a rule across files looks at. */
export interface PackageSubject extends PluginPackage {
  readonly tables?: TableCatalog | undefined;
  /** The request files that are sent with its credentials. */
  readonly requests?: readonly RequestUses[] | undefined;
}

/** A rule that needs more than one file. */
export interface PackageRule {
  readonly code: PluginRuleCode;
  readonly check: (subject: PackageSubject, report: PackageReport) => void;
}
