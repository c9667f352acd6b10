import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTables } from '../../../../src/core/catalog/load.ts';
import { mergeTables } from '../../../../src/core/catalog/serverCatalog.ts';
import { columnLine, NO_FACTS } from '../../../../src/core/catalog/serverFacts.ts';
import type { TableCatalog } from '../../../../src/core/catalog/tables.ts';
import { lintText } from '../../../../src/core/plugin/lintText.ts';
import { fixture } from '../validFiles.ts';

const MANIFEST = fixture('valid/roster/plugin.xml').text;
const QUERIES = fixture('valid/roster/queries_root/roster.named_queries.xml').text;

const base = await loadTables();

/** The tables as a server has them that was asked for the columns of STUDENTS. */
function asked(...columns: string[]): TableCatalog {
  const lines = columns.map((name) => columnLine({ name, access: 'ViewOnly', type: 'String' }));
  return mergeTables(base, { ...NO_FACTS, columns: { students: lines.join('\n') } });
}

/** Findings about one field of the manifest, as `code severity text-at-the-place`. */
function judged(table: string, field: string, tables: TableCatalog = base): string[] {
  const text = MANIFEST.replace('table="STUDENTS" field="FIRST_NAME"', `table="${table}" field="${field}"`);
  return lintText({ fileName: 'plugin.xml', text, tables })
    .diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, severity, range }) => `${code} ${severity} ${text.slice(range.start, range.end)}`);
}

test('names in any letter case, of extensions and of views are not judged', () => {
  for (const [table, field] of [
    ['Students', 'first_name'],
    ['U_CEDAR_MORE', 'ANYTHING'],
    ['S_TX_STU_X', 'ANYTHING'],
    ['PS_ENROLLMENT', 'STUDENTID'],
    ['TEACHERS', 'TEACHERNUMBER'],
  ] as const) {
    assert.deepEqual(judged(table, field), [], `${table}.${field}`);
  }
});

test('an unknown table or field is a warning at the attribute that names it', () => {
  assert.deepEqual(judged('FOOTBALL', 'ID'), ['PS161 warning table="FOOTBALL"']);
  assert.deepEqual(judged('STUDENTS', 'SHOE_SIZE'), ['PS161 warning field="SHOE_SIZE"']);
  assert.deepEqual(judged('STUDENT', 'LAST_NAME'), ['PS160 warning table="STUDENT"']);
  assert.deepEqual(judged('STUDENTS', 'FRIST_NAME'), ['PS160 warning field="FRIST_NAME"']);
});

test('a field that the asked server does not have is an error, with the nearest one as its mend', () => {
  const tables = asked('DCID', 'FIRST_NAME', 'LAST_NAME', 'GRADE_LEVEL', 'ENROLL_STATUS', 'SHOE_SIZE');
  assert.deepEqual(judged('STUDENTS', 'SHOE_SIZE', tables), []);
  assert.deepEqual(judged('STUDENTS', 'MIDDLE_NAME', tables), ['PS178 error field="MIDDLE_NAME"']);
  assert.deepEqual(judged('STUDENTS', 'SHOE_SISE', tables), ['PS178 error field="SHOE_SISE"']);
  const text = MANIFEST.replace('"FIRST_NAME"', '"SHOE_SISE"');
  const found = lintText({ fileName: 'plugin.xml', text, tables }).diagnostics.find(({ code }) => code === 'PS178');
  assert.equal(found?.fixes[0]?.edits[0]?.text, 'SHOE_SIZE');
});

test('an unknown column of a query is a warning, once for each name', () => {
  const text = QUERIES.replaceAll('column="STUDENTS.DCID"', 'column="STUDENTS.SHOE_SIZE"');
  const found = lintText({ fileName: 'x.named_queries.xml', text, tables: base }).diagnostics.filter(
    ({ code }) => code === 'PS264',
  );
  assert.deepEqual(
    found.map(({ severity, range }) => `${severity} ${text.slice(range.start, range.end)}`),
    ['warning column="STUDENTS.SHOE_SIZE"'],
  );
});
