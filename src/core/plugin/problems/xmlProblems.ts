import type { ProblemCode, ProblemTable } from '../../problem/problemCode.ts';
import type { XmlFault } from '../reader/xmlFault.ts';

const XML = 'XML 1.0, fifth edition; checked against libxml2 and Xerces';
const NAMESPACES = 'Namespaces in XML 1.0; checked against libxml2 and Xerces';
const REFUSED =
  'PowerSchool reads its files with an XML parser, which stops at the first fault of this kind and refuses the whole file.';

function row(message: string, mend: string, why: string, more: Partial<ProblemCode> = {}): ProblemCode {
  return { severity: 'error', message, mend, why: `${why} ${REFUSED}`.trim(), source: XML, ...more };
}

/** The rows of everything that can be wrong with a file as XML, by the last two digits of their codes. */
export const XML_PROBLEM_ROWS = {
  '00': row('This file is empty or is not XML.', 'Start it with an element, or choose the right file.', ''),
  '01': row(
    'From here on the bytes of the file are not {0}.',
    'Save the file as UTF-8, or declare the encoding it is in.',
    'Letters such as é or ñ were saved in another encoding than the one the file declares; without a declaration it counts as UTF-8.',
  ),
  '02': row(
    'The file declares the encoding {0}, but it is {1}.',
    'Declare the encoding that the file is saved in; UTF-8 is the best choice.',
    'The declaration and the bytes contradict each other, so letters outside of English may be read wrongly or not at all.',
  ),
  '03': row(
    'This is not a correct XML declaration: {1}.',
    'The first characters of the file must be <?xml version="1.0" encoding="UTF-8"?>, in small letters and in this order.',
    'The declaration is optional, but if it is there it must be exact, and nothing may stand before it, not even a blank line.',
  ),
  '04': row(
    'The character {0} is not allowed in XML.',
    'Remove it.',
    'Control characters cannot be seen; they come with text that was copied from other programs.',
  ),
  '05': row(
    '<{0}> is never closed.',
    'Write </{0}> where it ends, or /> when it has no content.',
    'Every element needs its end tag.',
  ),
  '06': row(
    '</{0}> does not fit here: {1}.',
    'Correct its name, or remove it.',
    'Elements end in the opposite order of their start, and upper and lower case matter.',
  ),
  '07': row(
    '“{0}” cannot stand here.',
    'Remove it, or write &lt; where a less-than sign is meant.',
    'Inside a tag only a name and attributes may stand; outside of tags the < always starts a tag.',
  ),
  '08': row(
    'The tag {0} has no >.',
    'Write > or /> at its end.',
    'Without it, what follows is taken as a part of the tag.',
  ),
  '09': row(
    'The attribute {0} has no value.',
    'Write {0}="…".',
    'An attribute without a value is allowed in HTML only.',
  ),
  '10': row('There is no blank before {0}.', 'Put a blank between the two attributes.', ''),
  '11': row('The attribute {0} is there twice.', 'Remove one of the two.', ''),
  '12': row('A single & is not allowed.', 'Write &amp; for it.', 'The & starts a reference such as &amp; or &lt;.'),
  '13': row(
    '&{0}; is not known in XML.',
    'Write the character itself, or &amp; for a plain &.',
    'XML knows &amp; &lt; &gt; &quot; and &apos; only; names such as &nbsp; belong to HTML.',
  ),
  '14': row('A < is not allowed in the value of {0}.', 'Write &lt; for it.', ''),
  '15': row('The text contains ]]>, which only ends a CDATA section.', 'Write ]]&gt; for it.', ''),
  '16': row(
    'This {0} has no end.',
    'Write its end mark: --> for a comment, ]]> for CDATA, ?> for the XML declaration.',
    'Without it, everything that follows belongs to it.',
  ),
  '17': row(
    'A comment must not contain two hyphens in a row.',
    'Put a blank between them, or use another character.',
    'That also means that a comment cannot hold another comment.',
  ),
  '18': row('This is not a correct processing instruction.', 'Write a name directly after <?, or remove it.', ''),
  '19': row(
    'There is {0} outside of the outermost element.',
    'Move it inside, or remove it.',
    'A file has exactly one outermost element; only comments may stand beside it.',
  ),
  '20': row(
    '{0} is not allowed here.',
    'Write <!-- … --> for a comment and <![CDATA[ … ]]> for CDATA, or remove it.',
    '',
  ),
  '21': row(
    'The prefix {0} is not declared.',
    'Declare it on the outermost element: xmlns:{0}="…".',
    'A prefix stands for a namespace; the declaration says which one.',
    { source: NAMESPACES },
  ),
  '22': row('{0} is not a correct name.', 'Use at most one colon, between a declared prefix and a name.', '', {
    source: NAMESPACES,
  }),
  '23': row(
    'The DOCTYPE declares entities or points to another file.',
    'Remove the DOCTYPE: plugin files need none.',
    'Entities can be used to read files of the server or to exhaust its memory. This tool never resolves or expands them.',
    { source: 'Security policy of this project' },
  ),
  '24': {
    severity: 'warning',
    message: 'Plugin files need no DOCTYPE.',
    mend: 'Remove it.',
    why: 'No PowerSchool file has a DOCTYPE, and security settings of servers often refuse files with one.',
    source: 'Security policy of this project',
  },
  '25': row(
    'Elements are nested more than {0} deep.',
    'Close the elements that are still open.',
    'No plugin file needs more than seven levels.',
  ),
  '26': row('There is no = after {0}.', 'Write {0}="…".', ''),
  '27': row(
    'The value of {0} has no quotes.',
    'Put it in double quotes.',
    'Values without quotes are allowed in HTML only.',
  ),
  '28': row(
    'The value of {0} has no closing quote.',
    'Write the quote where the value ends.',
    'Without it, the value runs on into what follows.',
  ),
  '29': row('The prefix {0} cannot be declared like this.', 'Give it an address, or remove the declaration.', '', {
    source: NAMESPACES,
  }),
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
export function xmlProblemArguments(fault: XmlFault): readonly string[] {
  const [first = '', second = ''] = fault.args;
  if (fault.kind === 'badDeclaration') {
    return [first, first === 'notFirst' ? 'it is not at the start of the file' : shorten(second.replace(/\s+/g, ' '))];
  }
  if (fault.kind === 'wrongEndTag') return [first, second === '' ? 'nothing is open' : `<${second}> is open`];
  if (fault.kind === 'outsideRoot') return [first === 'element' ? 'an element' : 'text'];
  if (fault.kind === 'badTag') return [shorten(first)];
  return fault.args;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
