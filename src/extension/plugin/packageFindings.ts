import { workspace, type Uri } from 'vscode';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import type { PackageFile } from '../../core/plugin/making/packageEntries.ts';
import { withSettings } from '../../core/plugin/lintText.ts';
import { LAYOUT_CODES } from '../../core/plugin/package/layoutCodes.ts';
import { lintPackage } from '../../core/plugin/package/lintPackage.ts';
import { judgeRequest } from '../../core/plugin/package/requestGrants.ts';
import { namesOf, type PackageNames } from '../../core/plugin/package/workspaceNames.ts';
import { PACKAGE_RULES } from '../../core/plugin/rules/package/packageRules.ts';
import type { LintOptions } from './lintOptions.ts';
import { uriOf, type PluginFolder } from './pluginFolders.ts';
import type { RequestFileUses } from './requestGrants.ts';

/** What holds between the files of a package and the requests sent with its credentials, in one of them. */
export interface PackageFindings {
  readonly uri: Uri;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The findings that need more than one file: those of each file by itself are shown with the file. */
export async function findAcrossFiles(
  plugin: PluginFolder,
  files: readonly PackageFile[],
  requests: readonly RequestFileUses[],
  options: LintOptions,
): Promise<{ readonly found: PackageFindings[]; readonly names: PackageNames }> {
  const across = new Set<string>([...PACKAGE_RULES.map(({ code }) => code), ...LAYOUT_CODES]);
  const entries = files.map(({ path, bytes }) => ({ path, size: bytes.length, read: () => Promise.resolve(bytes) }));
  const source = { kind: 'folder', name: plugin.folder.path, entries, faults: [] } as const;
  const result = await lintPackage(source, { ...options, requests });
  const manifest = result.package.manifest?.content;
  const found = [
    ...result.files.map(({ path, text, diagnostics }) => ({
      uri: uriOf(plugin, path === '' ? 'plugin.xml' : path),
      text,
      diagnostics: diagnostics.filter(({ code }) => across.has(code)),
    })),
    ...requests.map((file) => ({
      uri: file.uri,
      text: file.text,
      diagnostics: manifest ? withSettings(judgeRequest(manifest, file), options.rules) : [],
    })),
  ].filter(({ diagnostics }) => diagnostics.length > 0);
  return { found, names: namesOf(workspace.asRelativePath(plugin.folder), result.package) };
}
