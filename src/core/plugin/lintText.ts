import type { TableCatalog } from '../catalog/tables.ts';
import type { Diagnostic } from '../problem/diagnostic.ts';
import type { Severity } from '../problem/problemCode.ts';
import { lintPageCatalog } from './catalog/lintPageCatalog.ts';
import { languageOfFile, type PluginLanguageId } from './fileLanguage.ts';
import { lintXml } from './lintXml.ts';
import { lintMessageKeys } from './messages/lintMessageKeys.ts';
import type { RequestUses } from './package/requestGrants.ts';
import type { PlainManifests } from './plain/plainManifests.ts';
import { decodedText, decodeXml, type DecodedText } from './reader/encoding.ts';
import { XML_LANGUAGES, type XmlLanguageId } from './schema/languages.ts';

import { withoutSuppressed } from './suppressions.ts';

export { fixAll } from './fixAll.ts';

/** Code → severity, or off. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

/** What a check may know besides the text. */
export interface LintKnowledge {
  readonly rules?: RuleSettings | undefined;
  /** Known tables and columns; without them their names are not judged. */
  readonly tables?: TableCatalog | undefined;
  /** The request files that are sent with the credentials of the package; only whole packages are judged by them. */
  readonly requests?: readonly RequestUses[] | undefined;
  /** Name and version of the plugin as last committed. */
  readonly committed?: { readonly name: string; readonly version: string } | undefined;
  /** For many manifests, with the same tables: those without a fault are found sooner. */
  readonly plainManifests?: PlainManifests | undefined;
}

export interface LintInput extends LintKnowledge {
  /** Name or path; it decides the language and need not exist. */
  readonly fileName: string;
  /** The folder, when the name alone does not say where the file is. */
  readonly folder?: string | undefined;
  /** Decoded text, as an editor has it. */
  readonly text?: string | undefined;
  /** The file's bytes; only with them faults of the encoding can be seen. Used instead of `text`. */
  readonly bytes?: Uint8Array | undefined;
  /** What became of the bytes, when somebody decoded them already. Used instead of both. */
  readonly decoded?: DecodedText | undefined;
}

export interface LintResult {
  /** Undefined: not a file of a plugin package, nothing was checked. */
  readonly language: PluginLanguageId | undefined;
  /** What the positions refer to: decoded, without byte order mark. */
  readonly text: string;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks one text of a plugin package by itself. Never throws for any content. */
export function lintText(input: LintInput): LintResult {
  const language = languageOfFile(input.fileName, input.folder);
  const decoded = input.decoded ?? decode(input);
  const { text } = decoded;
  if (language === undefined) return { language, text, diagnostics: [] };
  if (isPlainManifest(language, decoded, input)) return { language, text, diagnostics: [] };
  if (isXmlLanguage(language)) return { language, text, diagnostics: lintXml(language, decoded, input).diagnostics };
  const found = language === 'page_catalog' ? lintPageCatalog(text) : lintMessageKeys(input.fileName, text);
  return { language, text, diagnostics: withoutSuppressed(text, undefined, withSettings(found, input.rules)) };
}

/** With what was committed, versions are to be compared. */
function isPlainManifest(
  language: PluginLanguageId,
  { text, badAt, conflict }: DecodedText,
  { plainManifests, committed }: LintKnowledge,
): boolean {
  if (language !== 'plugin' || plainManifests === undefined) return false;
  return badAt < 0 && conflict === undefined && committed === undefined && plainManifests.proveFaultless(text);
}

/** Decodes bytes, or takes a byte order mark off a text. */
export function decode({ text = '', bytes }: Pick<LintInput, 'text' | 'bytes'>): DecodedText {
  return bytes === undefined ? decodedText(text) : decodeXml(bytes);
}

export function isXmlLanguage(language: PluginLanguageId): language is XmlLanguageId {
  return language in XML_LANGUAGES;
}

/** Gives findings the severities that the user chose. */
export function withSettings(found: readonly Diagnostic[], rules: RuleSettings = {}): Diagnostic[] {
  const kept: Diagnostic[] = [];
  for (const diagnostic of found) {
    const setting = rules[diagnostic.code];
    if (setting === undefined) kept.push(diagnostic);
    else if (setting !== 'off') kept.push({ ...diagnostic, severity: setting });
  }
  return kept;
}
