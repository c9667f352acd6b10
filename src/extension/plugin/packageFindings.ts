import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import type { PackageFile } from '../../core/plugin/making/packageEntries.ts';
import { LAYOUT_PROBLEMS } from '../../core/plugin/package/layoutProblems.ts';
import { lintPackage } from '../../core/plugin/package/lintPackage.ts';
import { PACKAGE_RULES } from '../../core/plugin/rules/package/packageRules.ts';
import type { LintOptions } from './lintOptions.ts';

/** What holds between the files of a package, in one of them. */
export interface PackageFindings {
  readonly path: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The findings that need more than one file: those of each file by itself are shown with the file. */
export async function findAcrossFiles(
  name: string,
  files: readonly PackageFile[],
  options: LintOptions,
): Promise<PackageFindings[]> {
  const across = new Set([...PACKAGE_RULES.map(({ code }) => code), ...Object.keys(LAYOUT_PROBLEMS)]);
  const entries = files.map(({ path, bytes }) => ({ path, size: bytes.length, read: () => Promise.resolve(bytes) }));
  const result = await lintPackage({ kind: 'folder', name, entries, faults: [] }, options);
  return result.files
    .map(({ path, text, diagnostics }) => ({
      path: path === '' ? 'plugin.xml' : path,
      text,
      diagnostics: diagnostics.filter(({ code }) => across.has(code)),
    }))
    .filter(({ diagnostics }) => diagnostics.length > 0);
}
