import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { createDistrict } from '../../src/sandbox/district/createDistrict.ts';
import { DatabaseFile } from '../../src/sandbox/district/databaseFile.ts';
import type { District } from '../../src/sandbox/district/district.ts';
import { loadTableSources } from '../../src/sandbox/district/loadTableSources.ts';
import { schoolYearOf } from '../../src/sandbox/district/schoolYear.ts';
import { quote } from '../../src/sandbox/district/tableBuilder.ts';
import { TODAY } from './apiCaller.ts';

let folder: string;
let district: District;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-district-'));
  district = await create('main', {});
});
after(() => {
  district.close();
  rmSync(folder, { recursive: true });
});

interface Plan {
  readonly students?: number;
  readonly schools?: number;
  readonly seed?: number;
  readonly today?: string;
}

async function create(name: string, { students = 400, schools = 3, seed = 1, today = TODAY }: Plan): Promise<District> {
  const schoolYear = schoolYearOf(today);
  return createDistrict(join(folder, `${name}.db`), await loadTableSources(), { students, schools, seed, schoolYear });
}

/** Rows of every table. */
function counts(of: District): Record<string, number> {
  const tables = of.dictionary.tables.map(({ name }) => name);
  return Object.fromEntries(tables.map((name) => [name, of.number(`SELECT count(*) FROM ${quote(name)}`)]));
}

function text(dcid: number, column: string): string {
  return String(district.get(`SELECT ${column} FROM students WHERE dcid = ${dcid}`)?.[column] ?? '');
}

/** Every row of a few tables as one text. */
function content(of: District): string {
  const tables = ['students', 'schools', 'cc', 'users', 'attendance', 'person', 'storedgrades', 's_stu_x'];
  return JSON.stringify(tables.map((table) => of.all(`SELECT * FROM ${table}`)));
}

test('the same seed gives the same district, another seed another', async () => {
  const same = await create('same', {});
  const other = await create('other', { seed: 2 });
  assert.equal(content(same), content(district));
  assert.notEqual(content(other), content(district));
  same.close();
  other.close();
});

test('every table has rows, and a row with key 1', () => {
  for (const table of district.dictionary.tables) {
    const sql = `SELECT 1 FROM ${quote(table.name)} WHERE ${quote(table.primaryKey)} = 1`;
    assert.notEqual(district.get(sql), undefined, table.name);
  }
});

test('every table that has an ID has a row with ID 1, terms excepted', () => {
  for (const table of district.dictionary.tables) {
    // A term's ID is the year id times 100 plus n.
    if (table.name === 'terms' || !table.columns.some(({ name }) => name === 'id')) continue;
    assert.notEqual(district.get(`SELECT 1 FROM ${quote(table.name)} WHERE id = 1`), undefined, table.name);
  }
});

test('every column of the catalogue is there', async () => {
  for (const source of await loadTableSources()) {
    const columns = new Set(
      district.all(`SELECT name FROM pragma_table_info('${source.name}')`).map(({ name }) => name),
    );
    for (const column of source.columns)
      assert.ok(columns.has(column.name.toLowerCase()), `${source.name}.${column.name}`);
  }
});

test('student 1 has something in every table that hangs on a student', () => {
  for (const [table, column] of [
    ['cc', 'studentid'],
    ['storedgrades', 'studentid'],
    ['attendance', 'studentid'],
    ['log', 'studentid'],
    ['reenrollments', 'studentid'],
    ['spenrollments', 'studentid'],
    ['transportation', 'studentid'],
    ['studentrace', 'studentid'],
    ['studenttest', 'studentid'],
    ['pgfinalgrades', 'studentid'],
    ['studentcontactassoc', 'studentdcid'],
    ['guardianstudent', 'studentsdcid'],
    ['accessstudent', 'studentsdcid'],
    ['s_stu_x', 'studentsdcid'],
    ['u_bikepermits', 'studentsdcid'],
    ['studentcorefields', 'studentsdcid'],
    ['u_devices', 'studentsdcid'],
  ] as const) {
    assert.notEqual(district.get(`SELECT 1 FROM ${table} WHERE ${column} = 1`), undefined, table);
  }
});

