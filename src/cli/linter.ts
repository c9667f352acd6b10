import path from 'node:path';
import type { TableCatalog } from '../core/catalog/tables.ts';
import type { LintedText } from '../core/output/lint/lintReport.ts';
import { lintText, withSettings, type LintKnowledge } from '../core/plugin/lintText.ts';
import { MANIFEST_NAME } from '../core/plugin/making/packageEntries.ts';
import type { PackageFileResult } from '../core/plugin/package/lintPackage.ts';
import { PlainManifests } from '../core/plugin/plain/plainManifests.ts';
import { namesOf, repeatedNames, type PackageNames } from '../core/plugin/package/workspaceNames.ts';
import type { RequestUses } from '../core/plugin/package/requestGrants.ts';
import type { LintConfigs } from './lintConfigs.ts';
import { isPackageFolder, lintTargets, type PackageTarget, type TextTarget } from './lintTargets.ts';

export interface LinterOptions {
  readonly tables: TableCatalog;
  readonly configs: LintConfigs;
  readonly fix: boolean;
  /** Hears of files that could not be mended. */
  readonly onLeft: (filePath: string, reason: string) => Promise<void>;
}

/** Lints what was found, and mends it first when that is asked for. */
export class Linter {
  readonly #options: LinterOptions;
  readonly #plainManifests: PlainManifests;
  /** Of every package folder so far. */
  readonly #names: PackageNames[] = [];

  constructor(options: LinterOptions) {
    this.#options = options;
    this.#plainManifests = new PlainManifests(options.tables);
  }

  async text(target: TextTarget): Promise<LintedText> {
    const { filePath, languageName, decoded } = target;
    const knowledge = this.#knowledgeOf(path.dirname(filePath));
    const plainManifests = this.#plainManifests;
    const { text, diagnostics } = lintText({ fileName: languageName, decoded, ...knowledge, plainManifests });
    if (!this.#options.fix || !diagnostics.some(({ fixes }) => fixes.some(({ automatic }) => automatic))) {
      return { filePath, text, diagnostics };
    }
    const { fixFile } = await import('./lintFixing.ts');
    const fixed = fixFile(target, knowledge);
    if (fixed.kind === 'left') {
      await this.#options.onLeft(filePath, fixed.reason);
      return { filePath, text, diagnostics };
    }
    return { filePath, ...lintText({ fileName: languageName, bytes: fixed.bytes, ...knowledge }) };
  }

  /** The files of a package, and what concerns it as a whole. A zip is not mended. */
  async package({ filePath }: PackageTarget): Promise<LintedText[]> {
    const { openPackage } = await import('../core/plugin/package/folderSource.ts');
    const { lintPackage } = await import('../core/plugin/package/lintPackage.ts');
    const source = await openPackage(filePath);
    const isZip = source.kind === 'zip';
    const { configs } = this.#options;
    if (this.#options.fix && !isZip) {
      for (const inner of lintTargets(filePath, new Set())) {
        if (inner.kind === 'text' && !configs.ignores(inner.filePath)) await this.text(inner);
      }
    }
    const { files, package: plugin } = await lintPackage(
      source,
      this.#knowledgeOf(isZip ? path.dirname(filePath) : filePath),
    );
    if (!isZip) this.#names.push(namesOf(filePath, plugin));
    // nobody writes into a zip
    return this.#shown(filePath, isZip ? files.map(withoutFixes) : files);
  }

  /** The same for a folder whose credentials these request files are sent with. The files among them with findings follow. */
  async packageWithRequests(folder: string, requests: readonly RequestUses[]): Promise<LintedText[]> {
    const { openPackage } = await import('../core/plugin/package/folderSource.ts');
    const { lintPackage } = await import('../core/plugin/package/lintPackage.ts');
    const { judgeRequest } = await import('../core/plugin/package/requestGrants.ts');
    const knowledge = this.#knowledgeOf(folder);
    // beside a manifest alone may stand anything
    const source = await openPackage(isPackageFolder(folder) ? folder : path.join(folder, MANIFEST_NAME));
    const { files, package: plugin } = await lintPackage(source, { ...knowledge, requests });
    const manifest = plugin.manifest?.content;
    const { configs } = this.#options;
    return [
      ...this.#shown(folder, files),
      ...requests.flatMap((file) => {
        if (manifest === undefined || configs.ignores(file.path)) return [];
        const diagnostics = withSettings(judgeRequest(manifest, file), knowledge.rules);
        return diagnostics.length === 0 ? [] : { filePath: file.path, text: file.text, diagnostics };
      }),
    ];
  }

  /** Names that the packages share which were linted until now. @param shown makes a path fit for a message. */
  repeatedNames(shown: (folder: string) => string): LintedText[] {
    if (this.#names.length < 2) return [];
    const folders = new Map(this.#names.map(({ folder }) => [shown(folder), folder]));
    const renamed = this.#names.map(({ folder, plugin, queries }) => ({ folder: shown(folder), plugin, queries }));
    return repeatedNames(renamed).map(({ folder, path: inner, text, diagnostic }) => {
      const at = folders.get(folder) ?? folder;
      return {
        filePath: path.join(at, ...inner.split('/')),
        text,
        diagnostics: withSettings([diagnostic], this.#knowledgeOf(at).rules),
      };
    });
  }

  #shown(folder: string, files: readonly PackageFileResult[]): LintedText[] {
    return files
      .filter(({ language, diagnostics }) => language !== undefined || diagnostics.length > 0)
      .map(({ path: inner, text, diagnostics }) => ({
        filePath: inner === '' ? folder : path.join(folder, ...inner.split('/')),
        text,
        diagnostics,
      }))
      .filter(({ filePath }) => !this.#options.configs.ignores(filePath));
  }

  #knowledgeOf(folder: string): LintKnowledge {
    return { tables: this.#options.tables, rules: this.#options.configs.rulesOf(folder) };
  }
}

function withoutFixes({ path: inside, language, text, diagnostics }: PackageFileResult): PackageFileResult {
  const left = diagnostics.map(({ code, severity, message, args, sentences, range }) => ({
    code,
    severity,
    message,
    args,
    sentences,
    range,
    fixes: [],
  }));
  return { path: inside, language, text, diagnostics: left };
}
