import type { Fix } from '../problem/diagnostic.ts';
import { phrase } from '../problem/phrase.ts';
import { skipSpace } from './reader/characters.ts';
import { areSimilar } from './reader/recovery.ts';
import { cleanName } from './reader/startTag.ts';
import { XSI_NAMESPACE, type XmlDocument } from './reader/xmlDocument.ts';
import type { XmlFault, XmlFaultKind } from './reader/xmlFault.ts';
import type { XmlLanguageModel } from './schema/elementModel.ts';
import { changeTo, hasLineEnd, indentOf, lineEndOf } from './schema/structureFixes.ts';

/** Names that HTML writers use and XML does not know, with the character each stands for. */
const HTML_ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '&#160;',
  copy: '©',
  reg: '®',
  trade: '™',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  middot: '·',
  deg: '°',
  times: '×',
  laquo: '«',
  raquo: '»',
  euro: '€',
  pound: '£',
  cent: '¢',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  uuml: 'ü',
  auml: 'ä',
  ouml: 'ö',
  ccedil: 'ç',
};

interface Situation {
  readonly document: XmlDocument;
  readonly text: string;
  readonly fault: XmlFault;
  readonly language: XmlLanguageModel;
}

/** The mends for a fault of the reader; none where only the writer can know. */
export function xmlFixes(document: XmlDocument, fault: XmlFault, language: XmlLanguageModel): Fix[] {
  return MENDS[fault.kind]({ document, text: document.text, fault, language });
}

const none = (): Fix[] => [];

const MENDS: Readonly<Record<XmlFaultKind, (situation: Situation) => Fix[]>> = {
  badBytes: none,
  badName: none,
  notXml: none,
  tooDeep: none,
  badEncoding: ({ fault: { start, end, args } }) => {
    const actual = /^UTF-(?:8|16)/.exec(args[1] ?? '')?.[0];
    return actual === undefined
      ? []
      : [replace(phrase('Declare {0}', actual), start, end, `encoding="${actual}"`, true)];
  },
  badDeclaration: declarationFix,
  badCharacter: ({ fault: { start, end } }) => [replace('Remove the character', start, end, '', true)],
  neverClosed: closeFixes,
  wrongEndTag: endTagFix,
  badTag: badTagFix,
  tagNotFinished: finishTag,
  badAttribute: attributeFix,
  noSpaceBefore: ({ fault }) => [insert('Insert a blank', fault.start, ' ', true)],
  attributeTwice: duplicateFix,
  bareAmpersand: ampersandFix,
  unknownEntity: ({ fault: { start, end, args } }) => {
    const character = HTML_ENTITIES[args[0] ?? ''];
    if (character === undefined) return [replace('Write &amp; for the &', start, start + 1, '&amp;', false)];
    return [replace(phrase('Write {0} for it', character), start, end, character, true)];
  },
  lessThanInValue: ({ fault: { start, end } }) => [replace('Write &lt; for it', start, end, '&lt;', true)],
  cdataEndInText: ({ fault: { start, end } }) => [replace('Write ]]&gt; for it', start, end, ']]&gt;', true)],
  neverClosedMarkup: markupFix,
  hyphensInComment: ({ text, fault: { start, end } }) => [
    replace('Put blanks between the hyphens', start, end, text.slice(start, end).split('').join(' '), true),
  ],
  outsideRoot: ({ fault: { start, end, args } }) =>
    args[0] === 'text' ? [replace('Remove the text', start, end, '', false)] : [],
  badMarkup: removal,
  badInstruction: removal,
  badPrefix: prefixFix,
  doctype: ({ text, fault }) => [replace('Remove the DOCTYPE', fault.start, skipSpace(text, fault.end), '', true)],
  doctypeUnsafe: ({ text, fault }) => [
    replace('Remove the DOCTYPE', fault.start, skipSpace(text, fault.end), '', false),
  ],
};

