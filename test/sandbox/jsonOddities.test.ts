import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toV1Json } from '../../src/sandbox/wire/v1Json.ts';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

test('one child is an object, several are a list, none is a missing key', async () => {
  const list = '/ws/v1/district/student';
  const one = (await api.get(`${list}?q=local_id==100001`)).json.students;
  assert.equal(Array.isArray(one.student), false);
  const two = (await api.get(`${list}?pagesize=2`)).json.students;
  assert.equal(two.student.length, 2);
  const none = (await api.get(`${list}?q=local_id==1`)).json.students;
  assert.deepEqual(Object.keys(none), ['@expansions', '@extensions']);
});

test('the rule holds for schools, courses, sections, terms, staff and enrollments', async () => {
  for (const [path, plural, singular] of [
    ['/ws/v1/district/school', 'schools', 'school'],
    ['/ws/v1/school/3/course', 'courses', 'course'],
    ['/ws/v1/school/3/section', 'sections', 'section'],
    ['/ws/v1/school/3/term', 'terms', 'term'],
    ['/ws/v1/school/3/staff', 'staffs', 'staff'],
    ['/ws/v1/section/44/section_enrollment', 'section_enrollments', 'section_enrollment'],
  ] as const) {
    const body = (await api.get(`${path}?pagesize=1`)).json as unknown as Record<string, Record<string, unknown>>;
    const item = body[plural]?.[singular];
    assert.equal(typeof item, 'object', path);
    assert.equal(Array.isArray(item), false, path);
  }
});

test('and inside records: races, fees, school affiliations, codes', async () => {
  const races = async (id: number): Promise<unknown> =>
    (await api.get(`/ws/v1/student/${id}?expansions=ethnicity_race`)).json.student.ethnicity_race.races;
  assert.equal(Array.isArray(await races(1)), false);
  assert.equal(Array.isArray(await races(10)), true);
  const { fees } = (await api.get('/ws/v1/student/1?expansions=fees')).json.student;
  assert.equal(Array.isArray(fees.fee), true);
  const affiliations = async (id: number): Promise<unknown> =>
    (await api.get(`/ws/v1/staff/${id}?expansions=school_affiliations`)).json.staff.school_affiliations
      .school_affiliation;
  assert.deepEqual(await affiliations(1), { school_id: 1, type: 1, status: 1 });
  assert.equal(Array.isArray(await affiliations(2)), true);
});

test('an element without attributes and children is an empty string', () => {
  assert.equal(toV1Json({ name: 'terms', content: { term: [] } }), '{"terms":""}');
});

test('text that is only digits becomes a number, and leading zeros are lost', async () => {
  const { student } = (await api.get('/ws/v1/student/4?expansions=addresses,phones')).json;
  assert.equal(student.addresses.physical.postal_code, 501);
  assert.equal(student.student_username, 71234);
  assert.equal(student.state_province_id, 4711);
  assert.deepEqual(student.phones, { main: { number: 65550104 } });
  const row = await api.get('/ws/schema/table/students/4?projection=zip,student_web_id');
  assert.deepEqual(row.json.tables['students'], { zip: '00501', student_web_id: '0071234' });
});

test('local_id and section_number are numbers, lunch balances stay strings', async () => {
  const { student } = (await api.get('/ws/v1/student/1?expansions=lunch')).json;
  assert.equal(student.local_id, 100001);
  assert.equal(student.lunch['balance_1'], '12.50');
  assert.equal(student.lunch['balance_2'], '0.00');
  assert.equal(student.lunch['lunch_id'], 30001);
  assert.equal((await api.get('/ws/v1/section/1')).json.section.section_number, 1);
});

test('digits too long for a number stay text', () => {
  const text = toV1Json({ name: 'x', content: { short: '123456789012345', long: '1234567890123456' } });
  assert.equal(text, '{"x":{"short":123456789012345,"long":"1234567890123456"}}');
});

test('missing values are left out rather than null', async () => {
  const { student } = (await api.get('/ws/v1/student/2')).json;
  assert.equal('middle_name' in student.name, false);
  assert.equal(JSON.stringify(student).includes('null'), false);
});

test('the names on the wire are those of the wire, not of the printed model', async () => {
  const { student } = (await api.get('/ws/v1/student/1?expansions=school_enrollment,lunch')).json;
  for (const name of ['enroll_status_code', 'full_time_equivalency'])
    assert.ok(name in student.school_enrollment, name);
  for (const name of ['lunch_id', 'balance_1', 'balance_2']) assert.ok(name in student.lunch, name);
});

test('booleans and ids are booleans and numbers on v1, texts in tables', async () => {
  const line = (await api.get('/ws/v1/section_enrollment/1')).json.section_enrollment;
  assert.equal(line.dropped, false);
  assert.equal(line.id, 1);
  const row = (await api.get('/ws/schema/table/cc/1?projection=dcid,currentabsences')).json;
  assert.equal(row.tables['cc']?.['dcid'], '1');
  assert.equal(row.id, 1);
});
