import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadTables } from '../../../../src/core/catalog/load.ts';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { PlainManifests } from '../../../../src/core/plugin/plain/plainManifests.ts';
import { allMutations } from '../allMutations.ts';
import { fixture } from '../validFiles.ts';

const tables = await loadTables();
const usual = fixture('valid/usual/plugin.xml').text;

/** What the reader and the rules find, as one word each. */
function found(text: string, known = tables): string[] {
  return lintText({ fileName: 'plugin.xml', text, tables: known }).diagnostics.map(({ code }) => code);
}

test('a manifest as most are is proved faultless', () => {
  assert.deepEqual(found(usual), []);
  assert.equal(new PlainManifests(tables).proveFaultless(usual), true);
  assert.equal(new PlainManifests(undefined).proveFaultless(usual.replaceAll('\n', '\r\n')), true);
});

test('each manifest is judged by itself', () => {
  const manifests = new PlainManifests(tables);
  const field = '<field table="STUDENTS" field="DCID" access="ViewOnly"/>';
  const twice = usual.replace(field, `${field}${field.replace('DCID', 'dcid')}`);
  const withoutOauth = usual.replace(/<oauth.*<\/oauth>/, '');
  assert.deepEqual(found(twice), ['PS156']);
  assert.deepEqual(found(withoutOauth), ['PS172']);
  for (const [text, wanted] of [
    [usual, true],
    [usual, true],
    [twice, false],
    [usual, true],
    [withoutOauth, false],
    [usual.slice(0, -5), false],
    [usual, true],
  ] as const)
    assert.equal(manifests.proveFaultless(text), wanted);
});

test('a linter that is given it finds the same', () => {
  const plainManifests = new PlainManifests(tables);
  for (const { fileName, text } of allMutations()) {
    if (!fileName.endsWith('plugin.xml')) continue;
    const quick = lintText({ fileName, text, tables, plainManifests });
    assert.deepEqual(quick.diagnostics, lintText({ fileName, text, tables }).diagnostics, text);
  }
  const committed = { name: 'Cedar Buses', version: '2.1.0' };
  const { diagnostics } = lintText({ fileName: 'plugin.xml', text: usual, tables, plainManifests, committed });
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['PS152'],
  );
  const bytes = Buffer.from(usual.replace('555-0100', '\xe9'), 'latin1');
  assert.equal(lintText({ fileName: 'plugin.xml', bytes, tables, plainManifests }).diagnostics.length, 1);
});

/** Values that something is to be said of, and others. */
const VALUES = [
  ['', ' ', 'a', 'A b', 'é', 'a&amp;b', 'a&b', 'a<b', 'a>b', "a'b", '\t', 'a\nb', '\u0000', '😀', '\ud83d', '\u00a0'],
  ['1', '1.0', '1.0.0-beta', 'v1', '..', '١', '[PLUGIN_NAME]', '{{name}}', 'Your plugin', 'TODO', '__NAME__'],
  ['true', 'false', ' true ', '0', 'yes', 'READ', 'FULL', 'NONE', 'read', 'ViewOnly', 'FullAccess', 'viewonly'],
  ['a@b.c', 'a@b', '@', 'a b@c.d', 'x'.repeat(31), 'x'.repeat(41), 'x'.repeat(101), 'x'.repeat(257)],
  ['STUDENTS', 'students', 'STUDENT', 'Students ', 'USERS', 'U_ANY', 'PS_STUDENT', 'SECTIONMEETING', 'STOREDGRADES'],
  ['ID', 'DCID', 'SSN', 'EMAIL', 'LAST_NAM', 'LAST NAME', '*', 'LUNCHSTATUS', 'NO_SUCH_FIELD', 'dob', 'a.b', '$x'],
  'http://plugin.powerschool.pearson.com',
  'http://www.w3.org/2001/XMLSchema-instance',
  'http://plugin.powerschool.pearson.com plugin.xsd more',
].flat();

const INSERTED = [
  [
    '<!-- a -->',
    '<!-- a -- b -->',
    '<!---->',
    '<!-->',
    '<!-- powerschool-disable PS156 -->',
    '<?a b?>',
    '<![CDATA[]]>',
  ],
  ['x', '&#32;', '\u00a0', '\ufeff', ']]>', '/', '>', '<', '"', "'", ' a="1"', ' xml:lang="en"', ' name="a"', '<a/>'],
  ['<oauth/>', '<field table="STUDENTS" field="DCID" access="ViewOnly"/>', '<links/>', '</plugin>', '\n', ' '],
].flat();

/** Texts beside the usual one, each with one to three of its parts changed. The same each time. */
function* neighbours(count: number): Generator<string> {
  let state = 20_261_129;
  const random = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const one = (list: readonly string[]): string => list[random(list.length)] ?? '';
  for (let made = 0; made < count; made++) {
    let text = usual;
    for (let changes = random(3); changes >= 0; changes--) {
      const places = [...text.matchAll(/(?<==)(["'])[^"']*\1|(?<=[<\s])[\w:]+(?==)|<[^<>]*>|[>\n]/g)];
      const place = places[random(places.length)];
      if (place === undefined) continue;
      const [was] = place;
      const other = one(places.map(([each]) => each));
      const becomes = /^["']/.test(was)
        ? `"${one(VALUES)}"`
        : /^\w/.test(was)
          ? other.replace(/[<>\s]/g, '')
          : one(['', was + was, other, one(INSERTED) + was, was + one(INSERTED)]);
      text = text.slice(0, place.index) + becomes + text.slice(place.index + was.length);
    }
    yield text;
  }
}

test('it is never surer than the reader and the rules', () => {
  const withTables = new PlainManifests(tables);
  const without = new PlainManifests(undefined);
  let proved = 0;
  let changed = 0;
  for (const text of neighbours(20_000)) {
    if (withTables.proveFaultless(text)) {
      assert.deepEqual(found(text), [], text);
      if (text !== usual) proved++;
    }
    if (without.proveFaultless(text))
      assert.deepEqual(lintText({ fileName: 'plugin.xml', text }).diagnostics, [], text);
    if (text !== usual) changed++;
  }
  assert.ok(proved > 1000 && changed > 15_000, `${proved} of ${changed}`);
});

const corpus = new URL('../../../../../shared/powerschool/plugin/corpus/plugin/', import.meta.url);

test('nor on manifests that are in use, of which it proves most', { skip: !existsSync(corpus) }, () => {
  const manifests = new PlainManifests(tables);
  let faultless = 0;
  let proved = 0;
  for (const file of readdirSync(corpus)) {
    const { text, diagnostics } = lintText({
      fileName: 'plugin.xml',
      bytes: readFileSync(new URL(file, corpus)),
      tables,
    });
    const isProved = manifests.proveFaultless(text);
    if (isProved) assert.deepEqual(diagnostics, [], file);
    if (diagnostics.length === 0) faultless++;
    if (isProved) proved++;
  }
  assert.ok(proved > faultless / 2, `${proved} of ${faultless}`);
});
