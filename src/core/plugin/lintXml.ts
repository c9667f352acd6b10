import type { Argument } from '../problem/phrase.ts';
import { diagnose, type Diagnostic, type Fix } from '../problem/diagnostic.ts';
import type { TextRange } from '../text/textRange.ts';
import { readDatabaseExtension } from './database/databaseExtension.ts';
import type { LintKnowledge } from './lintText.ts';
import { readManifest } from './manifest/manifest.ts';
import { readMappingFile } from './mapping/permissionMapping.ts';
import { CODE_PREFIXES, PLUGIN_PROBLEMS } from './problems/pluginProblems.ts';
import { SCHEMA_PROBLEM_NUMBERS } from './problems/schemaProblems.ts';
import { xmlProblemArguments, xmlProblemNumber } from './problems/xmlProblems.ts';
import { readQueryFile } from './query/namedQuery.ts';
import type { DecodedText } from './reader/encoding.ts';
import type { XmlDocument, XmlElement } from './reader/xmlDocument.ts';
import { readXml } from './reader/xmlReader.ts';
import { DATABASE_RULES } from './rules/database/databaseRules.ts';
import { MANIFEST_RULES } from './rules/manifest/manifestRules.ts';
import { MAPPING_RULES } from './rules/mappings/mappingRules.ts';
import { repeatedFields } from './rules/manifest/repeatedFields.ts';
import { unknownNames } from './rules/manifest/unknownNames.ts';
import { QUERY_RULES } from './rules/queries/queryRules.ts';
import type { Report, Rule } from './rules/rule.ts';
import { NameChecker } from './rules/tableNames.ts';
import { XML_LANGUAGES, type XmlLanguageId } from './schema/languages.ts';
import { judgeStructure } from './schema/structure.ts';
import { withoutSuppressed } from './suppressions.ts';
import { xmlFixes } from './xmlFixes.ts';

type Add = (code: string, range: TextRange, args: readonly Argument[], fixes: readonly Fix[]) => void;

/** Checks an XML file: as XML, against its schema, and by the rules of its language. `document` when it was read already. */
export function lintXml(
  language: XmlLanguageId,
  decoded: DecodedText,
  knowledge: LintKnowledge,
  document: XmlDocument = readXml(decoded.text, XML_LANGUAGES[language]),
): { readonly document: XmlDocument; readonly diagnostics: readonly Diagnostic[] } {
  const model = XML_LANGUAGES[language];
  const prefix = CODE_PREFIXES[language];
  addEncodingFaults(document, decoded);
  const settings = knowledge.rules ?? {};
  const found: Diagnostic[] = [];
  const add: Add = (code, { start, end }, args, fixes) => {
    const setting = settings[code];
    if (setting === 'off') return;
    const diagnostic = diagnose<string>(PLUGIN_PROBLEMS, code, { start, end }, args, fixes);
    found.push(setting === undefined ? diagnostic : { ...diagnostic, severity: setting });
  };
  for (const fault of document.faults) {
    add(`${prefix}${xmlProblemNumber(fault)}`, fault, xmlProblemArguments(fault), xmlFixes(document, fault, model));
  }
  for (const { kind, code, range, args, fixes } of judgeStructure(document, model)) {
    add(code ?? `${prefix}${SCHEMA_PROBLEM_NUMBERS[kind]}`, range, args, fixes);
  }
  const { root } = document;
  if (root?.name.local === model.rootName) applyRules(language, document, root, knowledge, add);
  found.sort((a, b) => a.range.start - b.range.start);
  return { document, diagnostics: withoutSuppressed(document.text, document, found) };
}

function applyRules(
  language: XmlLanguageId,
  document: XmlDocument,
  root: XmlElement,
  { tables, committed, rules: settings = {} }: LintKnowledge,
  add: Add,
): void {
  let code = '';
  const anySettings = Object.keys(settings).length > 0;
  const report: Report = (range, args = [], fixes = []) => add(code, range, args, fixes);
  const apply = <Subject>(rules: readonly Rule<Subject>[], subject: Subject): void => {
    for (const rule of rules) {
      ({ code } = rule);
      if (!anySettings || settings[code] !== 'off') rule.check(subject, report);
    }
  };
  const names = tables === undefined ? undefined : new NameChecker(tables);
  switch (language) {
    case 'plugin': {
      const manifest = readManifest(document, root);
      let repeated: ReturnType<typeof repeatedFields> | undefined;
      let unknown: ReturnType<typeof unknownNames> | undefined;
      return apply(MANIFEST_RULES, {
        ...manifest,
        committed,
        repeatedFields: () => (repeated ??= repeatedFields(manifest)),
        unknownNames: () => (unknown ??= unknownNames(manifest, names)),
      });
    }
    case 'named_queries':
      return apply(QUERY_RULES, { ...readQueryFile(document, root), tables, names });
    case 'permission_mappings':
      return apply(MAPPING_RULES, readMappingFile(document, root));
    case 'user_schema':
      return apply(DATABASE_RULES, readDatabaseExtension(document, root));
  }
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
    args: [conflict.declared, conflict.actual],
    at: -1,
  });
}