test('rows point to rows that exist', () => {
  for (const [table, column, target, key] of [
    ['students', 'schoolid', 'schools', 'school_number'],
    ['students', 'fteid', 'fte', 'id'],
    ['cc', 'studentid', 'students', 'id'],
    ['cc', 'abs(sectionid)', 'sections', 'id'],
    ['cc', 'teacherid', 'schoolstaff', 'id'],
    ['sections', 'course_number', 'courses', 'course_number'],
    ['sections', 'teacher', 'schoolstaff', 'id'],
    ['sections', 'termid', 'terms', 'id'],
    ['schoolstaff', 'users_dcid', 'users', 'dcid'],
    ['school_course', 'courseid', 'courses', 'id'],
    ['attendance', 'studentid', 'students', 'id'],
    ['attendance', 'attendance_codeid', 'attendance_code', 'id'],
    ['attendance', 'calendar_dayid', 'calendar_day', 'id'],
    ['storedgrades', 'studentid', 'students', 'id'],
    ['storedgrades', 'sectionid', 'sections', 'id'],
    ['studentcontactassoc', 'studentdcid', 'students', 'dcid'],
    ['studentcontactassoc', 'personid', 'person', 'id'],
    ['studentcontactdetail', 'studentcontactassocid', 'studentcontactassoc', 'studentcontactassocid'],
    ['personphonenumberassoc', 'phonenumberid', 'phonenumber', 'phonenumberid'],
    ['personemailaddressassoc', 'emailaddressid', 'emailaddress', 'emailaddressid'],
    ['personaddressassoc', 'personaddressid', 'personaddress', 'personaddressid'],
    ['assignmentsection', 'sectionsdcid', 'sections', 'dcid'],
    ['assignmentcategoryassoc', 'teachercategoryid', 'teachercategory', 'teachercategoryid'],
    ['assignmentscore', 'assignmentsectionid', 'assignmentsection', 'assignmentsectionid'],
    ['studenttestscore', 'testscoreid', 'testscore', 'id'],
    ['s_stu_x', 'studentsdcid', 'students', 'dcid'],
  ] as const) {
    const lost = district.number(
      `SELECT count(*) FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM ${target} o WHERE o.${key} = t.${column.replace('(', '(t.')})`.replace(
        't.abs(t.',
        'abs(t.',
      ),
    );
    assert.equal(lost, 0, `${table}.${column}`);
  }
});

test('students sit in schools that serve their grade', () => {
  const misplaced = district.number(`SELECT count(*) FROM students s JOIN schools h ON h.school_number = s.schoolid
    WHERE s.enroll_status <> 3 AND s.grade_level NOT BETWEEN h.low_grade AND h.high_grade`);
  assert.equal(misplaced, 0);
});

test('a class has no more than 30 students', () => {
  const largest = district.number(
    'SELECT max(n) FROM (SELECT count(*) AS n FROM cc WHERE sectionid > 0 GROUP BY sectionid)',
  );
  assert.ok(largest <= 30, String(largest));
});

