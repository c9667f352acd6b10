import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFilter, FILTER_FINDING_TEXT, operatorsFor } from '../../../src/core/catalog/filterCheck.ts';
import { parseFilter } from '../../../src/core/catalog/fiql.ts';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { mergeTables } from '../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';
import type { Table } from '../../../src/core/catalog/tables.ts';

const catalog = await loadCatalog();
const tables = await loadTables();
const students = catalog.operation('listDistrictStudents')?.filter;
const rows = catalog.operation('listTableRows')?.filter;
assert.ok(students && rows);
const found = (text: string, filter = students, table?: Table): string[] =>
  checkFilter(parseFilter(text), filter, table).map(
    ({ kind, severity, range }) => `${severity} ${kind} ${text.slice(range.start, range.end)}`,
  );

test('filters from the field pass', () => {
  for (const text of [
    'local_id==700412;name.last_name==Qui*',
    'school_enrollment.enroll_status==(a,P)',
    'school_enrollment.enroll_status_code=gt=-2147483648',
    'school_enrollment.entry_date=ge=2026-08-01',
    'local_id=={{number}}',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('values of the wrong kind are found at their place', () => {
  assert.deepEqual(found('local_id==abc'), ['error notANumber abc']);
  assert.deepEqual(found('school_enrollment.entry_date=ge=8/1/2026'), ['error notADate 8/1/2026']);
  assert.deepEqual(found('school_enrollment.enroll_status==Q'), ['warning unknownValue Q']);
  assert.deepEqual(found('name.last_name=gt=Q*'), ['warning wildcard Q*']);
  assert.deepEqual(found('name.last_name==Quill, Nora'), ['warning reserved Quill, Nora']);
});

test('a field that nobody named is pointed out, not refused', () => {
  assert.deepEqual(found('demographics.gender==F'), ['info unknownField demographics.gender']);
  assert.deepEqual(found('name.last_name!=Quill'), ['info notEqual !=']);
});

test('columns are judged by type, and as missing or closed only after the server told them', () => {
  const plain = tables.table('students');
  assert.deepEqual(found('dob==2011-03-09;enroll_status==0', rows, plain), []);
  assert.deepEqual(found('dob==x;grade_level==nine;no_such==1', rows, plain), [
    'error notADate x',
    'error notANumber nine',
  ]);
  assert.deepEqual(found('enrollment_transfer_info==1', rows, plain), ['error notFilterable enrollment_transfer_info']);
  const asked = mergeTables(tables, {
    ...NO_FACTS,
    columns: { students: 'DOB ViewOnly -\nSSN NoAccess -\nSTUDENT_NUMBER FullAccess -' },
  }).table('students');
  assert.deepEqual(found('dob==2011-03-09;students.ssn==1;grade_level==9', rows, asked), [
    'error notReadable students.ssn',
    'error unknownColumn grade_level',
  ]);
  const [finding] = checkFilter(parseFilter('student_nmber==1'), rows, asked);
  assert.equal(finding?.args[1], 'STUDENT_NUMBER');
});

test('comparisons offered fit the type', () => {
  assert.deepEqual(operatorsFor('string', 'fields'), ['==']);
  assert.deepEqual(operatorsFor('date', 'columns'), ['==', '!=', '=gt=', '=ge=', '=lt=', '=le=']);
});

test('every finding has a sentence that says what to do', () => {
  for (const { message, mend } of Object.values(FILTER_FINDING_TEXT)) assert.match(`${message} ${mend}`, /[.] .*[.?]$/);
});
