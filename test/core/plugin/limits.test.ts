import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixAll, lintText } from '../../../src/core/plugin/lintText.ts';
import { fixture } from './validFiles.ts';

const PLUGIN = fixture('valid/roster/plugin.xml').text;

function lint(text: string, fileName = 'plugin.xml') {
  return lintText({ fileName, text }).diagnostics;
}

test('ten thousand levels end with one clear message about depth', () => {
  const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
  const codes = lint(PLUGIN.replace('<oauth', `${deep}<oauth`))
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
  assert.deepEqual(codes, ['PS132', 'PS125']);
});

test('ten thousand open elements are two messages', () => {
  assert.equal(lint('<plugin>' + '<x>'.repeat(10_000)).filter(({ code }) => code === 'PS105').length, 2);
});

test('ten thousand levels of JSON end with a message', () => {
  assert.deepEqual(
    lint('['.repeat(10_000), 'pagecataloging/x.json').map(({ code }) => code),
    ['PS450'],
  );
});

test('a manifest of ten megabytes is read to its end', () => {
  const field = '    <field table="STUDENTS" field="FIELD" access="ViewOnly"/>\n';
  const many = Array.from({ length: Math.ceil(10_000_000 / field.length) }, (_, i) =>
    field.replace('FIELD', `F${i}`),
  ).join('');
  const text = PLUGIN.replace('    <!-- Students -->\n', many).replace('email=', 'mail=');
  assert.deepEqual(
    lint(text)
      .filter(({ severity }) => severity === 'error')
      .map(({ code }) => code),
    ['PS136'],
  );
});

test('entities are never expanded', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('');
  const text = `<!DOCTYPE plugin [<!ENTITY e0 "x">${levels}]>${PLUGIN.replace(/^<\?xml.*\n/, '').replace('licence 4711', '&e30;')}`;
  assert.deepEqual(
    lint(text)
      .filter(({ severity }) => severity === 'error')
      .map(({ code }) => code),
    ['PS123'],
  );
});

/** Each of these made some reader quadratic. */
const HOSTILE: Readonly<Record<string, (n: number) => string>> = {
  'unclosed comments': (n) => '<plugin>' + '<!-- '.repeat(n),
  'unclosed CDATA sections': (n) => '<plugin>' + '<![CDATA['.repeat(n),
  'unclosed instructions': (n) => '<plugin>' + '<?x '.repeat(n),
  'bare ampersands': (n) => `<plugin>${'&'.repeat(n)}</plugin>`,
  'half references': (n) => `<plugin>${'&#x'.repeat(n)}</plugin>`,
  'quotes in a tag': (n) => `<plugin ${'" '.repeat(n)}>`,
  'quotes of two kinds': (n) => `<plugin ${`" ' `.repeat(n)}>`,
  'blanks in a value': (n) => `<plugin name="${' '.repeat(n)} x=" y>`,
  'less-than signs': (n) => `<plugin>${'<'.repeat(n)}</plugin>`,
  'wrong end tags': (n) => `<plugin>${'</x>'.repeat(n)}</plugin>`,
  'open and wrong end tags': (n) => `<plugin>${'<x></y>'.repeat(n)}</plugin>`,
  'attributes of one tag': (n) => `<plugin ${Array.from({ length: n / 20 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
  'tags without end': (n) => '<plugin '.repeat(n),
  'values without end': (n) => '<plugin a="'.repeat(n),
  'elements never closed': (n) => `<plugin><access_request>${'<field>'.repeat(n)}</access_request></plugin>`,
  hyphens: (n) => `<plugin><!-- ${'-'.repeat(n)} --></plugin>`,
  'square brackets': (n) => `<plugin>${']'.repeat(n)}</plugin>`,
  'unknown elements': (n) => `<plugin>${'<access_requestt/>'.repeat(n / 4)}</plugin>`,
  'unknown elements in one another': (n) => `<plugin>${'a <b> '.repeat(n)}</plugin>`,
  'misplaced elements on one line': (n) => `<plugin>${'<field table="A"/><x/>'.repeat(n / 4)}</plugin>`,
  'DOCTYPE brackets': (n) => `<!DOCTYPE a ${'['.repeat(n)}`,
};

/** The same in the files of queries. */
const HOSTILE_QUERIES: Readonly<Record<string, (n: number) => string>> = {
  'tags in SQL': (n) => `<queries><query name="a"><sql>${'a <b> '.repeat(n)}</sql></query></queries>`,
  'end and start tags in SQL': (n) => `<queries><query name="a"><sql>${'x</b> <c>'.repeat(n)}</sql></query></queries>`,
  'queries of one name': (n) => `<queries>${'<query name="a"/>'.repeat(n / 4)}</queries>`,
};

for (const [name, make] of Object.entries(HOSTILE_QUERIES)) {
  test(`a large text of ${name} is checked to its end`, () => {
    const text = make(100_000);
    for (const { range } of lint(text, 'x.named_queries.xml')) assert.ok(range.end <= text.length);
  });
}

for (const [name, make] of Object.entries(HOSTILE)) {
  test(`a large text of ${name} is checked to its end`, () => {
    const text = make(100_000);
    for (const { range } of lint(text)) assert.ok(range.start >= 0 && range.end <= text.length);
  });
}

test('mending all of a text full of faults ends', () => {
  const text = `<plugin>${'<field table="a" field="b" access="viewonly">&'.repeat(300)}</plugin>`;
  const once = fixAll({ fileName: 'plugin.xml', text });
  assert.equal(fixAll({ fileName: 'plugin.xml', text: once }), once);
});
