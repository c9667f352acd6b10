import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTables } from '../../../../src/core/catalog/load.ts';
import type { Completion } from '../../../../src/core/plugin/language/completion.ts';
import type { OutlineSymbol } from '../../../../src/core/plugin/language/outline.ts';
import { createPluginLanguage, type PluginLanguage } from '../../../../src/core/plugin/language/pluginLanguage.ts';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { readXml } from '../../../../src/core/plugin/reader/xmlReader.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { rosterFiles } from '../package/packageOf.ts';
import { fixture, VALID_FILES } from '../validFiles.ts';

const language: PluginLanguage = createPluginLanguage({
  tables: await loadTables(),
  queries: ['org.cedar.roster.students.list'],
  pages: ['/admin/roster/home.html'],
});

/** What is offered at the `|` of a text. */
function offers(fileName: string, marked: string): Completion[] {
  const offset = marked.indexOf('|');
  return language.complete({ fileName, text: marked.replace('|', '') }, offset);
}

function labels(fileName: string, marked: string): string[] {
  return offers(fileName, marked).map(({ label }) => label);
}

/** The text after the offer of that label was taken, placeholders left empty. */
function taken(fileName: string, marked: string, label: string): string {
  const text = marked.replace('|', '');
  const found = offers(fileName, marked).find((offer) => offer.label === label);
  assert.ok(found, `${label} is not offered`);
  const plain = found.snippet
    ? found.text.replace(/\$\{\d+\|([^,|]*)[^}]*\}|\$\{?\d+\}?/g, (_whole, first?: string) => first ?? 'x')
    : found.text;
  return applyEdits(text, [{ range: found.range, text: plain }]);
}

const NS = 'xmlns="http://plugin.powerschool.pearson.com"';

test('an empty manifest offers its root', () => {
  assert.deepEqual(labels('plugin.xml', '|'), ['plugin']);
  assert.deepEqual(labels('plugin.xml', '<|'), ['plugin']);
});

