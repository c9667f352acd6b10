import { phrase, type Argument } from '../../problem/phrase.ts';
import type { ProblemCode, ProblemTable } from '../../problem/problemCode.ts';
import type { XmlFault } from '../reader/xmlFault.ts';

function row(message: string, mend: string): ProblemCode {
  return { severity: 'error', message, mend };
}

/** The rows of everything that can be wrong with a file as XML, by the last two digits of their codes. */
export const XML_PROBLEM_ROWS = {
  '00': row('This file is empty or is not XML.', 'Start it with an element, or choose the right file.'),
  '01': row(
    'From here on the bytes of the file are not {0}.',
    'Save the file as UTF-8, or declare the encoding it is in.',
  ),
  '02': row(
    'The file declares the encoding {0}, but it is {1}.',
    'Declare the encoding that the file is saved in; UTF-8 is the best choice.',
  ),
  '03': row(
    'This is not a correct XML declaration: {1}.',
    'The first characters of the file must be <?xml version="1.0" encoding="UTF-8"?>, in small letters and in this order.',
  ),
  '04': row('The character {0} is not allowed in XML.', 'Remove it.'),
  '05': row('<{0}> is never closed.', 'Write </{0}> where it ends, or /> when it has no content.'),
  '06': row('</{0}> does not fit here: {1}.', 'Correct its name, or remove it.'),
  '07': row('“{0}” cannot stand here.', 'Remove it, or write &lt; where a less-than sign is meant.'),
  '08': row('The tag {0} has no >.', 'Write > or /> at its end.'),
  '09': row('The attribute {0} has no value.', 'Write {0}="…".'),
  '10': row('There is no blank before {0}.', 'Put a blank between the two attributes.'),
  '11': row('The attribute {0} is there twice.', 'Remove one of the two.'),
  '12': row('A single & is not allowed.', 'Write &amp; for it.'),
  '13': row('&{0}; is not known in XML.', 'Write the character itself, or &amp; for a plain &.'),
  '14': row('A < is not allowed in the value of {0}.', 'Write &lt; for it.'),
  '15': row('The text contains ]]>, which only ends a CDATA section.', 'Write ]]&gt; for it.'),
  '16': row(
    'This {0} has no end.',
    'Write its end mark: --> for a comment, ]]> for CDATA, ?> for the XML declaration.',
  ),
  '17': row('A comment must not contain two hyphens in a row.', 'Put a blank between them, or use another character.'),
  '18': row('This is not a correct processing instruction.', 'Write a name directly after <?, or remove it.'),
  '19': row('There is {0} outside of the outermost element.', 'Move it inside, or remove it.'),
  '20': row('{0} is not allowed here.', 'Write <!-- … --> for a comment and <![CDATA[ … ]]> for CDATA, or remove it.'),
  '21': row('The prefix {0} is not declared.', 'Declare it on the outermost element: xmlns:{0}="…".'),
  '22': row('{0} is not a correct name.', 'Use at most one colon, between a declared prefix and a name.'),
  '23': row('The DOCTYPE declares entities or points to another file.', 'Remove the DOCTYPE: plugin files need none.'),
  '24': {
    severity: 'warning',
    message: 'Plugin files need no DOCTYPE.',
    mend: 'Remove it.',
  },
  '25': row('Elements are nested more than {0} deep.', 'Close the elements that are still open.'),
  '26': row('There is no = after {0}.', 'Write {0}="…".'),
  '27': row('The value of {0} has no quotes.', 'Put it in double quotes.'),
  '28': row('The value of {0} has no closing quote.', 'Write the quote where the value ends.'),
  '29': row('The prefix {0} cannot be declared like this.', 'Give it an address, or remove the declaration.'),
} as const satisfies ProblemTable;

export type XmlProblemNumber = keyof typeof XML_PROBLEM_ROWS;

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
