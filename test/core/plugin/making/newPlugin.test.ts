import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTables } from '../../../../src/core/catalog/load.ts';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { createPluginFiles, type NewPlugin } from '../../../../src/core/plugin/making/newPlugin.ts';
import { suggestQueryName } from '../../../../src/core/plugin/making/newQuery.ts';

const tables = await loadTables();

const PLUGIN: NewPlugin = {
  name: 'Bus Passes',
  publisher: 'Fernhill School District',
  email: 'data@fernhill.example',
  v1Access: 'READ',
  fields: [
    { table: 'students', column: 'dcid' },
    { table: 'CC', column: 'dcid' },
    { table: 'STUDENTS', column: 'LastFirst' },
    { table: 'STUDENTS', column: 'DCID' },
  ],
};

const QUERY = {
  name: suggestQueryName({ ...PLUGIN, pluginName: PLUGIN.name, table: 'STUDENTS' }),
  table: 'STUDENTS',
  columns: ['DCID', 'LASTFIRST'],
  conditions: ['GRADE_LEVEL'],
};

function findings(plugin: NewPlugin): string[] {
  return createPluginFiles(plugin).flatMap(({ path, text }) =>
    lintText({ fileName: path, text, tables }).diagnostics.map(({ message }) => `${path}: ${message}`),
  );
}

function manifestOf(plugin: NewPlugin): string {
  return createPluginFiles(plugin)[0]?.text ?? '';
}

test('a new plugin lints without a single finding, with and without a query', () => {
  assert.deepEqual(findings(PLUGIN), []);
  assert.deepEqual(findings({ ...PLUGIN, query: QUERY }), []);
  assert.deepEqual(findings({ ...PLUGIN, fields: [], v1Access: 'NONE' }), []);
});

test('every table of the catalog makes a query that lints without an error', () => {
  for (const { name, columns } of tables.tables) {
    const names = columns.filter(({ secret }) => !secret).map((column) => column.name);
    if (names.length === 0) continue;
    const query = { name: 'org.fernhill.x.y.list', table: name, columns: names.slice(0, 20) };
    const [, file] = createPluginFiles({ ...PLUGIN, fields: [], query });
    const errors = lintText({ fileName: file?.path ?? '', text: file?.text ?? '', tables }).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    assert.deepEqual(errors, [], name);
  }
});

test('a field is asked for once, and the fields of a table stand together', () => {
  assert.deepEqual(manifestOf(PLUGIN).match(/table="\w+" field="\w+"/g), [
    'table="STUDENTS" field="DCID"',
    'table="STUDENTS" field="LASTFIRST"',
    'table="CC" field="DCID"',
  ]);
});

test('what the query selects and compares is asked for', () => {
  assert.match(manifestOf({ ...PLUGIN, fields: [], query: QUERY }), /field="GRADE_LEVEL" access="ViewOnly"/);
});

test('names with characters of XML stay what they are', () => {
  const plugin = { ...PLUGIN, name: 'A & B "<C>"', publisher: `O'Hara & "Sons"` };
  assert.deepEqual(findings(plugin), []);
  assert.match(manifestOf(plugin), /name="A &amp; B &quot;&lt;C&gt;&quot;"/);
});

test('a plugin without access to v1 does not name a level', () => {
  assert.match(manifestOf({ ...PLUGIN, v1Access: 'NONE' }), /<oauth\/>/);
});

function suggested(email: string): string {
  return suggestQueryName({ email, pluginName: 'Bus Passes!', publisher: 'Fernhill', table: 'STUDENTS' });
}

test('the name of a query has two parts of the reversed domain, product, area and entity', () => {
  assert.equal(suggested('data@fernhill.example'), 'example.fernhill.buspasses.students.list');
  assert.equal(suggested('data@mail.k12.fernhill.example'), 'example.fernhill.buspasses.students.list');
  assert.equal(suggested('someone@powerschool.com'), 'org.fernhill.buspasses.students.list');
  assert.equal(suggested(''), 'org.fernhill.buspasses.students.list');
});

test('a query whose columns were all taken back is not written', () => {
  const files = createPluginFiles({ ...PLUGIN, query: { ...QUERY, columns: [] } });
  assert.deepEqual(
    files.map(({ path }) => path),
    ['plugin.xml'],
  );
});
