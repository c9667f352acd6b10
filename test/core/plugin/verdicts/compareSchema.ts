import { readFileSync } from 'node:fs';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { PlainManifests } from '../../../../src/core/plugin/plain/plainManifests.ts';
import { XML_LANGUAGES } from '../../../../src/core/plugin/schema/languages.ts';
import type { Libxml2 } from '../../../support/libxml2.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { fixture, VALID_FILES } from '../validFiles.ts';
import { VerdictCount, type Comparison, type IntendedDifferences, type Verdicts } from './comparison.ts';
import { utf8Bytes } from './encodedTexts.ts';
import { SchemaTexts } from './schemaTexts.ts';
import { XmlTexts } from './xmlTexts.ts';

/** The languages that an XSD describes, with a name for a file of each. */
export const XSD_LANGUAGES = {
  plugin: 'plugin.xml',
  named_queries: 'x.named_queries.xml',
  permission_mappings: 'x.permission_mappings.xml',
} as const;

export type XsdLanguage = keyof typeof XSD_LANGUAGES;

function onlyTheirs({ ours, theirs }: Verdicts, messages: RegExp): boolean {
  return ours.length === 0 && theirs.every((message) => messages.test(message));
}

function onlyOurs({ ours, theirs }: Verdicts, codes: RegExp): boolean {
  return theirs.length === 0 && ours.every((code) => codes.test(code));
}

const EMPTY_SQL = String.raw`Element '(?:\{.*\})?sql': \[facet 'minLength'\]`;
const INSTANCE_TYPE = String.raw`xsi:type attribute does not resolve|XMLSchema-instance\}type': The QName value|atomic type 'xs:QName'`;

const INTENDED: IntendedDifferences = {
  'which types xsi:type may name, only the schema of the server knows; an empty <sql> is in use and gets a warning': (
    verdicts,
  ) => onlyTheirs(verdicts, new RegExp(`${EMPTY_SQL}|${INSTANCE_TYPE}`)),
  'a space of another script is a character for XML Schema, and no part of a host or an address': (verdicts) =>
    onlyOurs(verdicts, /^PS14[56]$/) &&
    /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/.test(verdicts.text),
  'an address that is a blank has a length for XML Schema, and is none': (verdicts) =>
    onlyOurs(verdicts, /^PS139$/) && /<(?:\w+:)?url>\s+<\/(?:\w+:)?url>/.test(verdicts.text),
  'xs:unsignedShort has no sign (XML Schema 1.0, part 2, 3.3.23); libxml2 lets one pass': (verdicts) =>
    onlyOurs(verdicts, /^PS138$/) && /\sport="\s*[+-]/.test(verdicts.text),
  'whether names of queries with blanks are the same, no source says': (verdicts) =>
    (onlyOurs(verdicts, /^PS248$/) ||
      onlyTheirs(verdicts, new RegExp(`Duplicate key-sequence|${EMPTY_SQL}|${INSTANCE_TYPE}`))) &&
    /<query [^>]*?name="(?:\s|[^"]*[\s;]|\u0085)/u.test(verdicts.text),
};

/** The linter's codes for what an XSD can see too. */
function isOfSchema(code: string): boolean {
  const number = Number(code.slice(-2));
  return (number >= 30 && number < 43) || ['PS145', 'PS146', 'PS248'].includes(code);
}

/** Compares the linter's errors against the schema with those of libxml2 and an XSD, on random texts that are well-formed. */
export function compareSchemaVerdicts(
  libxml2: Libxml2,
  language: XsdLanguage,
  texts: number,
  seed: number,
): Comparison {
  const xsd = new URL(`../../../fixtures/plugin/xsd/${language}.xsd`, import.meta.url);
  const judge = libxml2.schema(readFileSync(xsd));
  const fileName = XSD_LANGUAGES[language];
  const random = randomNumbers(seed);
  const made = new SchemaTexts(random, XML_LANGUAGES[language]);
  const files = VALID_FILES.filter((file) => file.endsWith(fileName.replace(/^x/, '')));
  const changed = new XmlTexts(
    random,
    files.map((file) => fixture(file).text),
  );
  const plainManifests = new PlainManifests(undefined);
  const count = new VerdictCount(INTENDED);
  while (count.compared < texts && !count.isEnough) {
    const text = random(4) === 0 ? changed.mutated() : made.next();
    const theirs = judge(utf8Bytes(text))?.map(({ message }) => message.trim());
    const errors = lintText({ fileName, text }).diagnostics.filter(({ severity }) => severity === 'error');
    const codes = errors.map(({ code }) => code);
    // what is not well-formed is compared elsewhere
    if (theirs === undefined || codes.some((code) => Number(code.slice(-2)) < 30)) continue;
    const label = `text ${count.compared} of seed ${seed}, ${fileName}`;
    count.compared++;
    if (theirs.length === 0) count.accepted++;
    else if (plainManifests.proveFaultless(text)) count.report(label, text, 'it is taken for faultless');
    count.take(label, { text, ours: codes.filter(isOfSchema), theirs });
  }
  return count;
}
