import { diagnose, type Diagnostic, type Fix } from '../problem/diagnostic.ts';
import type { Severity } from '../problem/problemCode.ts';
import type { TextRange } from '../text/textRange.ts';
import { languageOfFile, type PluginLanguageId } from './fileLanguage.ts';
import { CODE_PREFIXES, PLUGIN_PROBLEMS } from './problems/pluginProblems.ts';
import { SCHEMA_PROBLEM_NUMBERS } from './problems/schemaProblems.ts';
import { xmlProblemArguments, xmlProblemNumber } from './problems/xmlProblems.ts';
import { decodeXml, type DecodedText } from './reader/encoding.ts';
import type { XmlDocument } from './reader/xmlDocument.ts';
import { readXml } from './reader/xmlReader.ts';
import { XML_LANGUAGES, type XmlLanguageId } from './schema/languages.ts';
import { judgeStructure } from './schema/structure.ts';
import { withoutSuppressed } from './suppressions.ts';
import { xmlFixes } from './xmlFixes.ts';

/** Code → severity, or off. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

export interface LintInput {
  /** Name or path; it decides the language and need not exist. */
  readonly fileName: string;
  /** The folder, when the name alone does not say where the file is. */
  readonly folder?: string | undefined;
  /** Decoded text, as an editor has it. */
  readonly text?: string | undefined;
  /** The file's bytes; only with them faults of the encoding can be seen. Used instead of `text`. */
  readonly bytes?: Uint8Array | undefined;
  readonly rules?: RuleSettings | undefined;
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
  const decoded = decode(input);
  const language = languageOfFile(input.fileName, input.folder);
  if (language === undefined || !isXmlLanguage(language)) return { language, text: decoded.text, diagnostics: [] };
  return { language, text: decoded.text, diagnostics: lintXml(language, decoded, input.rules ?? {}) };
}

function decode({ text = '', bytes }: LintInput): DecodedText {
  if (bytes !== undefined) return decodeXml(bytes);
  const byteOrderMark = text.startsWith('\ufeff');
  return {
    text: byteOrderMark ? text.slice(1) : text,
    byteOrderMark,
    encoding: 'UTF-8',
    badAt: -1,
    conflict: undefined,
  };
}

export function isXmlLanguage(language: PluginLanguageId): language is XmlLanguageId {
  return language in XML_LANGUAGES;
}

function lintXml(language: XmlLanguageId, decoded: DecodedText, settings: RuleSettings): readonly Diagnostic[] {
  const model = XML_LANGUAGES[language];
  const prefix = CODE_PREFIXES[language];
  const document = readXml(decoded.text, model);
  addEncodingFaults(document, decoded);
  const found: Diagnostic[] = [];
  const add = (code: string, range: TextRange, args: readonly (string | number)[], fixes: readonly Fix[]): void => {
    const setting = settings[code];
    if (setting === 'off') return;
    const diagnostic = diagnose(PLUGIN_PROBLEMS, code, { start: range.start, end: range.end }, args, fixes);
    found.push(setting === undefined ? diagnostic : { ...diagnostic, severity: setting });
  };
  for (const fault of document.faults) {
    add(`${prefix}${xmlProblemNumber(fault)}`, fault, xmlProblemArguments(fault), xmlFixes(document, fault, model));
  }
  for (const { kind, code, range, args, fixes } of judgeStructure(document, model)) {
    add(code ?? `${prefix}${SCHEMA_PROBLEM_NUMBERS[kind]}`, range, args, fixes);
  }
  found.sort((a, b) => a.range.start - b.range.start);
  return withoutSuppressed(document, found);
}

/** Faults that only the bytes show, at the character or at the declaration's `encoding`. */
function addEncodingFaults(document: XmlDocument, { badAt, encoding, conflict, text }: DecodedText): void {
  const { faults, declaration } = document;
  if (badAt >= 0 && document.root !== undefined) {
    faults.push({ kind: 'badBytes', start: badAt, end: Math.min(badAt + 1, text.length), args: [encoding], at: -1 });
  }
  if (conflict === undefined || faults.some((fault) => fault.kind === 'badDeclaration')) return;
  const place = declaration?.encoding ?? { start: 0, end: Math.min(5, text.length) };
  faults.push({
    kind: 'badEncoding',
    start: place.start,
    end: place.end,
    args: [conflict.declared, conflict.actual === '' ? 'not an encoding that is known' : conflict.actual],
    at: -1,
  });
}