/** A misspelt end tag gets the right name, swapped ones change places, one without start gets a start. */
function endTagFix({ text, fault: { start, end, at, args } }: Situation): Fix[] {
  const [name = '', open = '', how] = args;
  if (how === 'misspelt') return [replace(changeTo(`</${open}>`), start, end, `</${open}>`, areSimilar(name, open))];
  if (how === 'swapped') {
    const written = /^<\/[^<>]*>/.exec(text.slice(at, at + 300))?.[0];
    // the second one may be cut off itself
    if (written === undefined) return [];
    const second = at + written.length;
    const edits = [
      { range: { start, end }, text: text.slice(at, second) },
      { range: { start: at, end: second }, text: text.slice(start, end) },
    ];
    return [{ title: 'Swap the two end tags', automatic: true, edits }];
  }
  const remove = replace(phrase('Remove {0}', `</${name}>`), start, end, '', how === 'stray');
  return how === 'noStart' ? [insert(phrase('Insert {0}', `<${name}>`), at, `<${name}>`, false), remove] : [remove];
}

function removal({ fault: { start, end } }: Situation): Fix[] {
  return [replace('Remove it', start, end, '', false)];
}

function replace(title: Fix['title'], start: number, end: number, text: string, automatic: boolean): Fix {
  return { title, automatic, edits: [{ range: { start, end }, text }] };
}

function insert(title: Fix['title'], at: number, text: string, automatic: boolean): Fix {
  return replace(title, at, at, text, automatic);
}

function declarationFix({ text, fault }: Situation): Fix[] {
  const { start, args } = fault;
  if (args[0] === 'notFirst') {
    const end = text.indexOf('?>', start) + 2;
    if (text.slice(0, start).trim() === '') return [replace('Remove what stands before it', 0, start, '', true)];
    return [replace('Remove it', start, skipSpace(text, end), '', false)];
  }
  const close = text.indexOf('>') + 1;
  const encoding = /encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/i.exec(text.slice(0, close))?.[1] ?? 'UTF-8';
  return [replace('Write a correct XML declaration', 0, close, `<?xml version="1.0" encoding="${encoding}"?>`, true)];
}

function closeFixes({ text, fault, language }: Situation): Fix[] {
  const { start, end, at, args } = fault;
  const [name = ''] = args;
  // the second of two start tags, meant as the end tag
  if (at === start + 1) return [insert(changeTo(`</${name}>`), at, '/', true)];
  const models = language.models(name.slice(name.indexOf(':') + 1));
  const empty = models.length > 0 && models.every((model) => model.children.size === 0);
  if (empty && text.charAt(end - 1) === '>' && at <= end) return [insert('Close it with />', end - 1, '/', true)];
  const endTag = hasLineEnd(text, start, at) ? `${lineEndOf(text)}${indentOf(text, start)}</${name}>` : `</${name}>`;
  return [insert(phrase('Insert {0}', `</${name}>`), at, endTag, args[1] !== 'damaged')];
}

function badTagFix({ text, fault: { start, end } }: Situation): Fix[] {
  const written = text.slice(start, end);
  if (written === '<') return [replace('Write &lt; for it', start, end, '&lt;', true)];
  const spaced = /^<(\/?)\s+/.exec(written);
  if (spaced !== null)
    return [replace('Remove the blank', start, start + spaced[0].length, `<${spaced[1] ?? ''}`, true)];
  if (written.startsWith('<')) {
    const name = written
      .replace(/^<\/?/, '')
      .replace(/[^\w.-]/g, '')
      .replace(/^[\d.-]+/, '');
    const tag = /^<\/?[^\s>]*/.exec(written)?.[0] ?? written;
    return [replace(changeTo(name), start, start + tag.length, `${tag.startsWith('</') ? '</' : '<'}${name}`, false)];
  }
  const meant = cleanName(written);
  if (meant !== '' && text.charAt(skipSpace(text, end)) === '=') {
    return [replace(changeTo(meant), start, end, meant, true)];
  }
  return [
    replace(written.length > 20 ? 'Remove it' : phrase('Remove {0}', written), start, end, '', written.length === 1),
  ];
}

