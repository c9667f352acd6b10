import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOfFile } from '../../../src/core/plugin/fileLanguage.ts';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { PLUGIN_PROBLEMS } from '../../../src/core/plugin/problems/pluginProblems.ts';
import { say } from '../../../src/core/problem/phrase.ts';
import { fixture } from './validFiles.ts';

const MANIFEST = fixture('valid/roster/plugin.xml').text;

function codes(text: string, options: { rules?: Record<string, 'off' | 'error' | 'hint'> } = {}): string[] {
  return lintText({ fileName: 'plugin.xml', text, ...options }).diagnostics.map(
    ({ code, severity }) => `${code} ${severity}`,
  );
}

test('the name of a file decides its language, the folder is the fallback', () => {
  assert.equal(languageOfFile('plugin.xml'), 'plugin');
  assert.equal(languageOfFile('C:\\plugins\\one\\Plugin.XML'), 'plugin');
  assert.equal(languageOfFile('queries_root/plugin.xml'), 'plugin');
  assert.equal(languageOfFile('a.named_queries.xml'), 'named_queries');
  assert.equal(languageOfFile('named_queries.xml'), 'named_queries');
  assert.equal(languageOfFile('x/a.permission_mappings.xml'), 'permission_mappings');
  assert.equal(languageOfFile('queries_root/a.xml'), 'named_queries');
  assert.equal(languageOfFile('permissions_root/a.xml'), 'permission_mappings');
  assert.equal(languageOfFile('a.xml', 'package/user_schema_root'), 'user_schema');
  assert.equal(languageOfFile('pagecataloging/a.json'), 'page_catalog');
  assert.equal(languageOfFile('MessageKeys/a.US_en.properties'), 'message_keys');
  assert.equal(languageOfFile('pom.xml'), undefined);
  assert.equal(languageOfFile('queries_root/readme.txt'), undefined);
});

test('a file of no plugin package is not judged', () => {
  assert.deepEqual(lintText({ fileName: 'pom.xml', text: '<a' }).diagnostics, []);
});

test('settings change the severity of a rule or switch it off', () => {
  const text = MANIFEST.replace('field="FIRST_NAME"', 'field="ssn"');
  assert.ok(codes(text).includes('PS159 warning'));
  assert.ok(codes(text, { rules: { PS159: 'error' } }).includes('PS159 error'));
  assert.ok(!codes(text, { rules: { PS159: 'off' } }).some((code) => code.startsWith('PS159')));
});

test('a comment sets a code aside for the next line or for the whole file', () => {
  const faulty = MANIFEST.replace('field="FIRST_NAME"', 'field="ssn"').replace(
    'field="LAST_NAME"',
    'field="lunch_status"',
  );
  assert.equal(codes(faulty).filter((code) => code.startsWith('PS159')).length, 2);
  const line = faulty.replace(
    '<field table="STUDENTS" field="ssn"',
    '<!-- powerschool-disable-next-line PS159 -->\n    <field table="STUDENTS" field="ssn"',
  );
  assert.equal(codes(line).filter((code) => code.startsWith('PS159')).length, 1);
  const file = faulty.replace('<oauth', '<!-- powerschool-disable PS158, PS159: agreed with the district -->\n<oauth');
  assert.equal(codes(file).filter((code) => code.startsWith('PS159')).length, 0);
});

function set(code: string, text: string, before: string): string {
  return text.replace(before, `<!-- powerschool-disable-next-line ${code} -->\n${before}`);
}

test('a comment before a start tag or before SQL of several lines covers all of them', () => {
  const beta = MANIFEST.replace('version="1.4.0"', 'version="1.4.0-beta"');
  assert.ok(codes(beta).includes('PS150 warning'));
  assert.ok(!codes(set('PS150', beta, '<plugin')).includes('PS150 warning'));
  assert.ok(codes(set('PS150', beta, '<registration')).includes('PS150 warning'));

  const { fileName, text } = fixture('valid/roster/queries_root/roster.named_queries.xml');
  const found = (changed: string): string[] =>
    lintText({ fileName, text: changed }).diagnostics.map(({ code }) => code);
  const unnamed = text.replace(' grade_level -- the', ' -- the');
  assert.ok(found(unnamed).includes('PS254'));
  assert.ok(!found(set('PS254', unnamed, '    <sql>')).includes('PS254'));
  assert.ok(found(set('PS254', unnamed, '    <columns>')).includes('PS254'));
});

test('MessageKeys have comments too', () => {
  const { fileName, text } = fixture('valid/roster/MessageKeys/roster.US_en.properties');
  const [line = ''] = text.split('\n');
  const found = (comment: string): string[] =>
    lintText({ fileName, text: `${text}${comment}${line}\n` }).diagnostics.map(({ code }) => code);
  assert.deepEqual(found(''), ['PS485']);
  assert.deepEqual(found('# powerschool-disable-next-line PS485\n'), []);
  assert.deepEqual(found('# powerschool-disable-next-line PS485\n\n'), ['PS485']);
});

test('what makes a file unreadable cannot be set aside', () => {
  const text = MANIFEST.replace('<oauth', '<!-- powerschool-disable PS112 --> & <oauth');
  assert.ok(codes(text).includes('PS112 error'));
});

