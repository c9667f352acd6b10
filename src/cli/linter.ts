import path from 'node:path';
import type { TableCatalog } from '../core/catalog/tables.ts';
import type { LintedText } from '../core/output/lint/lintReport.ts';
import { lintText } from '../core/plugin/lintText.ts';
import { lintTargets, type PackageTarget, type TextTarget } from './lintTargets.ts';

/** Lints what was found, and mends it first when that is asked for. */
export class Linter {
  readonly #tables: TableCatalog;
  readonly #fix: boolean;
  readonly #onLeft: (filePath: string, reason: string) => Promise<void>;

  /** @param onLeft hears of files that could not be mended. */
  constructor(tables: TableCatalog, fix: boolean, onLeft: (filePath: string, reason: string) => Promise<void>) {
    this.#tables = tables;
    this.#fix = fix;
    this.#onLeft = onLeft;
  }

  async text(target: TextTarget): Promise<LintedText> {
    const { filePath, languageName, bytes } = target;
    const tables = this.#tables;
    const { text, diagnostics } = lintText({ fileName: languageName, bytes, tables });
    if (!this.#fix || !diagnostics.some(({ fixes }) => fixes.some(({ automatic }) => automatic))) {
      return { filePath, text, diagnostics };
    }
    const { fixFile } = await import('./lintFixing.ts');
    const fixed = fixFile(target, tables);
    if (fixed.kind === 'left') {
      await this.#onLeft(filePath, fixed.reason);
      return { filePath, text, diagnostics };
    }
    return { filePath, ...lintText({ fileName: languageName, bytes: fixed.bytes, tables }) };
  }

  /** The files of a package, and what concerns it as a whole. A zip is not mended. */
  async package({ filePath }: PackageTarget): Promise<LintedText[]> {
    const { openPackage } = await import('../core/plugin/package/folderSource.ts');
    const { lintPackage } = await import('../core/plugin/package/lintPackage.ts');
    const source = await openPackage(filePath);
    if (this.#fix && source.kind === 'folder') {
      for (const inner of lintTargets(filePath, new Set())) if (inner.kind === 'text') await this.text(inner);
    }
    const { files } = await lintPackage(source, { tables: this.#tables });
    return files
      .filter(({ language, diagnostics }) => language !== undefined || diagnostics.length > 0)
      .map(({ path: inner, text, diagnostics }) => ({
        filePath: inner === '' ? filePath : path.join(filePath, ...inner.split('/')),
        text,
        // nobody writes into a zip
        diagnostics: source.kind === 'zip' ? diagnostics.map((found) => ({ ...found, fixes: [] })) : diagnostics,
      }));
  }
}
