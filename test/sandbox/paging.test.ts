import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';
import { itemsOf, type Body } from './wireTypes.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start({ students: 230 });
});
after(() => api.stop());

function ids(json: Body): number[] {
  return json.students.student.map((student) => student.id);
}

function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): void {
  const keys = items.map(key);
  assert.deepEqual(keys, keys.toSorted());
}

function padded(value: unknown): string {
  return String(value).padStart(9, '0');
}

test('pages count from 1, follow each other without gap or repeat, and the last is short', async () => {
  const all: number[] = [];
  for (let page = 1; page <= 3; page++) {
    const { json } = await api.get(`/ws/v1/district/student?page=${page}&pagesize=100`);
    all.push(...ids(json));
  }
  assert.equal(all.length, 230);
  assert.equal(new Set(all).size, 230);
});

test('pages are the same in whatever order they are read', async () => {
  const last = ids((await api.get(`/ws/v1/district/student?page=7&pagesize=30`)).json);
  const second = ids((await api.get(`/ws/v1/district/student?page=2&pagesize=30`)).json);
  const forward: number[][] = [];
  for (let page = 1; page <= 7; page++)
    forward.push(ids((await api.get(`/ws/v1/district/student?page=${page}&pagesize=30`)).json));
  assert.deepEqual(forward[6], last);
  assert.deepEqual(forward[1], second);
});

test('a row that is deleted between pages moves the rest up', async () => {
  const path = '/ws/schema/table/u_devices?projection=id&pagesize=10';
  const first = (await api.get(path)).json.record.map(({ id }) => id);
  assert.equal((await api.call('DELETE', `/ws/schema/table/u_devices/${first[0]}`)).status, 204);
  const again = (await api.get(path)).json.record.map(({ id }) => id);
  const second = (await api.get(`${path}&page=2`)).json.record.map(({ id }) => id);
  assert.deepEqual(again.slice(0, 9), first.slice(1));
  assert.ok(Number(second[0]) > Number(again[9]));
});

test('the maximum is also the default page size, and is set for each plugin', async () => {
  const own = await ApiCaller.start({ students: 60 });
  try {
    await own.control('PATCH', '/plugins/1', {
      pageLimits: { student_max_page_size: 25, schema_table_query_max_page_size: 20 },
    });
    assert.equal((await own.get('/ws/v1/metadata')).json.metadata['student_max_page_size'], 25);
    assert.equal(ids((await own.get('/ws/v1/district/student')).json).length, 25);
    const rows = await own.get('/ws/schema/table/students?projection=dcid');
    assert.equal(rows.json.record.length, 20);
  } finally {
    await own.stop();
  }
});

test('a page size above the maximum is refused', async () => {
  const answer = await api.get('/ws/v1/district/student?pagesize=1001');
  assert.equal(answer.status, 400);
  assert.match(answer.json.errorMessage.message, /greater than the maximum page size 1000/);
  assert.equal((await api.get('/ws/schema/table/students?projection=dcid&pagesize=1001')).status, 400);
});

test('a page that is no number of 1 or more is refused', async () => {
  for (const page of ['0', '-1', 'two']) {
    assert.equal((await api.get(`/ws/v1/district/student?page=${page}`)).status, 400, page);
  }
});

test('past the last page the item key is missing and there is no error', async () => {
  const { status, json } = await api.get('/ws/v1/district/student?page=99');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json.students), ['@expansions', '@extensions']);
  const rows = await api.get('/ws/schema/table/students?projection=dcid&page=99');
  assert.equal(rows.status, 200);
  assert.equal('record' in rows.json, false);
});

test('counts of v1 are resource.count, those of tables are count', async () => {
  assert.deepEqual((await api.get('/ws/v1/district/student/count')).json, { resource: { count: 230 } });
  assert.deepEqual((await api.get('/ws/schema/table/students/count')).json, { count: 230 });
});

test('a count takes the same q as its list', async () => {
  const q = 'name.last_name==M*';
  const { json } = await api.get(`/ws/v1/district/student?q=${q}`);
  const count = (await api.get(`/ws/v1/district/student/count?q=${q}`)).json.resource.count;
  assert.equal(count, ids(json).length);
  assert.ok(count > 1 && count < 230);
});

