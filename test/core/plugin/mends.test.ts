import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTables } from '../../../src/core/catalog/load.ts';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { say } from '../../../src/core/problem/phrase.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';
import { fixture } from './validFiles.ts';

const tables = await loadTables();

const FILES = {
  manifest: fixture('valid/roster/plugin.xml'),
  sso: fixture('valid/sso/plugin.xml'),
  queries: fixture('valid/roster/queries_root/roster.named_queries.xml'),
  mappings: fixture('valid/roster/permissions_root/roster.permission_mappings.xml'),
  catalog: fixture('valid/roster/pagecataloging/roster.json'),
  messages: fixture('valid/roster/MessageKeys/roster.US_en.properties'),
};

/** What the valid file becomes when `find` was written as `put` and the first mend of the code was taken. */
function mended(file: keyof typeof FILES, find: string, put: string, code: string): { title: string; line: string } {
  const { fileName, text } = FILES[file];
  assert.ok(text.includes(find), `no ${find}`);
  const faulty = text.replace(find, put);
  const found = lintText({ fileName, text: faulty, tables }).diagnostics;
  const fix = found.find((each) => each.code === code)?.fixes[0];
  assert.ok(fix, `${code} has a mend, found ${found.map((each) => each.code).join()}`);
  const after = applyEdits(faulty, fix.edits);
  const before = new Set(faulty.split('\n'));
  const changed = after.split('\n').filter((each) => !before.has(each));
  return { title: say(fix.title), line: after === text ? 'as it was' : changed.map((each) => each.trim()).join('\n') };
}

test('columns are made those of the SELECT, in its order and with the fields that it reads', () => {
  const last = '      <column column="STUDENTS.LAST_NAME">last_name</column>\n';
  assert.deepEqual(mended('queries', last, '', 'PS252'), { title: 'Add the missing columns', line: 'as it was' });
  const both = `      <column column="STUDENTS.FIRST_NAME">first_name</column>\n${last}`;
  assert.equal(mended('queries', both, '', 'PS252').line, 'as it was');
  const end = '\n      <column>STUDENTS.GRADE_LEVEL</column>';
  assert.equal(mended('queries', end, '', 'PS252').line, '<column>grade_level</column>');
  assert.deepEqual(mended('queries', last, `${last}      <column>extra</column>\n`, 'PS252'), {
    title: 'Remove the columns that the SELECT does not have',
    line: 'as it was',
  });
  const swapped =
    '<column column="STUDENTS.LAST_NAME">last_name</column>\n      <column column="STUDENTS.FIRST_NAME">first_name</column>';
  assert.equal(mended('queries', both.trim(), swapped, 'PS253').line, 'as it was');
});

test('an expression gets the name of its column', () => {
  assert.equal(
    mended('queries', ' grade_level -- the', ' -- the', 'PS254').line,
    "decode(s.grade_level, 0, 'K', 'x, y') AS GRADE_LEVEL -- the level, as text",
  );
});

test('a query gets the table of its columns, an alias and an argument plain characters', () => {
  assert.match(mended('queries', ' coreTable="u_cedar"', '', 'PS260').line, /coreTable="U_CEDAR"/);
  assert.match(mended('queries', '>room<', '>the room<', 'PS261').line, />the_room</);
  assert.equal(mended('queries', 'column="U_CEDAR.ROOM">', 'column="ROOM">', 'PS262').line, 'as it was');
  assert.match(mended('queries', '<arg name="room"', '<arg name="my-room"', 'PS259').line, /name="my_room"/);
  assert.match(
    mended('queries', 'flattened="true"', 'flattened="false" dat="true"', 'PS275').line,
    /flattened="true" dat/,
  );
  const again = '<query name="org.cedar.roster.rooms.list"';
  assert.match(
    mended('queries', again, again.replace('rooms', 'students'), 'PS248').line,
    /name="org\.cedar\.roster\.students\.list_2"/,
  );
});

test('addresses and paths keep what was right in them', () => {
  assert.equal(mended('manifest', 'url="https://cedar', 'url="http://cedar', 'PS145').line, 'as it was');
  const host = 'host="sso.cedar.invalid"';
  for (const written of [
    'host="https://sso.cedar.invalid"',
    'host="sso.cedar.invalid:80"',
    'host="http://sso.cedar.invalid/x"',
  ])
    assert.equal(mended('sso', host, written, 'PS146').line, 'as it was');
  assert.equal(
    mended('manifest', 'https://cdn.cedar.invalid', 'https://cdn.cedar.invalid/lib/x.js', 'PS165').line,
    'as it was',
  );
  for (const written of [
    '/schema/table/U_CEDAR<',
    'ws/schema/table/U_CEDAR<',
    'https://x.example/ws/schema/table/U_CEDAR<',
  ])
    assert.equal(mended('mappings', '/ws/schema/table/U_CEDAR<', written, 'PS345').line, 'as it was');
  assert.equal(mended('manifest', 'version="1.4.0"', 'version="v1.4.0-beta"', 'PS150').line, 'as it was');
});

test('JSON gets the marks that it lacks', () => {
  const cases = [
    ['"main"', "'main'"],
    ['"main",', '"main,'],
    ['"pages"', 'pages'],
    ['"navDataAndReportingSchoolReports"', 'null_', 'null_'],
    ['    }\n  ]', '  ]'],
    ['  ]\n}', '  }'],
    ['\n}', ''],
  ] as const;
  for (const [find, put, quoted] of cases) {
    const { line } = mended('catalog', find, put, 'PS450');
    assert.doesNotThrow(() => JSON.parse(line === 'as it was' ? '{}' : applied(find, put)), `${put}: ${line}`);
    if (quoted !== undefined) assert.match(line, new RegExp(`"${quoted}"`));
  }
  assert.equal(mended('catalog', '"pages"', '"page"', 'PS451').line, 'as it was');
  assert.equal(
    mended('catalog', '"districtLevelContext": 1', '"districtLevelContext": "1"', 'PS458').line,
    'as it was',
  );
  assert.match(mended('catalog', '"version": "1.4.0",', '', 'PS453').line, /"version": "1\.0\.0",/);
});

function applied(find: string, put: string): string {
  const { fileName, text } = FILES.catalog;
  const faulty = text.replace(find, put);
  const fix = lintText({ fileName, text: faulty }).diagnostics[0]?.fixes[0];
  return applyEdits(faulty, fix?.edits ?? []);
}

test('a message key that is there twice goes with its line', () => {
  const line = 'psx.htmlc.admin.roster.room=Room\n';
  assert.deepEqual(mended('messages', line, `${line}psx.htmlc.admin.roster.title=Lists \\\n  of classes\n`, 'PS485'), {
    title: 'Remove the second one',
    line: 'as it was',
  });
});

test('a value that is put in is written as XML asks', () => {
  const text = FILES.manifest.text.replace('name="Cedar Roster"', "name='Cedar'");
  const { diagnostics } = lintText({
    fileName: 'plugin.xml',
    text,
    committed: { name: `Tom & "Jerry's"`, version: '1.0.0' },
  });
  const fix = diagnostics.find(({ code }) => code === 'PS153')?.fixes[0];
  assert.match(applyEdits(text, fix?.edits ?? []), /name='Tom &amp; &quot;Jerry&apos;s&quot;'/);
});
