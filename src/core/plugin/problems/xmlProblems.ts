import { phrase, type Argument } from '../../problem/phrase.ts';
import type { XmlFault } from '../reader/xmlFault.ts';
import type { XmlProblemNumber } from './pluginProblems.ts';

const NUMBERS: Readonly<Record<Exclude<XmlFault['kind'], 'badAttribute' | 'badPrefix'>, XmlProblemNumber>> = {
  notXml: '00',
  badBytes: '01',
  badEncoding: '02',
  badDeclaration: '03',
  badCharacter: '04',
  neverClosed: '05',
  wrongEndTag: '06',
  badTag: '07',
  tagNotFinished: '08',
  noSpaceBefore: '10',
  attributeTwice: '11',
  bareAmpersand: '12',
  unknownEntity: '13',
  lessThanInValue: '14',
  cdataEndInText: '15',
  neverClosedMarkup: '16',
  hyphensInComment: '17',
  badInstruction: '18',
  outsideRoot: '19',
  badMarkup: '20',
  badName: '22',
  doctypeUnsafe: '23',
  doctype: '24',
  tooDeep: '25',
};

const ATTRIBUTE_NUMBERS: Readonly<Record<string, XmlProblemNumber>> = {
  noValue: '09',
  noEquals: '26',
  noQuotes: '27',
  quoteOpen: '28',
};

/** The last two digits of the code for a fault of the reader. */
export function xmlProblemNumber(fault: XmlFault): XmlProblemNumber {
  if (fault.kind === 'badAttribute') return ATTRIBUTE_NUMBERS[fault.args[1] ?? ''] ?? '09';
  if (fault.kind === 'badPrefix') return fault.args[1] === 'declared' ? '29' : '21';
  return NUMBERS[fault.kind];
}

/** The arguments as the row's message uses them. */
export function xmlProblemArguments(fault: XmlFault): readonly Argument[] {
  const [first = '', second = ''] = fault.args;
  if (fault.kind === 'badDeclaration') {
    return [
      first,
      first === 'notFirst' ? phrase('it is not at the start of the file') : shorten(second.replace(/\s+/g, ' ')),
    ];
  }
  if (fault.kind === 'wrongEndTag')
    return [first, second === '' ? phrase('nothing is open') : phrase('<{0}> is open', second)];
  if (fault.kind === 'outsideRoot') return [phrase(first === 'element' ? 'an element' : 'text')];
  if (fault.kind === 'badTag') return [shorten(first)];
  if (fault.kind === 'neverClosedMarkup') return [phrase(first)];
  if (fault.kind === 'badEncoding') return [first, second === '' ? phrase('not an encoding that is known') : second];
  return fault.args;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