test('every list has a count beside it that tells its length', async () => {
  for (const path of [
    '/ws/v1/district/school',
    '/ws/v1/school/3/student',
    '/ws/v1/school/3/staff',
    '/ws/v1/school/3/course',
    '/ws/v1/school/3/section',
    '/ws/v1/school/3/term',
    '/ws/v1/section/44/section_enrollment',
  ]) {
    const { length } = itemsOf((await api.get(path)).json);
    assert.equal((await api.get(`${path}/count`)).json.resource.count, length, path);
  }
});

test('the school of graduated students is neither counted nor listed', async () => {
  assert.equal((await api.get('/ws/v1/district/school/count')).json.resource.count, 3);
  const { school } = (await api.get('/ws/v1/district/school')).json.schools;
  assert.equal(
    school.some((record) => record.school_number === 999999),
    false,
  );
  const row = await api.get('/ws/schema/table/schools?q=school_number==999999&projection=name');
  assert.equal(row.json.record.length, 1);
});

test('sections and courses are those of the current school year unless q names another', async () => {
  const current = (await api.get('/ws/v1/school/3/section?expansions=term')).json.sections.section;
  assert.ok(current.every((section) => section.term.start_year === 2026));
  const last = (await api.get('/ws/v1/school/3/section?expansions=term&q=term.start_year==2025')).json.sections.section;
  assert.ok(last.length > 0 && last.every((section) => section.term.start_year === 2025));
});

test('staff lists give active staff only', async () => {
  const gone = await api.get('/ws/schema/table/schoolstaff?q=schoolid==360;status==2&projection=dcid');
  const listed = new Set((await api.get('/ws/v1/school/3/staff')).json.staffs.staff.map(({ id }) => id));
  assert.ok(gone.json.record.length > 0);
  assert.equal(
    gone.json.record.some(({ id }) => listed.has(id)),
    false,
  );
});

test('the district list has no default filter, the list of a school leaves out students who are not active', async () => {
  const own = await ApiCaller.start({ students: 600 });
  try {
    const statuses = async (path: string): Promise<Set<string>> => {
      const { json } = await own.get(`${path}?expansions=school_enrollment`);
      return new Set(json.students.student.map((student) => student.school_enrollment.enroll_status));
    };
    assert.deepEqual(await statuses('/ws/v1/school/3/student'), new Set(['A']));
    assert.ok((await statuses('/ws/v1/district/student')).size > 2);
    const everybody = 'school_enrollment.enroll_status_code=gt=-2147483648';
    const all = await own.get(`/ws/v1/school/3/student/count?q=${everybody}`);
    const active = await own.get('/ws/v1/school/3/student/count');
    assert.ok(all.json.resource.count > active.json.resource.count);
  } finally {
    await own.stop();
  }
});

test('lists are sorted: schools by name, courses by number, sections by section, course and term, staff by id, terms by portion and start', async () => {
  sortedBy((await api.get('/ws/v1/district/school')).json.schools.school, ({ name }) => name);
  const courses = (await api.get('/ws/v1/school/3/course')).json.courses.course;
  sortedBy(courses, (course) => course.course_number);
  sortedBy((await api.get('/ws/v1/school/3/staff')).json.staffs.staff, ({ id }) => padded(id));
  const terms = (await api.get('/ws/v1/school/3/term')).json.terms.term;
  sortedBy(terms, (term) => `${term.portion} ${term.start_date}`);
  const numbers = new Map(courses.map((course) => [course.id, course.course_number]));
  sortedBy(
    (await api.get('/ws/v1/school/3/section')).json.sections.section,
    (section) => `${section.section_number} ${numbers.get(section.course_id)} ${padded(section.term_id)}`,
  );
  sortedBy(
    (await api.get('/ws/v1/section/44/section_enrollment')).json.section_enrollments.section_enrollment,
    (line) => `${padded(line.student_id)} ${line.entry_date}`,
  );
});
