import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import type { Argument } from '../../problem/phrase.ts';
import { lintPageCatalog } from '../catalog/lintPageCatalog.ts';
import { languageOfFile, type PluginLanguageId } from '../fileLanguage.ts';
import { isXmlLanguage, withSettings, type LintKnowledge } from '../lintText.ts';
import { lintXml } from '../lintXml.ts';
import { lintMessageKeys } from '../messages/lintMessageKeys.ts';
import { PLUGIN_PROBLEMS } from '../problems/pluginProblems.ts';
import { PACKAGE_RULES } from '../rules/package/packageRules.ts';
import { withoutSuppressed } from '../suppressions.ts';
import { checkLayout } from './checkLayout.ts';
import type { PackageSource } from './packageSource.ts';
import { readPluginPackage, type PackageText, type PluginPackage } from './pluginPackage.ts';

/** The findings in one file of a package. */
export interface PackageFileResult {
  /** From the top of the source, as in `PackageEntry`; empty for what concerns the package as a whole. */
  readonly path: string;
  readonly language: PluginLanguageId | undefined;
  /** What positions refer to; empty for the package itself and for files that were not read. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PackageLintResult {
  readonly package: PluginPackage;
  /** Every file that was checked, also clean ones, in the order of their paths. */
  readonly files: readonly PackageFileResult[];
}

/** Checks a whole package: each file by itself, the layout, and one file against another. Never throws for any content. */
export async function lintPackage(source: PackageSource, knowledge: LintKnowledge = {}): Promise<PackageLintResult> {
  const read = await readPluginPackage(source);
  return { package: read, files: lintRead(read, knowledge) };
}

/** The same for a package that was read already. */
export function lintRead(read: PluginPackage, knowledge: LintKnowledge = {}): PackageFileResult[] {
  const results = new Map<string, { file: PackageText | undefined; found: Diagnostic[] }>();
  const of = (path: string, file?: PackageText): { file: PackageText | undefined; found: Diagnostic[] } => {
    const known = results.get(path);
    if (known !== undefined) return known;
    const made = { file, found: [] };
    results.set(path, made);
    return made;
  };
  for (const file of read.files) {
    if (file.role !== 'page') of(file.path, file).found.push(...lintFile(file, knowledge));
  }
  checkLayout(read, (code, path, args = []) => {
    const file = read.files.find((each) => each.path === path);
    const end = firstLineEnd(file?.decoded.text ?? '');
    of(path, file).found.push(diagnose(PLUGIN_PROBLEMS, code, { start: 0, end }, args));
  });
  const subject = { ...read, tables: knowledge.tables, requests: knowledge.requests };
  for (const { code, check } of PACKAGE_RULES) {
    if (knowledge.rules?.[code] === 'off') continue;
    check(subject, (file, { start, end }, args = [], fixes = []) => {
      of(file.path, file).found.push(diagnose(PLUGIN_PROBLEMS, code, { start, end }, args, fixes));
    });
  }
  return [...results]
    .map(([path, { file, found }]) => finish(path, file, found, knowledge))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function lintFile({ inside, decoded, document }: PackageText, knowledge: LintKnowledge): readonly Diagnostic[] {
  const language = languageOfFile(inside);
  if (language === undefined) return [];
  // settings and suppressions are applied to all findings of a file together
  const plain = { ...knowledge, rules: undefined };
  if (isXmlLanguage(language))
    return document === undefined ? [] : lintXml(language, decoded, plain, document).diagnostics;
  return language === 'page_catalog' ? lintPageCatalog(decoded.text) : lintMessageKeys(inside, decoded.text);
}

function finish(
  path: string,
  file: PackageText | undefined,
  found: readonly Diagnostic[],
  knowledge: LintKnowledge,
): PackageFileResult {
  const set = withSettings(found, knowledge.rules).sort((a, b) => a.range.start - b.range.start);
  const kept = file === undefined ? set : withoutSuppressed(file.decoded.text, file.document, set);
  return {
    path,
    language: file === undefined ? undefined : languageOfFile(file.inside),
    text: file?.decoded.text ?? '',
    diagnostics: withoutConsequences(kept),
  };
}

/** A name that is not known is not asked for either: the first says all. So with a table that is not asked for. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  PS475: ['PS263', 'PS264', 'PS478'],
  PS479: ['PS475'],
};

function withoutConsequences(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const isCause = new Set(Object.values(CONSEQUENCES).flat());
  const causes = found.filter(({ code }) => isCause.has(code));
  if (causes.length === 0) return found;
  return found.filter(
    ({ code, range, args: [name] }) =>
      !causes.some(
        (cause) =>
          CONSEQUENCES[code]?.includes(cause.code) === true &&
          // each unknown name is told once
          (cause.range.start === range.start || told(name).startsWith(`${told(cause.args[0])}.`)),
      ),
  );
}

function told(name: Argument = ''): string {
  return typeof name === 'string' ? name.toUpperCase() : '';
}

function firstLineEnd(text: string): number {
  return text.search(/[\r\n]|$/);
}
