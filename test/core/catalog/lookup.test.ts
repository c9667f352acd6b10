import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeIds, mergeCandidates, type Candidate, type LookupPlan } from '../../../src/core/catalog/lookup.ts';
import { canLookUp, LOOKUP_KINDS, lookUp } from '../../../src/core/catalog/recordLookup.ts';
import { studentIdsByDcid, studentLookup } from '../../../src/core/catalog/studentLookup.ts';
import { parseFilter } from '../../../src/core/catalog/fiql.ts';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { readQuery } from '../../../src/core/catalog/queryString.ts';

const catalog = await loadCatalog();
const tables = await loadTables();
const filters = (plan: LookupPlan): (string | undefined)[] =>
  plan.attempts.map(({ target }) => readQuery(target).find(({ name }) => name === 'q')?.value ?? target);

test('a number is tried as every id that a student has', () => {
  assert.deepEqual(
    studentLookup(' 700412 ').attempts.map(({ title }) => title),
    [
      'Student number 700412',
      'DCID 700412',
      'State number 700412',
      'Student number 700412',
      'DCID 700412',
      'ID 700412',
    ],
  );
  assert.deepEqual(filters(studentLookup('700412')).slice(0, 3), [
    'local_id==700412',
    '/ws/v1/student/700412?expansions=school_enrollment',
    'state_province_id==700412',
  ]);
});

test('a name is tried in the ways people write it', () => {
  assert.deepEqual(filters(studentLookup('Quill, Nora')), [
    'name.last_name==Quill*;name.first_name==Nora*',
    'last_name==Quill*;first_name==Nora*',
  ]);
  assert.deepEqual(filters(studentLookup('Nora Quill')).slice(0, 2), [
    'name.last_name==Quill*;name.first_name==Nora*',
    'name.last_name==Nora Quill*',
  ]);
  assert.deepEqual(filters(studentLookup('quill')).slice(0, 3), [
    'student_username==quill',
    'name.last_name==quill*',
    'name.first_name==quill*',
  ]);
  assert.deepEqual(filters(studentLookup('nora.quill@example.org')).slice(0, 1), ['student_username==nora.quill']);
  assert.deepEqual(filters(studentLookup('ZX0099121')).slice(0, 2), [
    'student_username==ZX0099121',
    'state_province_id==ZX0099121',
  ]);
});

test('sections of a school are named by their courses, and still listed when those cannot be read', () => {
  const attempt = lookUp('section', '', '3').attempts[0];
  assert.deepEqual(attempt?.beside, { target: '/ws/v1/school/3/course', root: 'courses.course' });
  const body = { sections: { section: { id: 6, section_number: '2', course_id: 31 } } };
  const named = new Map([['31', { id: 31, course_number: 'BIO101', course_name: 'Biology' }]]);
  assert.equal(attempt?.read(body, named)[0]?.title, 'BIO101.2 Biology');
  assert.equal(attempt?.read(body)[0]?.title, 'Section 2');
  assert.equal(lookUp('section', 'biology', '3').attempts.at(-1)?.read(body, named)[0]?.foundBy, 'Name');
});

