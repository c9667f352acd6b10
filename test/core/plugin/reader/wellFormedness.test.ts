import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readXml, type ReaderGrammar } from '../../../../src/core/plugin/reader/xmlReader.ts';

/** The faults of a text as `kind@start`. */
function faults(text: string): string[] {
  return readXml(text).faults.map(({ kind, start }) => `${kind}@${start}`);
}

/** Text → faults. Verdicts were compared with libxml2 and with Xerces (JDK 17). */
const CASES: readonly (readonly [string, string, ...string[]])[] = [
  ['an element', '<a/>'],
  ['white space around tags and equals signs', '<a  b = "1"\n\tc\t=\n\'2\' ></a >'],
  ['names of other scripts', '<élément ñ="1"/>'],
  ['dots, hyphens and digits in names', '<a.b-c_1/>'],
  ['predefined references', '<a b="&lt;&amp;&quot;">&gt;&apos;&#65;&#x41;</a>'],
  ['> in text and in values', '<a b=">">></a>'],
  [']] in text', '<a>]]</a>'],
  [']]> in a value', '<a b="]]>"/>'],
  ['CDATA with markup', '<a><![CDATA[<b>&c;]] ></b>]]></a>'],
  ['a comment with single hyphens', '<!-- a - b --><a/>'],
  ['a comment that starts with >', '<a><!--> x --></a>'],
  ['a comment whose end looks like a start', '<a><!-- <!--></a>'],
  ['instructions', '<?xml-stylesheet href="a"?><a><?php echo ?></a>'],
  ['a declaration in single quotes', "<?xml version='1.0' encoding='UTF-8' standalone='no'?><a/>"],
  ['version 1.1', '<?xml version="1.1"?><a/>'],
  ['xml: needs no declaration', '<a xml:lang="en"/>'],
  ['an empty default namespace', '<a xmlns=""/>'],
  ['U+0085 and U+007F', '<a>\u0085\u007f</a>'],
  ['characters beyond the first plane', '<a b="😀">😀</a>'],
  ['a name of such characters', '<a><\u{10000}a\u{effff} \u{10000}="1"></\u{10000}a\u{effff}></a>'],
  ['a reference with many zeros', `<a>&#${'0'.repeat(100)}65;</a>`],
  ['an instruction with a comparison and a tag', '<a><?php if (a > b) print "<b>" ?></a>'],
  ['an instruction with another in it', '<?a > <?b ?><a/>'],
  ['CDATA with the end tag of its element and a start of CDATA', '<a><![CDATA[</a><![CDATA[]]></a>'],
  ['brackets without anything in a DOCTYPE', '<!DOCTYPE a [ ] ><a/>', 'doctype@0'],
  ['no text', '', 'notXml@0'],
  ['another format', 'hello', 'notXml@0'],
  ['a comment only', '<!-- x -->', 'notXml@0'],
  ['text before the root', 'x<a/>', 'outsideRoot@0'],
  ['text after the root', '<a/>x', 'outsideRoot@4'],
  ['a second root', '<a/><b/>', 'outsideRoot@4'],
  ['CDATA after the root', '<a/><![CDATA[x]]>', 'outsideRoot@4'],
  ['an end tag after the root', '<a/></a>', 'wrongEndTag@4'],
  ['a bare &', '<a>a & b</a>', 'bareAmpersand@5'],
  ['a reference without semicolon', '<a>&amp b</a>', 'bareAmpersand@3'],
  ['an unknown entity', '<a>&nbsp;</a>', 'unknownEntity@3'],
  ['a reference to a control character', '<a>&#1;</a>', 'badCharacter@3'],
  ['a reference to no character', '<a>&#x110000;</a>', 'badCharacter@3'],
  ['a reference to half a character', '<a>&#xD800;</a>', 'badCharacter@3'],
  ['a reference without digits', '<a>&#;</a>', 'badCharacter@3'],
  ['a control character', '<a>\u0001</a>', 'badCharacter@3'],
  ['U+FFFE', '<a>\ufffe</a>', 'badCharacter@3'],
  ['half a character', '<a>\ud83d</a>', 'badCharacter@3'],
  ['half a character in the name of an element', '<a><b\udc00/></a>', 'badCharacter@5'],
  ['half a character in the name of an attribute', '<a b\ud800="1"/>', 'badCharacter@4'],
  ['half a character as a name', '<a \ud800="1"/>', 'badCharacter@3'],
  ['a character beyond those of names', '<a><b\u{f0000}/></a>', 'badTag@5'],
  ['a control character in a value', '<a b="\u0002"/>', 'badCharacter@6'],
  [']]> in text', '<a>]]></a>', 'cdataEndInText@3'],
  ['two hyphens in a comment', '<a><!-- a -- b --></a>', 'hyphensInComment@10'],
  ['a comment that ends with three hyphens', '<a><!-- a ---></a>', 'hyphensInComment@10'],
  ['a comment in a comment', '<a><!-- <!-- b --> --></a>', 'hyphensInComment@10'],
  ['a comment without end', '<a><!-- b\n</a>', 'neverClosedMarkup@3'],
  ['CDATA without end', '<a><![CDATA[b</a>', 'neverClosedMarkup@3'],
  ['cdata in small letters', '<a><![cdata[x]]></a>', 'badMarkup@3'],
  ['doctype in small letters', '<!doctype a><a/>', 'badMarkup@0'],
  ['a plain DOCTYPE', '<!DOCTYPE a><a/>', 'doctype@0'],
  ['a DOCTYPE with an entity that is used', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctypeUnsafe@0'],
  ['a DOCTYPE with an attribute', '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>', 'doctypeUnsafe@0'],
  ['a DOCTYPE without a name', '<!DOCTYPE><a/>', 'badMarkup@0'],
  ['a DOCTYPE without a blank', '<!DOCTYPEa><a/>', 'badMarkup@0'],
  ['a DOCTYPE with two names', '<!DOCTYPE a b><a/>', 'badMarkup@0'],
  ['an external DTD', '<!DOCTYPE a SYSTEM "x.dtd"><a>&x;</a>', 'doctypeUnsafe@0'],
  ['a DOCTYPE after the root', '<a/><!DOCTYPE a>', 'badMarkup@4'],
  ['an instruction without a name', '<? x?><a/>', 'badInstruction@0'],
  ['a colon in an instruction', '<?a:b c?><a/>', 'badName@0'],
  ['an end tag that nobody started', '<a></b></a>', 'wrongEndTag@3'],
  ['an element that is never closed', '<a><b></a>', 'neverClosed@3'],
  ['end tags in the wrong order', '<a><b></a></b>', 'wrongEndTag@6'],
  ['other case in the end tag', '<a><b></B></a>', 'wrongEndTag@6'],
  ['a blank in an end tag', '<a></ a>', 'badTag@3'],
  ['an attribute in an end tag', '<a></a b="1">', 'badTag@7'],
  ['a tag without >', '<a><b <c/></b></a>', 'tagNotFinished@3'],
  ['a text that ends in a tag', '<a><b c="1"', 'neverClosed@0', 'tagNotFinished@3'],
  ['a name with a digit first', '<a><1b/></a>', 'badTag@3'],
  ['a name with a hyphen first', '<a -b="1"/>', 'badTag@3'],
  ['a blank after <', '<a>< b/></a>', 'badTag@3'],
  ['a < in text', '<a>1 < 2</a>', 'badTag@5'],
  ['a / inside a tag', '<a / >', 'badTag@3'],
  ['a value without quotes', '<a b=1/>', 'badAttribute@5'],
  ['an attribute without value', '<a b/>', 'badAttribute@3'],
  ['an attribute without =', '<a b "1"/>', 'badAttribute@3'],
  ['a value without closing quote', '<a b="1 c="2"/>', 'badAttribute@3'],
  ['no blank between attributes', '<a b="1"c="2"/>', 'noSpaceBefore@8'],
  ['an attribute twice', '<a b="1" b="2"/>', 'attributeTwice@9'],
  ['an attribute twice by namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>', 'attributeTwice@35'],
  ['a < in a value', '<a b="1<2"/>', 'lessThanInValue@7'],
  ['a prefix of an attribute that is not declared', '<a x:b="1"/>', 'badPrefix@3'],
  ['a prefix of an element that is not declared', '<x:a/>', 'badPrefix@0'],
  ['a prefix declared as nothing', '<a xmlns:x=""/>', 'badPrefix@3'],
  ['the prefix xmlns declared', '<a xmlns:xmlns="u"/>', 'badPrefix@3'],
  ['the prefix xml for something else', '<a xmlns:xml="u"/>', 'badPrefix@3'],
  ['the namespace of xml as the default', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>', 'badPrefix@3'],
  ['the namespace of xmlns as the default', '<a xmlns="http://www.w3.org/2000/xmlns/"/>', 'badPrefix@3'],
  ['the prefix xmlns of an element', '<a><xmlns:b/></a>', 'badName@3'],
  ['a digit after the colon', '<a xmlns:b="u" b:1="1"><b:2/></a>', 'badName@15', 'badName@23'],
  ['a digit as a prefix', '<a xmlns:1="u"/>', 'badName@3'],
  ['two colons', '<a:b:c xmlns:a="u"/>', 'badName@0'],
  ['a blank before the declaration', ' <?xml version="1.0"?><a/>', 'badDeclaration@1'],
  ['a declaration without version', '<?xml encoding="UTF-8"?><a/>', 'badDeclaration@0'],
  ['a declaration in capitals', '<?xml VERSION="1.0"?><a/>', 'badDeclaration@6'],
  ['encoding before version', '<?xml encoding="UTF-8" version="1.0"?><a/>', 'badDeclaration@6'],
  ['no blank in the declaration', '<?xml version="1.0"encoding="UTF-8"?><a/>', 'badDeclaration@19'],
  ['an empty encoding', '<?xml version="1.0" encoding=""?><a/>', 'badDeclaration@20'],
  ['standalone that is neither yes nor no', '<?xml version="1.0" standalone="1"?><a/>', 'badDeclaration@20'],
  ['<?XML', '<?XML version="1.0"?><a/>', 'badDeclaration@0'],
  ['a declaration without ?', '<?xml version="1.0"><a/>', 'neverClosedMarkup@0'],
];

for (const [name, text, ...expected] of CASES) {
  test(expected.length === 0 ? `${name}: well-formed` : `${name}: ${expected.join(', ')}`, () => {
    assert.deepEqual(faults(text), expected);
  });
}

/** A language with an element that holds text alone. */
const GRAMMAR: ReaderGrammar = {
  canContain: (parent, child) => parent === 'a' && child === 'sql',
  isElement: (name) => name === 'a' || name === 'sql',
  isText: (name) => name === 'sql',
};

for (const [name, text, ...expected] of [
  ['a tag in a text', '<a><sql>a <b>c</b></sql></a>'],
  ['a less-than sign in a text', '<a><sql>a <b and c > d</sql></a>', 'badTag@10'],
  ['both', '<a><sql>a <b>c</b></sql><sql>a <b</sql></a>', 'tagNotFinished@31'],
  ['CDATA that has lost its end', '<a><sql><![CDATA[b</sql><sql><![CDATA[c]]></sql></a>', 'neverClosedMarkup@8'],
  ['an instruction that has lost its end', '<?b c><a><sql/></a><?d?>', 'neverClosedMarkup@0'],
] as const) {
  test(`${name}, with a language: ${expected.join(', ') || 'well-formed'}`, () => {
    const found = readXml(text, GRAMMAR).faults.map(({ kind, start }) => `${kind}@${start}`);
    assert.deepEqual(found, expected);
  });
}

test('several faults of one text are all found', () => {
  const text = '<a>\n <b c=1/>\n & \n<d e="1" e="2">\n</a>';
  assert.deepEqual(faults(text), ['badAttribute@10', 'bareAmpersand@15', 'neverClosed@18', 'attributeTwice@27']);
});
