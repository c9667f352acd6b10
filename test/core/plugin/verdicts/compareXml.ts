import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { PlainManifests } from '../../../../src/core/plugin/plain/plainManifests.ts';
import { decodeXml } from '../../../../src/core/plugin/reader/encoding.ts';
import { readXml } from '../../../../src/core/plugin/reader/xmlReader.ts';
import type { Libxml2 } from '../../../support/libxml2.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { fixture, VALID_FILES } from '../validFiles.ts';
import { VerdictCount, type Comparison, type IntendedDifferences, type Verdicts } from './comparison.ts';
import { encoded, utf8Bytes } from './encodedTexts.ts';
import { XmlTexts } from './xmlTexts.ts';

function onlyOurs({ ours, theirs }: Verdicts, ...kinds: readonly string[]): boolean {
  return theirs.length === 0 && ours.every((kind) => kinds.includes(kind));
}

const INTENDED: IntendedDifferences = {
  'XML allows what a DOCTYPE can do; our policy does not': ({ ours }) =>
    ours.includes('doctypeUnsafe') || ours.includes('23'),
  'a namespace is compared: nobody need check that it is an address (Namespaces in XML 1.0, section 8)': ({
    ours,
    theirs,
  }) => ours.length === 0 && theirs.every((message) => /^xmlns.* is not a valid URI\s*$/s.test(message)),
  'a version has digits behind its dot (XML 1.0, production 26); libxml2 does not mind': (verdicts) =>
    onlyOurs(verdicts, 'badDeclaration', '03') && /version\s*=\s*(["'])1\.\1/.test(verdicts.text),
  'to declare one encoding and be in another is fatal (XML 1.0, 4.3.3); for libxml2 the first bytes decide': ({
    ours,
    theirs,
  }) => theirs.length === 0 && (ours.includes('badEncoding') || ours.includes('02')),
  'no SQL has in it the end tag of its element and another CDATA section: the first one has lost its end': (verdicts) =>
    verdicts.theirs.length === 0 &&
    verdicts.ours.includes('16') &&
    /<!\[CDATA\[.*<\/.*<!\[CDATA\[/s.test(verdicts.text),
};

/** The linter's codes below this, without the digit of the language, are about XML. */
const FIRST_OF_SCHEMA = 30;

const FILE_NAMES = VALID_FILES.filter((file) => file.endsWith('.xml'));
/** Compares what the reader and the linter say of random texts as XML with what libxml2 says. The same seed gives the same. */
export function compareXmlVerdicts(
  libxml2: Libxml2,
  texts: number,
  seed: number,
  valid: readonly string[] = FILE_NAMES.map((file) => fixture(file).text),
): Comparison {
  const random = randomNumbers(seed);
  const source = new XmlTexts(random, valid);
  const plainManifests = new PlainManifests(undefined);
  const count = new VerdictCount(INTENDED);
  for (; count.compared < texts && !count.isEnough; count.compared++) {
    const made = source.next();
    const bytes = random(6) === 0 ? encoded(made, random) : utf8Bytes(made);
    const fileName = FILE_NAMES[random(FILE_NAMES.length)] ?? '';
    const label = `text ${count.compared} of seed ${seed}, ${fileName}`;
    const theirs = libxml2.faults(bytes).map(({ message }) => message.trim());
    if (theirs.length === 0) count.accepted++;
    const { text } = decodeXml(bytes);
    if (theirs.length > 0 && plainManifests.proveFaultless(text))
      count.report(label, text, 'it is taken for faultless');
    count.take(label, { text, ours: readerFaults(bytes), theirs });
    count.take(label, { text, ours: linterErrors(fileName, bytes), theirs });
  }
  return count;
}

function readerFaults(bytes: Uint8Array): string[] {
  const { text, badAt, conflict } = decodeXml(bytes);
  const kinds: string[] = readXml(text).faults.map(({ kind }) => kind);
  if (badAt >= 0) kinds.push('badBytes');
  if (conflict !== undefined) kinds.push('badEncoding');
  return kinds.filter((kind) => kind !== 'doctype');
}

function linterErrors(fileName: string, bytes: Uint8Array): string[] {
  return lintText({ fileName, bytes })
    .diagnostics.filter(({ severity, code }) => severity === 'error' && Number(code.slice(-2)) < FIRST_OF_SCHEMA)
    .map(({ code }) => code.slice(-2));
}