test('nothing typed tries nothing, and marks of the filter language do no harm', () => {
  for (const text of ['', '  ', ';', '*', ',']) assert.deepEqual(studentLookup(text).attempts, [], text);
  for (const text of ['a;local_id==1', "O'Brien (x)", '{{$processEnv SECRET}}', 'Müller&q=1', '100%']) {
    for (const kind of LOOKUP_KINDS) {
      for (const { target } of lookUp(kind, text, '5').attempts) {
        assert.doesNotMatch(target, /\{\{/);
        const query = readQuery(target);
        assert.equal(query.filter(({ name }) => name === 'q').length <= 1, true, target);
        const { terms, errors } = parseFilter(query.find(({ name }) => name === 'q')?.value ?? '');
        assert.deepEqual(errors, [], target);
        assert.ok(
          terms.every(({ field }) => field !== 'local_id'),
          target,
        );
      }
    }
  }
});

test('every attempt asks what the catalog knows: address, filter fields, columns', () => {
  for (const kind of LOOKUP_KINDS) {
    for (const text of ['', '5', '2026', 'BIO101.2', 'Quill Nora']) {
      for (const { target } of lookUp(kind, text, '5').attempts) {
        const match = catalog.match('GET', target);
        assert.ok(match, target);
        for (const { name, value = '' } of readQuery(target)) {
          assert.ok(
            match.operation.queryParams.some((parameter) => parameter.name === name),
            `${target} ${name}`,
          );
          const table = match.pathParams['tablename'];
          if (table === undefined) continue;
          const columns =
            name === 'projection'
              ? value.split(',')
              : name === 'q'
                ? parseFilter(value).terms.map(({ field }) => field)
                : [];
          for (const column of columns) assert.ok(tables.column(table, column), `${table}.${column}`);
        }
      }
    }
  }
});

test('an answer gives candidates with all ids, whether one record or many', () => {
  const record = {
    id: 4101,
    local_id: 700412,
    name: { first_name: 'Nora', last_name: 'Quill' },
    school_enrollment: { grade_level: 9, school_number: 120, enroll_status_description: 'Active' },
  };
  const [number, dcid, , table] = studentLookup('700412').attempts;
  assert.ok(number && dcid && table);
  const [found] = number.read({ students: { '@expansions': '', student: record } });
  assert.deepEqual(dcid.read({ student: record })[0]?.ids, found?.ids);
  assert.ok(found);
  assert.deepEqual(
    [found.value, found.title, found.detail, describeIds(found)],
    ['4101', 'Quill, Nora', 'grade 9 · school 120 · active', 'Student number 700412 · DCID 4101'],
  );
  assert.equal(number.read({ students: { student: [record, record] } }).length, 2);
  for (const nothing of [{ students: '' }, { students: {} }, {}, '', null, undefined, []])
    assert.deepEqual(number.read(nothing), []);
  const row = {
    id: 4101,
    name: 'Students',
    tables: { students: { dcid: '4101', id: '3988', student_number: '700412', lastfirst: 'Quill, Nora' } },
  };
  assert.equal(
    describeIds(table.read({ name: 'Students', record: [row] })[0] as Candidate),
    'Student number 700412 · DCID 4101 · ID 3988',
  );
});

test('the same student found twice is one candidate with all three ids', () => {
  const v1: Candidate = {
    value: '4101',
    title: 'Quill, Nora',
    ids: [{ label: 'DCID', value: '4101', inPath: true }],
    detail: '',
    foundBy: 'Student number',
  };
  const row = { record: [{ tables: { students: { dcid: '4101', id: '3988', student_number: '700412' } } }] };
  const merged = mergeCandidates([v1, ...studentIdsByDcid('4101').read(row)]);
  assert.equal(merged.length, 1);
  assert.deepEqual(
    merged[0]?.ids.map(({ label }) => label),
    ['DCID', 'Student number', 'ID'],
  );
  assert.equal(merged[0].foundBy, 'Student number, DCID');
});

test('a school is found by number, DCID or name, and says which one it was', () => {
  const body = {
    schools: {
      school: [
        { id: 5, school_number: 120, name: 'Fernhill High School', low_grade: 9, high_grade: 12 },
        { id: 120, school_number: 7, name: 'Mill Lane School' },
      ],
    },
  };
  const find = (text: string): string[] =>
    lookUp('school', text)
      .attempts[0]?.read(body)
      .map(({ value, foundBy }) => `${value} ${foundBy}`) ?? [];
  assert.deepEqual(find('120'), ['5 School number', '120 DCID']);
  assert.deepEqual(find('fernhill high'), ['5 Name']);
  assert.deepEqual(find('9'), []);
  assert.deepEqual(find(''), ['5 ', '120 ']);
  assert.equal(lookUp('school', '').wantsSchool, false);
});

test('what is listed by school asks for one, and does what it can without', () => {
  for (const kind of ['staff', 'course', 'section', 'term'] as const) {
    assert.equal(lookUp(kind, '31').wantsSchool, true, kind);
    assert.ok(lookUp(kind, '31').attempts.length > 0, kind);
    assert.deepEqual(lookUp(kind, '', '5').wantsSchool, false, kind);
  }
  assert.deepEqual(filters(lookUp('section', 'BIO101.2')), ['course_number==BIO101;section_number==2']);
  assert.ok(lookUp('term', '2026', '5').attempts.some(({ target }) => target.endsWith('/term?q=start_year==2026')));
});

test('staff and person are told apart', () => {
  const body = {
    staffs: { staff: { id: 88, users_dcid: 86, local_id: 3107, name: { first_name: 'Theo', last_name: 'Brook' } } },
  };
  const staff = lookUp('staff', 'brook', '5').attempts.at(-1)?.read(body)[0];
  const user = lookUp('user', 'brook', '5').attempts.at(-1)?.read(body)[0];
  assert.deepEqual([staff?.value, user?.value], ['88', '86']);
  assert.deepEqual(
    user?.ids.filter(({ inPath }) => inPath).map(({ label }) => label),
    ['Person DCID'],
  );
});

test('only kinds with a list can be looked up', () => {
  assert.ok(canLookUp('student'));
  assert.equal(canLookUp('contactEmail'), false);
  for (const kind of LOOKUP_KINDS) assert.ok(kind in catalog.idKinds);
});
