import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';
import { listOf, type ExtensionField, type TableExtension } from './wireTypes.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

const STUDENT_EXPANSIONS =
  'demographics, addresses, alerts, phones, school_enrollment, ethnicity_race, contact, contact_info, ' +
  'initial_enrollment, schedule_setup, fees, lunch, counselors, global_id';

function extensionsOf(student: { _extension_data: { _table_extension: unknown } }): readonly TableExtension[] {
  return listOf(student['_extension_data']['_table_extension'] as TableExtension | TableExtension[]);
}

test('a read without expansions gives the base fields only', async () => {
  const { student } = (await api.get('/ws/v1/student/1')).json;
  assert.deepEqual(Object.keys(student), [
    '@expansions',
    '@extensions',
    'id',
    'local_id',
    'state_province_id',
    'student_username',
    'name',
  ]);
});

test('@expansions is joined by comma and space, @extensions by comma without space', async () => {
  const { student } = (await api.get('/ws/v1/student/1')).json;
  assert.equal(student['@expansions'], STUDENT_EXPANSIONS);
  assert.match(student['@extensions'], /^[a-z_]+(,[a-z_]+)+$/);
  assert.ok(student['@extensions'].split(',').includes('s_stu_x'));
  assert.ok(student['@extensions'].split(',').includes('u_bikepermits'));
});

test('on a list they stand once, on the plural', async () => {
  const { students } = (await api.get('/ws/v1/district/student?pagesize=2')).json;
  assert.equal(students['@expansions'], STUDENT_EXPANSIONS);
  assert.equal(
    students.student.some((student) => '@expansions' in student || '@extensions' in student),
    false,
  );
});

test('every resource tells its documented expansions', async () => {
  for (const [path, count] of [
    ['/ws/v1/district', 9],
    ['/ws/v1/school/1', 3],
    ['/ws/v1/staff/1', 7],
    ['/ws/v1/section/1', 1],
  ] as const) {
    const [record] = Object.values((await api.get(path)).json) as [{ '@expansions': string }];
    const names = record['@expansions'].split(', ');
    assert.equal(names.length, count, path);
    const [expanded] = Object.values((await api.get(`${path}?expansions=${names.join(',')}`)).json);
    for (const name of names) assert.ok(name in (expanded as object), `${path} ${name}`);
  }
});

test('each student expansion can be asked for alone and adds its own part', async () => {
  for (const name of STUDENT_EXPANSIONS.split(', ')) {
    const { student } = (await api.get(`/ws/v1/student/1?expansions=${name}`)).json;
    assert.ok(name in student, name);
    assert.equal(Object.keys(student).length, 8, name);
  }
});

test('unknown expansions and extensions are ignored', async () => {
  const answer = await api.get('/ws/v1/student/1?expansions=student_username,shoes,phones&extensions=u_nothing');
  assert.equal(answer.status, 200);
  assert.ok('phones' in answer.json.student);
  assert.equal('_extension_data' in answer.json.student, false);
});

test('a part that was asked for and is empty is the empty string', async () => {
  const { student } = (await api.get('/ws/v1/student/5?expansions=phones,alerts,addresses,fees,contact_info')).json;
  assert.equal(student.phones, '');
  assert.equal(student.alerts, '');
  assert.equal(student.addresses, '');
  assert.equal(student.fees, '');
  assert.equal(student.contact_info, '');
});

test('one extension is an object, several are a list', async () => {
  const one = (await api.get('/ws/v1/student/1?extensions=u_bikepermits')).json.student;
  assert.equal(Array.isArray(one['_extension_data']['_table_extension']), false);
  const two = (await api.get('/ws/v1/student/1?extensions=u_bikepermits,s_stu_x')).json.student;
  assert.deepEqual(
    extensionsOf(two).map(({ name }) => name),
    ['s_stu_x', 'u_bikepermits'],
  );
});

test('extension fields have name, type and value; digits come as a number', async () => {
  const { student } = (await api.get('/ws/v1/student/1?extensions=u_bikepermits')).json;
  const [extension] = extensionsOf(student);
  assert.equal(extension?.recordFound, true);
  const fields = listOf(extension['_field'] as ExtensionField[]);
  assert.deepEqual(
    fields.find(({ name }) => name === 'permit_no'),
    { name: 'permit_no', type: 'String', value: 'B-17' },
  );
  assert.equal(fields.find(({ name }) => name === 'bikes')?.value, 2);
});

test('recordFound is false when the student has no row, and there is no field then', async () => {
  const { student } = (await api.get('/ws/v1/student/11?extensions=u_bikepermits')).json;
  assert.deepEqual(student['_extension_data']['_table_extension'], { recordFound: false, name: 'u_bikepermits' });
});

test('one field is an object', async () => {
  const { section_enrollment: line } = (await api.get('/ws/v1/section_enrollment/1?extensions=u_ccinfo')).json;
  const [extension] = extensionsOf(line as unknown as { _extension_data: { _table_extension: unknown } });
  assert.deepEqual(extension?.['_field'], { name: 'seat', type: 'String', value: 'S2' });
});

test('child tables are no extensions', async () => {
  const { student } = (await api.get('/ws/v1/student/1?extensions=u_devices')).json;
  assert.equal(student['@extensions'].includes('u_devices'), false);
  assert.equal('_extension_data' in student, false);
});

test('tables and contacts carry @extensions too', async () => {
  const rows = (await api.get('/ws/schema/table/students?projection=dcid&pagesize=1')).json as unknown as {
    '@extensions': string;
  };
  assert.match(rows['@extensions'], /u_bikepermits/);
  const contact = (await api.get('/ws/contacts/contact/1')).json as unknown as object;
  assert.ok('@extensions' in contact);
});
