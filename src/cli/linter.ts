import path from 'node:path';
import type { TableCatalog } from '../core/catalog/tables.ts';
import type { LintedText } from '../core/output/lint/lintReport.ts';
import { lintText, type LintKnowledge } from '../core/plugin/lintText.ts';
import type { LintConfigs } from './lintConfigs.ts';
import { lintTargets, type PackageTarget, type TextTarget } from './lintTargets.ts';

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

  constructor(options: LinterOptions) {
    this.#options = options;
  }

  async text(target: TextTarget): Promise<LintedText> {
    const { filePath, languageName, bytes } = target;
    const knowledge = this.#knowledgeOf(path.dirname(filePath));
    const { text, diagnostics } = lintText({ fileName: languageName, bytes, ...knowledge });
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
    const { files } = await lintPackage(source, this.#knowledgeOf(isZip ? path.dirname(filePath) : filePath));
    return files
      .filter(({ language, diagnostics }) => language !== undefined || diagnostics.length > 0)
      .map(({ path: inner, text, diagnostics }) => ({
        filePath: inner === '' ? filePath : path.join(filePath, ...inner.split('/')),
        text,
        // nobody writes into a zip
        diagnostics: isZip ? diagnostics.map((found) => ({ ...found, fixes: [] })) : diagnostics,
      }))
      .filter((linted) => !configs.ignores(linted.filePath));
  }

  #knowledgeOf(folder: string): LintKnowledge {
    return { tables: this.#options.tables, rules: this.#options.configs.rulesOf(folder) };
  }
}
