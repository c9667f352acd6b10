import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start({ students: 30 });
});
after(() => api.stop());

test('errors of v1 are errorMessage, those of schema are message and errors', async () => {
  const v1 = await api.get('/ws/v1/district/student?q=shoes==9');
  assert.deepEqual(Object.keys(v1.json), ['errorMessage']);
  const schema = await api.get('/ws/schema/table/students?q=shoes==9');
  assert.deepEqual(Object.keys(schema.json), ['message']);
});

test('a path that does not exist is 404', async () => {
  for (const path of ['/ws/v1/students', '/ws/v1/district/staff', '/ws/v1/section/1/student', '/ws/nothing', '/']) {
    assert.equal((await api.get(path)).status, 404, path);
  }
});

test('a record that does not exist is 404 in every family', async () => {
  for (const path of [
    '/ws/v1/student/999999',
    '/ws/v1/school/999999',
    '/ws/v1/school/999999/student',
    '/ws/v1/staff/999999',
    '/ws/v1/course/999999',
    '/ws/v1/section/999999/section_enrollment',
    '/ws/v1/term/999999',
    '/ws/contacts/contact/999999',
    '/ws/contacts/999999/emails',
    '/ws/contacts/1/emails/999999',
    '/ws/contacts/student/999999',
    '/ws/xte/teacher_category/999999',
  ]) {
    assert.equal((await api.get(path)).status, 404, path);
  }
});

test('a school number is not the id of a school', async () => {
  assert.equal((await api.get('/ws/v1/school/360/student')).status, 404);
  assert.equal((await api.get('/ws/v1/school/3/student')).status, 200);
});

test('a wrong method is 405', async () => {
  for (const [method, path] of [
    ['DELETE', '/ws/v1/student/1'],
    ['POST', '/ws/v1/district/student'],
    ['PATCH', '/ws/schema/table/students/1'],
    ['PUT', '/ws/contacts/contacts'],
  ] as const) {
    assert.equal((await api.call(method, path, {})).status, 405, path);
  }
});

test('a malformed body is 400', async () => {
  const headers = { Authorization: `Bearer ${await api.token()}`, 'Content-Type': 'application/json' };
  for (const [method, path] of [
    ['POST', '/ws/v1/student'],
    ['POST', '/ws/attendance/daily_time'],
    ['POST', '/ws/contacts/contact'],
    ['POST', '/ws/schema/table/u_devices'],
    ['POST', '/ws/datavalidation/rules'],
  ] as const) {
    for (const body of ['{', '[]', 'null', '']) {
      assert.equal((await api.raw(method, path, headers, body)).status, 400, `${path} ${body}`);
    }
  }
});

test('query strings and paths with odd characters break nothing', async () => {
  for (const path of [
    '/ws/v1/student/%E0%A4%A',
    '/ws/v1/student/1%00',
    '/ws/v1/district/student?q=%FF',
    `/ws/v1/district/student?q=name.last_name=='; DROP TABLE students; --`,
    '/ws/schema/table/students;DROP/1?projection=*',
    '/ws/schema/table/sqlite_master?projection=*',
    '/ws/schema/table/students?projection=dcid&sort=dcid;%20DROP%20TABLE%20students',
  ]) {
    const { status } = await api.get(path);
    assert.ok(status === 400 || status === 404 || status === 200, `${status} ${path}`);
  }
  assert.equal((await api.get('/ws/v1/district/student/count')).json.resource.count, 30);
});

test('what the sandbox keeps for itself is in no table', async () => {
  for (const name of ['fee', 'internal.fee', 'standard', 'sqlite_schema']) {
    assert.equal((await api.get(`/ws/schema/table/${name}?projection=*`)).status, 404, name);
  }
});

test('an endpoint whose answer no source shows is 501 and says why', async () => {
  const answer = await api.get('/ws/v1/student/1/gpa');
  assert.equal(answer.status, 501);
  assert.match(answer.json.errorMessage.message, /no source shows/);
});

test('a body that is far too large is 413', async () => {
  const headers = { Authorization: `Bearer ${await api.token()}`, 'Content-Type': 'application/json' };
  const answer = await api.raw('POST', '/ws/v1/student', headers, ' '.repeat(21 * 1024 * 1024));
  assert.equal(answer.status, 413);
});