function finishTag({ text, fault, language }: Situation): Fix[] {
  const { at, args } = fault;
  const name = (args[0] ?? '').replace(/^<\/?/, '');
  if ((args[0] ?? '').startsWith('</')) return [insert('Insert >', at, '>', true)];
  if (text.charAt(at - 1) === '/') return [insert('Insert >', at, '>', true)];
  const models = language.models(name.slice(name.indexOf(':') + 1));
  const empty = models.length > 0 && models.every((model) => model.children.size === 0);
  const hasEnd = new RegExp(`^[^<]*</${name.replace(/[^\w-]/g, '.')}[\\s>]`).test(text.slice(at, at + 2000));
  return [empty && !hasEnd ? insert('Insert />', at, '/>', true) : insert('Insert >', at, '>', true)];
}

function attributeFix({ text, fault: { start, end, at, args } }: Situation): Fix[] {
  const [name = '', problem] = args;
  if (problem === 'noEquals') {
    // `name: "x"` or `name "x"`: an equals sign in place of what stands between
    const quote = start + text.slice(start, end).search(/["']/);
    return [replace('Insert =', start + name.length, quote, '=', true)];
  }
  if (problem === 'noQuotes') {
    return [replace('Put it in quotes', start, end, `"${text.slice(start, at).replace(/^["']/, '')}"`, true)];
  }
  if (problem === 'quoteOpen') {
    const quote = /=\s*(["'])/.exec(text.slice(start, end))?.[1] ?? '"';
    return [insert('Insert the closing quote', at, quote, true)];
  }
  const remove = replace(phrase('Remove {0}', name), start, end, '', false);
  return name.startsWith('xmlns')
    ? [remove]
    : [replace('Give it a value', start, start + name.length, `${name}=""`, false), remove];
}

function duplicateFix({ text, fault }: Situation): Fix[] {
  const tagStart = text.lastIndexOf('<', fault.start);
  const [name = ''] = fault.args;
  const earlier = new RegExp(`\\s${name.replace(/[^\w:-]/g, '.')}\\s*=\\s*("[^"]*"|'[^']*')`).exec(
    text.slice(tagStart, fault.start),
  );
  const same = earlier !== null && quotedPart(earlier[0]) === quotedPart(text.slice(fault.start, fault.end));
  let { start } = fault;
  while (start > 0 && ' \t\r\n'.includes(text.charAt(start - 1))) start--;
  return [replace(phrase('Remove the second {0}', name), start, fault.end, '', same)];
}

function ampersandFix({ text, fault: { start } }: Situation): Fix[] {
  const reference = /^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6})(?![\w;])/.exec(
    text.slice(start, start + 12),
  );
  if (reference !== null) return [insert('Insert the semicolon', start + reference[0].length, ';', true)];
  return [replace('Write &amp; for it', start, start + 1, '&amp;', true)];
}

function markupFix({ text, fault: { at, args } }: Situation): Fix[] {
  const [markup] = args;
  if (markup === 'comment') return [insert('End the comment here', at, ' -->', false)];
  if (markup === 'CDATA section') {
    // a half-written end mark is completed
    const half = /\]{0,2}$/.exec(text.slice(0, at))?.[0] ?? '';
    return [insert('End the CDATA section here', at, ']]>'.slice(half.length), true)];
  }
  if (markup === 'DOCTYPE') return [insert('Insert >', at, '>', false)];
  return text.charAt(at) === '>' ? [insert('Insert ?', at, '?', true)] : [insert('Insert ?>', at, '?>', false)];
}

function prefixFix({ text, fault: { start, end, at, args } }: Situation): Fix[] {
  const [prefix = '', problem] = args;
  const remove = replace('Remove it', start, end, '', false);
  const isAttribute = text.charAt(start) !== '<';
  if (problem === 'unbound' && prefix === 'xsi' && at >= 0) {
    return [
      insert('Declare the prefix xsi', at, ` xmlns:xsi="${XSI_NAMESPACE}"`, true),
      ...(isAttribute ? [remove] : []),
    ];
  }
  return isAttribute ? [remove] : [];
}

function quotedPart(attribute: string): string {
  return attribute.slice(attribute.indexOf('=') + 1).trim();
}