test('the root as offered is a manifest without errors', () => {
  const text = taken('plugin.xml', '<|', 'plugin');
  assert.deepEqual(
    lintText({ fileName: 'plugin.xml', text }).diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
});

test('elements that may stand here are offered, those that are there already are not', () => {
  const found = labels(
    'plugin.xml',
    `<plugin ${NS} name="a"><oauth/><|<publisher name="p"><contact email="e"/></publisher></plugin>`,
  );
  assert.ok(found.includes('access_request'));
  assert.ok(!found.includes('oauth'));
  assert.ok(!found.includes('publisher'));
  assert.deepEqual(labels('plugin.xml', `<plugin ${NS}><access_request>\n  |\n</access_request></plugin>`), [
    'field',
    'cdn_request',
  ]);
});

test('an element is offered with what it needs', () => {
  const text = taken('plugin.xml', `<plugin ${NS} name="a"><access_request>\n<|</access_request></plugin>`, 'field');
  assert.match(text, /<field table="x" field="x" access="ViewOnly"\/>/);
});

test('attributes that are not there yet are offered, required ones first', () => {
  const found = offers(
    'plugin.xml',
    `<plugin ${NS}><access_request><field table="STUDENTS" |/></access_request></plugin>`,
  );
  assert.deepEqual(
    found.map(({ label, text }) => [label, text]),
    [
      ['field', 'field="$1"'],
      ['access', 'access="$1"'],
    ],
  );
});

test('values are offered inside quotes, also of a tag that is half written', () => {
  assert.deepEqual(labels('plugin.xml', `<plugin ${NS}><access_request><field access="|"/>`), [
    'ViewOnly',
    'FullAccess',
  ]);
  assert.deepEqual(labels('plugin.xml', `<plugin ${NS}><oauth accessLevelV1Api="|`), ['NONE', 'READ', 'FULL']);
  assert.ok(
    labels('plugin.xml', `<plugin ${NS}><links><link><ui_contexts><ui_context id="|`).includes('teacher.pro.apps'),
  );
});

test('tables and the columns of the table are offered', () => {
  assert.ok(labels('plugin.xml', `<plugin ${NS}><access_request><field table="|"/>`).includes('STUDENTS'));
  assert.ok(
    labels('plugin.xml', `<plugin ${NS}><access_request><field table="students" field="|"/>`).includes('LASTFIRST'),
  );
});

test('TABLE.FIELD is offered in two steps', () => {
  const start = '<queries><query name="a"><columns><column column="';
  const tables = offers('x.named_queries.xml', `${start}|">`);
  assert.equal(tables.find(({ label }) => label === 'STUDENTS')?.text, 'STUDENTS.');
  assert.ok(labels('x.named_queries.xml', `${start}students.|">`).includes('DCID'));
  assert.equal(taken('x.named_queries.xml', `${start}students.|">`, 'DCID'), `${start}students.DCID">`);
});

function sql(marked: string): string {
  return `<queries><query name="a"><args><arg name="grade"/></args><columns><column>x</column></columns><sql><![CDATA[${marked}]]></sql></query></queries>`;
}

test('the SQL of a query offers its arguments, tables, and the columns of an alias', () => {
  assert.deepEqual(labels('x.named_queries.xml', sql('select 1 from students s where s.grade_level = :|')), ['grade']);
  assert.ok(labels('x.named_queries.xml', sql('select 1 from |')).includes('students'));
  assert.ok(labels('x.named_queries.xml', sql('select s.| from students s')).includes('lastfirst'));
  assert.deepEqual(labels('x.named_queries.xml', sql('select |')), []);
});

test('mappings offer the queries of the package, methods and pages', () => {
  assert.ok(
    labels(
      'x.permission_mappings.xml',
      '<permission_mappings><permission name="/x"><implies allow="post">|</implies>',
    ).includes('/ws/schema/query/org.cedar.roster.students.list'),
  );
  assert.deepEqual(
    labels('x.permission_mappings.xml', '<permission_mappings><permission name="/x"><implies allow="|'),
    ['post', 'get', 'put', 'delete'],
  );
  assert.ok(
    labels('x.permission_mappings.xml', '<permission_mappings><permission name="|"/>').includes(
      '/admin/roster/home.html',
    ),
  );
});

test('page catalogs offer properties and values', () => {
  assert.ok(labels('pagecataloging/x.json', '{ "pages": [\n {\n  "htmlID": "a",\n  |\n }\n] }').includes('title'));
  assert.ok(!labels('pagecataloging/x.json', '{ "pages": [\n {\n  "htmlID": "a",\n  |\n }\n] }').includes('htmlID'));
  assert.deepEqual(labels('pagecataloging/x.json', '{ "pages": [\n {\n  "districtLevelContext": |'), ['0', '1', '2']);
});

test('nothing is offered in comments and end tags', () => {
  assert.deepEqual(labels('plugin.xml', `<plugin ${NS}><!-- <| --></plugin>`), []);
  assert.deepEqual(labels('plugin.xml', `<plugin ${NS}></|`), []);
});

/** What is shown for a word of a text. */
function hover(fileName: string, text: string, word: string): string {
  return language.hover({ fileName, text }, text.indexOf(word) + 1)?.markdown ?? '';
}

test('elements, attributes, values, tables and columns are explained', () => {
  const { text } = fixture('valid/roster/plugin.xml');
  assert.match(hover('plugin.xml', text, 'access_request>'), /tables and fields/);
  assert.match(hover('plugin.xml', text, 'accessLevelV1Api'), /\/ws\/v1[^]*READ[^]*Since PowerSchool 25\.2/);
  assert.match(hover('plugin.xml', text, 'READ'), /May read/);
  assert.match(hover('plugin.xml', text, 'FIRST_NAME'), /first_name/i);
  assert.match(hover('plugin.xml', text, 'teacher.pro.apps'), /PowerTeacher Pro/);
});

test('arguments, tables and columns of the SQL are explained', () => {
  const { fileName, text } = fixture('valid/roster/queries_root/roster.named_queries.xml');
  assert.match(hover(fileName, text, ':grade'), /Grade level[^]*Required/);
  assert.match(hover(fileName, text, 'students s\n'), /students/i);
  assert.match(hover(fileName, text, 'enroll_status'), /enroll_status/i);
});

test('the outline is a tree with the names that people know', () => {
  const [plugin] = language.symbols(fixture('valid/roster/plugin.xml'));
  assert.deepEqual([plugin?.kind, plugin?.name, plugin?.detail], ['plugin', 'Cedar Roster', '1.4.0']);
  const fields = plugin?.children.find(({ name }) => name === 'access_request')?.children ?? [];
  assert.deepEqual([fields[0]?.name, fields[0]?.detail], ['STUDENTS.DCID', 'ViewOnly']);
  const [queries] = language.symbols(fixture('valid/roster/queries_root/roster.named_queries.xml'));
  assert.deepEqual(
    queries?.children.map(({ name }) => name),
    ['org.cedar.roster.students.list', 'org.cedar.roster.rooms.list'],
  );
});

test('every row of the outline is inside its parent', () => {
  for (const path of VALID_FILES) {
    const file = fixture(path);
    const check = (rows: readonly OutlineSymbol[], limit: { start: number; end: number }): void => {
      for (const { range, selection, children } of rows) {
        assert.ok(range.start >= limit.start && range.end <= limit.end);
        assert.ok(selection.start >= range.start && selection.end <= range.end);
        check(children, range);
      }
    };
    check(language.symbols(file), { start: 0, end: file.text.length });
  }
});

const QUERIES = 'queries_root/roster.named_queries.xml';
const MAPPINGS = 'permissions_root/roster.permission_mappings.xml';

function packageTexts(more: Record<string, string> = {}) {
  return Object.entries({ ...rosterFiles(), ...more }).map(([fileName, text]) => ({ fileName, text }));
}

test('a query is renamed in its file, in mappings and in pages', () => {
  const page =
    'fetch("/ws/schema/query/org.cedar.roster.rooms.list"); fetch("/ws/schema/query/org.cedar.roster.rooms.list.more")';
  const files = packageTexts({ 'WEB_ROOT/admin/roster/x.js': page });
  const file = files.find(({ fileName }) => fileName === QUERIES);
  assert.ok(file);
  const result = language.rename(file, file.text.indexOf('rooms.list'), 'org.cedar.roster.rooms.all', files);
  assert.deepEqual(
    result?.map(({ fileName, edits }) => [fileName, edits.length]),
    [
      [QUERIES, 1],
      [MAPPINGS, 2],
      ['WEB_ROOT/admin/roster/x.js', 1],
    ],
  );
  const script = result?.find(({ fileName }) => fileName.endsWith('.js'));
  assert.equal(applyEdits(page, script?.edits ?? []), page.replace('rooms.list"', 'rooms.all"'));
});

test('a query can be renamed from a mapping too', () => {
  const files = packageTexts();
  const file = files.find(({ fileName }) => fileName === MAPPINGS);
  assert.ok(file);
  assert.equal(language.rename(file, file.text.indexOf('students.list'), 'org.cedar.x.y.z', files)?.length, 2);
});

test('a name that is taken or impossible is refused', () => {
  const files = packageTexts();
  const file = files.find(({ fileName }) => fileName === QUERIES);
  assert.ok(file);
  const at = file.text.indexOf('rooms.list');
  assert.equal(language.rename(file, at, 'org.cedar.roster.students.list', files), undefined);
  for (const name of ['', 'two words', 'a..b', '<x>', 'a'.repeat(201)])
    assert.equal(language.rename(file, at, name, files), undefined);
});

test('an argument is renamed where it is declared and where the SQL uses it', () => {
  const file = fixture(`valid/roster/${QUERIES}`);
  const edits = language.rename(file, file.text.indexOf(':grade') + 2, 'level', [])?.[0]?.edits ?? [];
  const renamed = applyEdits(file.text, edits);
  assert.equal(edits.length, 2);
  assert.ok(renamed.includes('<arg name="level"') && renamed.includes('= :level and'));
  assert.equal(language.rename(file, file.text.indexOf(':grade') + 2, 'room', []), undefined);
});

test('no service throws at any place of a half-written file', () => {
  for (const path of VALID_FILES) {
    const { fileName, text } = fixture(path);
    for (let at = 0; at <= text.length; at += 7) {
      const file = { fileName, text: text.slice(0, at) };
      for (const { range } of language.complete(file, at)) assert.ok(range.start >= 0 && range.end <= at);
      language.hover(file, at);
      language.symbols(file);
      language.prepareRename(file, at);
    }
  }
});

/** What is offered for the column of an argument, of two of all names. */
function columnOffer(column: string): Completion | undefined {
  const text = `<queries><query name="a.b.c.d.e"><args><arg name="g" column="${column}"/></args></query></queries>`;
  return offers('queries_root/a.named_queries.xml', text).find(({ label }) => /^(?:STUDENTS|DCID)$/.test(label));
}

function oauthIn(marked: string): string | undefined {
  return offers('plugin.xml', marked).find(({ label }) => label === 'oauth')?.text;
}

test('before the dot of TABLE.FIELD a table is offered, behind it a column', () => {
  assert.equal(columnOffer('STU|DENTS.DCID')?.text, 'STUDENTS');
  assert.equal(columnOffer('STUDENTS|.DCID')?.label, 'STUDENTS');
  assert.equal(columnOffer('STUDENTS.|DCID')?.label, 'DCID');
  assert.equal(columnOffer('STU|')?.text, 'STUDENTS.');
});

test('of a tag that is there the name alone is written, and no second root', () => {
  assert.equal(oauthIn(`<plugin ${NS}><aut| base-url="x"/></plugin>`), '<oauth');
  assert.equal(oauthIn(`<plugin ${NS}><aut|></aut></plugin>`), '<oauth');
  assert.match(oauthIn(`<plugin ${NS}><aut|\n<publisher/></plugin>`) ?? '', /^<oauth[^]*>$/);
  assert.deepEqual(labels('plugin.xml', `|\n<plugin ${NS}></plugin>`), []);
  assert.deepEqual(labels('plugin.xml', `<|\n<plugin ${NS}></plugin>`), []);
});

test('what is offered stands at the cursor, and a file without faults stays one', () => {
  let checked = 0;
  for (const path of VALID_FILES.filter((each) => each.endsWith('.xml'))) {
    const { fileName, text } = fixture(path);
    for (let offset = 0; offset <= text.length; offset++) {
      const kinds = new Set<string>();
      for (const { kind, label, range, text: written } of language.complete({ fileName, text }, offset)) {
        const about = `${label} at ${JSON.stringify(`${text.slice(0, offset)}|${text.slice(offset)}`)}`;
        assert.ok(range.start <= offset && offset <= range.end, about);
        // a name that takes the place of another leaves the rest of the tag as it is
        const isName = /^<?[\w:-]+$/.test(written) && (kind === 'element' || kind === 'attribute');
        if (isName || kinds.has(kind)) continue;
        kinds.add(kind);
        const marked = `${text.slice(0, offset)}|${text.slice(offset)}`;
        assert.deepEqual(readXml(taken(fileName, marked, label)).faults, [], about);
        checked++;
      }
    }
  }
  assert.ok(checked > 1000, String(checked));
});
