import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlElement } from '../../../../src/core/plugin/reader/xmlDocument.ts';
import { readXml } from '../../../../src/core/plugin/reader/xmlReader.ts';
import { fixture, VALID_FILES } from '../validFiles.ts';

/** Element names, attributes and text, in order. */
type Shape = [name: string, attributes: Record<string, string>, content: (Shape | string)[]];

function ourShape(element: XmlElement): Shape {
  const content: (Shape | string)[] = [];
  for (const child of element.children) {
    if (child.kind === 'element') content.push(ourShape(child));
    else if (child.kind === 'text' || child.kind === 'cdata') content.push(element.document.textOf(child).trim());
  }
  return [
    element.name.full,
    Object.fromEntries(element.attributes.map(({ name, value }) => [name.full, value])),
    content.filter((part) => part !== ''),
  ];
}

function theirShape(node: Record<string, unknown>): Shape {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const attributes = (node[':@'] ?? {}) as Record<string, string>;
  const content = (node[name] as Record<string, unknown>[]).flatMap((child): (Shape | string)[] => {
    if ('#text' in child) return [String(child['#text']).trim()];
    if ('#cdata' in child) return [String((child['#cdata'] as { '#text': string }[])[0]?.['#text']).trim()];
    return [theirShape(child)];
  });
  return [name, attributes, content.filter((part) => part !== '')];
}

test('the tree of every fixture is the one that another parser reads', () => {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    cdataPropName: '#cdata',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    trimValues: false,
  });
  for (const path of VALID_FILES.filter((file) => file.endsWith('.xml'))) {
    const { text } = fixture(path);
    assert.equal(XMLValidator.validate(text), true);
    const { root, faults } = readXml(text);
    assert.deepEqual(faults, []);
    assert.ok(root);
    const theirs = (parser.parse(text) as Record<string, unknown>[]).find((node) => !('#text' in node));
    assert.ok(theirs);
    assert.deepEqual(ourShape(root), theirShape(theirs));
  }
});

test('every range is that of the written text', () => {
  const text = '<a b = "1&amp;2"\n  c=\'x\'><!-- n --><d>t&lt;</d><![CDATA[<>]]><e/></a>';
  const { root } = readXml(text);
  assert.ok(root);
  const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const [b, c] = root.attributes;
  assert.ok(b && c);
  assert.equal(cut(b), 'b = "1&amp;2"');
  assert.equal(text.slice(b.valueStart, b.valueEnd), '1&amp;2');
  assert.equal(b.value, '1&2');
  assert.equal(cut(c), "c='x'");
  assert.deepEqual(root.children.map(cut), ['<!-- n -->', '<d>t&lt;</d>', '<![CDATA[<>]]>', '<e/>']);
  const d = root.element('d');
  assert.ok(d);
  assert.equal(text.slice(d.start, d.startTagEnd), '<d>');
  assert.equal(text.slice(d.endTagStart, d.end), '</d>');
  assert.equal(d.text, 't<');
  assert.equal(cut(root), text);
});

test('line ends and white space in values become what a program sees', () => {
  const { root } = readXml('<a b="1\r\n2\t3&#10;4">x\r\ny\rz</a>');
  assert.equal(root?.attribute('b')?.value, '1 2 3\n4');
  assert.equal(root?.text, 'x\ny\nz');
});

test('elements know their namespaces', () => {
  const { root } = readXml('<a xmlns="u" xmlns:p="v"><p:b/><c xmlns=""/></a>');
  assert.equal(root?.namespace, 'u');
  assert.equal(root?.element('b')?.namespace, 'v');
  assert.equal(root?.element('c')?.namespace, '');
});
