import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { PlainManifests } from '../../../../src/core/plugin/plain/plainManifests.ts';
import { decodeXml } from '../../../../src/core/plugin/reader/encoding.ts';
import { readXml } from '../../../../src/core/plugin/reader/xmlReader.ts';
import type { Libxml2 } from '../../../support/libxml2.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { fixture, VALID_FILES } from '../validFiles.ts';
import { encoded, utf8Bytes } from './encodedTexts.ts';
import { XmlTexts } from './xmlTexts.ts';

/** What is known of one text from both sides. */
interface Verdicts {
  readonly text: string;
  /** Kinds of the reader's faults, or the codes of the linter's errors without language. */
  readonly ours: readonly string[];
  /** Messages of libxml2. */
  readonly theirs: readonly string[];
}

function onlyOurs({ ours, theirs }: Verdicts, ...kinds: readonly string[]): boolean {
  return theirs.length === 0 && ours.every((kind) => kinds.includes(kind));
}

/** Where the two are meant to differ, by the reason. */
const INTENDED: Readonly<Record<string, (verdicts: Verdicts) => boolean>> = {
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

/** What a run of random texts found. */
export interface Comparison {
  readonly compared: number;
  /** How many of them libxml2 takes for well-formed. */
  readonly wellFormed: number;
  /** How many differ as they are meant to, by the reason. */
  readonly intended: ReadonlyMap<string, number>;
  /** The first of those that nobody meant. */
  readonly differences: readonly string[];
}

const FILE_NAMES = VALID_FILES.filter((file) => file.endsWith('.xml'));
const ENOUGH = 5;

/** Compares what the reader and the linter say of random texts as XML with what libxml2 says. The same seed gives the same. */
export function compareXmlVerdicts(
  libxml2: Libxml2,
  count: number,
  seed: number,
  valid: readonly string[] = FILE_NAMES.map((file) => fixture(file).text),
): Comparison {
  const random = randomNumbers(seed);
  const texts = new XmlTexts(random, valid);
  const plainManifests = new PlainManifests(undefined);
  const intended = new Map<string, number>();
  const differences: string[] = [];
  let compared = 0;
  let wellFormed = 0;
  for (; compared < count && differences.length < ENOUGH; compared++) {
    const made = texts.next();
    const bytes = random(6) === 0 ? encoded(made, random) : utf8Bytes(made);
    const fileName = FILE_NAMES[random(FILE_NAMES.length)] ?? '';
    const theirs = libxml2.faults(bytes).map(({ message }) => message.trim());
    if (theirs.length === 0) wellFormed++;
    const { text } = decodeXml(bytes);
    const differ = (said: string): void => {
      differences.push(`text ${compared} of seed ${seed}, ${fileName}: ${said}\n${JSON.stringify(text)}`);
    };
    if (theirs.length > 0 && plainManifests.proveFaultless(text)) differ('it is taken for faultless');
    for (const ours of [readerFaults(bytes), linterErrors(fileName, bytes)]) {
      if ((ours.length === 0) === (theirs.length === 0)) continue;
      const reason = Object.entries(INTENDED).find(([, applies]) => applies({ text, ours, theirs }))?.[0];
      if (reason !== undefined) intended.set(reason, (intended.get(reason) ?? 0) + 1);
      else differ(`${ours.join(', ') || 'nothing'} here, ${theirs.join('; ') || 'nothing'} there`);
    }
  }
  return { compared, wellFormed, intended, differences };
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
