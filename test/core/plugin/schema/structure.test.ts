import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../src/core/plugin/lintText.ts';

/** The codes of what the schema refuses. */
function refused(fileName: string, text: string): string[] {
  return lintText({ fileName, text })
    .diagnostics.map(({ code }) => code)
    .filter((code) => Number(code.slice(-2)) >= 30 && Number(code.slice(-2)) < 43);
}

function manifest(inside: string, attributes = ''): string[] {
  const contact = '<publisher name="a"><contact email="a@b.c"/></publisher>';
  const start = `<plugin xmlns="http://plugin.powerschool.pearson.com" name="a" version="1"${attributes}>`;
  return refused('plugin.xml', `${start}${contact}${inside}</plugin>`);
}

function query(name: string, args: string): string[] {
  const rest = '<columns><column>a</column></columns><sql><![CDATA[select a from b order by a]]></sql>';
  const text = `<queries><query name="${name}"><args>${args}</args>${rest}</query></queries>`;
  return refused('x.named_queries.xml', text);
}

/** What → what is refused. Verdicts were compared with libxml2 and an XSD. */
const CASES: readonly (readonly [string, readonly string[], ...string[]])[] = [
  ['blanks around a word of two', manifest('', ' deletable="&#10; true "')],
  ['a no-break space before it', manifest('', ' deletable="\u00a0true"'), 'PS138'],
  ['blanks around a persona', manifest('<oauth><allow-persona> staff\n</allow-persona></oauth>')],
  ['a no-break space before it', manifest('<oauth><allow-persona>&#160;staff</allow-persona></oauth>'), 'PS138'],
  ['a comment in an empty element', manifest('<autoinstall><autoenable><!-- a --></autoenable></autoinstall>')],
  [
    'a comment and a blank in an empty element',
    manifest('<autoinstall><autoenable><!-- a --> </autoenable></autoinstall>'),
    'PS141',
  ],
  ['a name that is one blank', query(' ', ''), 'PS239'],
  ['a name that is one blank of another script', query('\u3000', '')],
  [
    'a word after other words in the same place',
    query('a', '<arg name="first" default="b"/><arg name="second" casing="upper"/><arg name="third" casing="wrong"/>'),
    'PS238',
  ],
];

for (const [name, found, ...expected] of CASES) {
  test(`${name}: ${expected.join(', ') || 'valid'}`, () => {
    assert.deepEqual(found, expected);
  });
}

test('a number after a text in the same place of the same element', () => {
  const fields = ['comment="a"', 'length="12"', 'length="long"'].map(
    (attributes) => `<field name="AAA" type="String" ${attributes}/>`,
  );
  const text = `<psExtension xmlns="http://www.powerschool.com"><extensionname>a</extensionname><extendedTable dbTableName="U_A">${fields.join('')}</extendedTable></psExtension>`;
  assert.deepEqual(refused('user_schema_root/a.xml', text), ['PS438']);
});