test('the edge records are there', () => {
  assert.equal(text(2, 'middle_name'), '');
  assert.match(text(2, 'last_name'), /'/);
  assert.match(text(3, 'first_name'), /ë/);
  assert.match(text(4, 'zip'), /^0/);
  assert.equal(text(5, 'home_phone'), '');
  assert.ok(text(6, 'transfercomment').length > 3000);
  assert.match(text(7, 'student_web_id'), /^\d+$/);
  assert.equal(text(8, 'first_name').length, 1);
  assert.equal(text(9, 'first_name').length, 50);
  assert.match(text(11, 'last_name'), /[&<>]/);
  assert.match(text(12, 'first_name'), /\p{Surrogate}|[\u{10000}-\u{10FFFF}]/u);
});

test('whole numbers are stored as whole numbers, also in text columns', () => {
  for (const table of district.dictionary.tables) {
    if (table.kind === 'view') continue;
    const texts = table.columns.filter(({ type }) => type === 'string').map(({ name }) => name);
    if (texts.length === 0) continue;
    const some = texts
      .map((name) => `(${quote(name)} LIKE '%.0' AND ${quote(name)} NOT GLOB '*[A-Za-z]*')`)
      .join(' OR ');
    assert.equal(district.get(`SELECT 1 FROM ${quote(table.name)} WHERE ${some}`), undefined, table.name);
  }
});

test('the school year follows the date: from July the next one counts', () => {
  assert.equal(schoolYearOf('2026-06-30').yearId, 35);
  assert.equal(schoolYearOf('2026-07-01').yearId, 36);
  assert.equal(schoolYearOf('2027-03-01').yearId, 36);
});

test('a district of the first day of its year has attendance and grades too', async () => {
  const early = await create('early', { today: '2026-07-01', students: 60 });
  assert.ok(early.number('SELECT count(*) FROM attendance') > 0);
  assert.ok(early.number('SELECT count(*) FROM storedgrades') > 0);
  early.close();
});

test('more schools serve every grade, a single student is a district too', async () => {
  const many = await create('many', { schools: 7, students: 300 });
  assert.equal(many.number('SELECT count(*) FROM schools'), 8);
  assert.equal(many.number('SELECT count(DISTINCT schoolid) FROM students WHERE enroll_status = 0'), 7);
  many.close();
  const one = await create('one', { students: 1 });
  assert.equal(one.number('SELECT count(*) FROM students'), 1);
  assert.equal(one.number('SELECT count(*) FROM cc'), 7);
  one.close();
});

test('above 20,000 only the students table grows', async () => {
  const large = await create('large', { students: 20_500 });
  const full = await create('full', { students: 20_000 });
  assert.deepEqual({ ...counts(large), students: 0 }, { ...counts(full), students: 0 });
  assert.equal(large.number('SELECT count(DISTINCT id) FROM students'), 20_500);
  assert.equal(large.number('SELECT count(DISTINCT student_number) FROM students'), 20_500);
  assert.ok(large.number('SELECT count(DISTINCT lastfirst) FROM students WHERE dcid > 20000') > 400);
  large.close();
  full.close();
});

test(
  'the database is readable by the user alone and goes with its object',
  { skip: process.platform === 'win32' },
  () => {
    const file = new DatabaseFile(folder);
    assert.equal(statSync(file.path).mode & 0o077, 0);
    assert.equal(statSync(join(file.path, '..')).mode & 0o077, 0);
    file.remove();
    assert.equal(existsSync(join(file.path, '..')), false);
  },
);

test('the database goes when the process ends by an error', () => {
  const parent = mkdtempSync(join(folder, 'crash-'));
  const module = new URL('../../src/sandbox/district/databaseFile.ts', import.meta.url).href;
  const script = `const { DatabaseFile } = await import(${JSON.stringify(module)});
    new DatabaseFile(${JSON.stringify(parent)}); throw new Error('crash');`;
  assert.throws(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' }));
  assert.deepEqual(readdirSync(parent), []);
});

test('what a killed process left is removed by the next start, the rest is left alone', () => {
  const parent = mkdtempSync(join(folder, 'leftovers-'));
  const dead = execFileSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))'], {
    encoding: 'utf8',
  });
  mkdirSync(join(parent, `powerschool-sandbox-${dead}-abc`));
  mkdirSync(join(parent, `powerschool-sandbox-${process.pid}-abc`));
  mkdirSync(join(parent, 'something-else'));
  const file = new DatabaseFile(parent);
  file.remove();
  assert.deepEqual(readdirSync(parent).toSorted(), [`powerschool-sandbox-${process.pid}-abc`, 'something-else']);
});