function messages(text: string): string {
  return lintText({ fileName: 'plugin.xml', text })
    .diagnostics.map((found) => found.message)
    .join();
}

test('misspelt names get the nearest right one', () => {
  assert.match(
    messages(MANIFEST.replace('display-text="Cedar"', 'displaytext="Cedar"')),
    /Did you mean display-text\?/,
  );
  assert.match(
    messages(MANIFEST.replace('<publisher', '<Publisher').replace('</publisher', '</Publisher')),
    /Did you mean <publisher>\?/,
  );
  const fixes = lintText({
    fileName: 'plugin.xml',
    text: MANIFEST.replace('ViewOnly', 'viewonly'),
  }).diagnostics.flatMap((found) => found.fixes);
  assert.deepEqual([say(fixes[0]?.title ?? ''), fixes[0]?.automatic], ['Change to ViewOnly', true]);
});

test('a namespace prefix for all elements is as good as a default namespace', () => {
  const text = `<ps:plugin xmlns:ps="http://plugin.powerschool.pearson.com" name="n" version="1" description="d">
    <ps:publisher name="p"><ps:contact email="a@b.org"/></ps:publisher></ps:plugin>`;
  assert.deepEqual(codes(text), []);
});

test('elements of another namespace are not known', () => {
  const text = MANIFEST.replace('<oauth', '<o:oauth xmlns:o="urn:other"/><oauth');
  assert.deepEqual(
    codes(text).filter((code) => code.endsWith('error')),
    ['PS132 error'],
  );
});

test('an element that lost its namespace is one finding, not also a missing one', () => {
  const text = MANIFEST.replace('<publisher', '<publisher xmlns=""');
  assert.deepEqual(
    codes(text).filter((code) => code.endsWith('error')),
    ['PS132 error'],
  );
});

test('of the attributes of XML Schema those that say where schemas are are known, others are not', () => {
  const root = /xsi:schemaLocation/;
  assert.ok(!codes(MANIFEST).includes('PS136 error'));
  for (const wrong of ['xsi:schemalocation', 'xsi:schema', 'xsi:nil']) {
    const text = MANIFEST.replace(root, wrong);
    assert.ok(codes(text).includes('PS136 error'), wrong);
    const found = lintText({ fileName: 'plugin.xml', text }).diagnostics.find(({ code }) => code === 'PS136');
    assert.equal(found?.range.start, text.indexOf(wrong));
  }
});

test('a reference to a blank between elements is a blank', () => {
  assert.deepEqual(codes(MANIFEST.replace('<oauth', '&#x20;&#10;<oauth')), codes(MANIFEST));
  assert.ok(codes(MANIFEST.replace('<oauth', '&#x21;<oauth')).includes('PS141 error'));
});

function placeholders(name: string): string[] {
  const text = MANIFEST.replace('name="Cedar Roster"', `name="${name}"`);
  return codes(text).filter((code) => code.startsWith('PS155'));
}

test('what templates leave to be filled in is seen, names in brackets and sentences are not', () => {
  for (const left of [
    '[PLUGIN_NAME]',
    '[NAME]',
    '__NAME__',
    '${name}',
    '{{ name }}',
    '%NAME%',
    'Your Name',
    'your plugin name',
  ])
    assert.deepEqual(placeholders(left), ['PS155 warning'], left);
  for (const real of ['[PSAPPS] Roster', 'Sync for your district', 'Todos', 'Roster [beta]'])
    assert.deepEqual(placeholders(real), [], real);
});

test('every code has a sentence that says what is wrong and one that says what to do', () => {
  for (const [code, { message, mend }] of Object.entries(PLUGIN_PROBLEMS)) {
    assert.match(code, /^PS[1-4]\d\d$/);
    for (const sentence of [message, mend]) assert.ok(sentence.length > 2, `${code}: ${sentence}`);
    assert.match(message, /[.:]$|\{\d\}\.?$/, code);
    assert.match(mend, /[.?)]$|^\{\d\}$/, code);
  }
});

test('messages have no unfilled places', () => {
  const text = MANIFEST.replace('access="ViewOnly"', 'access="x"')
    .replace('name="Cedar Roster"', '')
    .replace('<oauth', '<unknown/><oauth');
  for (const { message } of lintText({ fileName: 'plugin.xml', text }).diagnostics)
    assert.doesNotMatch(message, /\{\d\}/);
});

function messageOf(fileName: string, text: string, code: string): string | undefined {
  return lintText({ fileName, text }).diagnostics.find((found) => found.code === code)?.message;
}

test('a message names what stands there and what may stand there', () => {
  assert.equal(
    messageOf('plugin.xml', MANIFEST.replace('access="ViewOnly"', 'access="view"'), 'PS138'),
    'access cannot be “view”. Use ViewOnly or FullAccess.',
  );
  const swapped = `<queries><query name="a.b.c.d.e" flattened="false" coreTable="STUDENTS"><columns>
<column column="STUDENTS.LAST_NAME">surname</column><column column="STUDENTS.DCID">key</column>
</columns><sql><![CDATA[SELECT dcid AS key, last_name AS surname FROM students ORDER BY dcid]]></sql></query></queries>`;
  assert.equal(
    messageOf('a.named_queries.xml', swapped, 'PS253'),
    'The column surname gets the values of key. Put the columns in the order of the SELECT.',
  );
});
