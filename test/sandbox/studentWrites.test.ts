import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller, type ApiAnswer } from './apiCaller.ts';
import { listOf, type StudentFault, type StudentResult } from './wireTypes.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

function write(...student: readonly object[]): Promise<ApiAnswer> {
  return api.call('POST', '/ws/v1/student', { students: { student } });
}

function faults(result: StudentResult): readonly StudentFault[] {
  return listOf(result.error_message.error as StudentFault[]);
}

const NEW_STUDENT = {
  client_uid: 'new-1',
  action: 'INSERT',
  name: { first_name: 'Wren', last_name: 'Fairbank' },
  school_enrollment: { grade_level: 9, entry_date: '2026-08-24', exit_date: '2027-06-18', school_number: 360 },
};

test('an update answers 200 with the counts and the reference of the record', async () => {
  const { status, json } = await write({ client_uid: 'row-1', action: 'UPDATE', id: 20, name: { middle_name: 'Ann' } });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    results: {
      insert_count: 0,
      update_count: 1,
      delete_count: 0,
      result: {
        client_uid: 'row-1',
        status: 'SUCCESS',
        action: 'UPDATE',
        success_message: { id: 20, ref: `${api.sandbox.url}/ws/v1/student/20` },
      },
    },
  });
  assert.equal((await api.get('/ws/v1/student/20')).json.student.name.middle_name, 'Ann');
});

test('the answer is 200 even when a record failed, and error is an object when there is one', async () => {
  const { status, json } = await write({
    client_uid: 'row-2',
    action: 'UPDATE',
    id: 20,
    demographics: { birth_date: 'x' },
  });
  assert.equal(status, 200);
  assert.equal(json.results.update_count, 0);
  const result = json.results.result as StudentResult;
  assert.equal(result.status, 'ERROR');
  assert.deepEqual(result.error_message.error, {
    field: 'student/demographics/birth_date',
    error_code: 'FIELD_VALIDATION_ERROR',
    error_description: 'Value must be a date (YYYY-MM-DD)',
  });
});

test('an insert needs names, grade level, dates and school number', async () => {
  const { json } = await write({ client_uid: 'row-3', action: 'INSERT' });
  const required = faults(json.results.result as StudentResult).filter(({ error_code: code }) => code === 'REQUIRED');
  assert.deepEqual(
    required.map(({ field }) => field),
    [
      'student/name/last_name',
      'student/name/first_name',
      'student/school_enrollment/grade_level',
      'student/school_enrollment/entry_date',
      'student/school_enrollment/exit_date',
      'student/school_enrollment/school_number',
    ],
  );
  assert.equal(required[0]?.error_description, 'No data submitted for required element');
});

test('an inserted student has every number and shows in tables and lists', async () => {
  const { json } = await write(NEW_STUDENT);
  assert.equal(json.results.insert_count, 1);
  const { id } = (json.results.result as StudentResult).success_message;
  const row = (await api.get(`/ws/schema/table/students/${id}?projection=dcid,id,student_number,lastfirst,schoolid`))
    .json;
  const columns = row.tables['students'] ?? {};
  assert.equal(columns['lastfirst'], 'Fairbank, Wren');
  assert.equal(columns['schoolid'], '360');
  assert.notEqual(columns['id'], columns['dcid']);
  const found = await api.get(`/ws/v1/school/3/student?q=local_id==${columns['student_number']}`);
  assert.equal((found.json.students.student as unknown) instanceof Object, true);
});

test('many records in one call succeed and fail for themselves, and client_uid comes back', async () => {
  const { json } = await write(
    { client_uid: '7', action: 'UPDATE', id: '20', contact: { mother: 'Ash, Mo' } },
    { client_uid: 'bad', action: 'UPDATE', id: 999999 },
    { ...NEW_STUDENT, client_uid: 'new-2' },
  );
  const results = listOf(json.results.result);
  assert.deepEqual(
    results.map((result) => [result.client_uid, result.status]),
    [
      [7, 'SUCCESS'],
      ['bad', 'ERROR'],
      ['new-2', 'SUCCESS'],
    ],
  );
  assert.deepEqual([json.results.insert_count, json.results.update_count], [1, 1]);
});

test('client_uid and a known action are required', async () => {
  const { json } = await write({ action: 'UPDATE', id: 20 });
  assert.equal(faults(json.results.result as StudentResult)[0]?.field, 'student/client_uid');
  const other = await write({ client_uid: 'x', action: 'DELETE', id: 20 });
  assert.equal((other.json.results.result as StudentResult).status, 'ERROR');
});

test('a status letter or its code, not both, and a new student is neither transferred nor graduated', async () => {
  const enrollment = NEW_STUDENT.school_enrollment;
  for (const status of [
    { enroll_status: 'A', enroll_status_code: 0 },
    { enroll_status: 'T' },
    { enroll_status_code: 3 },
  ]) {
    const { json } = await write({ ...NEW_STUDENT, school_enrollment: { ...enrollment, ...status } });
    assert.equal((json.results.result as StudentResult).status, 'ERROR', JSON.stringify(status));
  }
  const { json } = await write({
    client_uid: 'x',
    action: 'UPDATE',
    id: 20,
    school_enrollment: { enroll_status: 't' },
  });
  assert.equal((json.results.result as StudentResult).status, 'SUCCESS');
  const { student } = (await api.get('/ws/v1/student/20?expansions=school_enrollment')).json;
  assert.equal(student.school_enrollment.enroll_status_code, 2);
});

test('an address block is all or nothing, contacts go in pairs', async () => {
  const part = { client_uid: 'x', action: 'UPDATE', id: 20 };
  const address = await write({ ...part, addresses: { physical: { street: '1 Mill Lane', city: 'Alderbrook' } } });
  assert.deepEqual(
    faults(address.json.results.result as StudentResult).map(({ field }) => field),
    ['student/addresses/physical/state_province', 'student/addresses/physical/postal_code'],
  );
  const pair = await write({ ...part, contact: { emergency_contact_name1: 'Marsh, Ida' } });
  assert.equal(faults(pair.json.results.result as StudentResult)[0]?.field, 'student/contact/emergency_phone1');
});

test('text longer than its column is refused', async () => {
  const { json } = await write({ client_uid: 'x', action: 'UPDATE', id: 20, name: { last_name: 'a'.repeat(51) } });
  assert.equal(
    faults(json.results.result as StudentResult)[0]?.error_description,
    'Value may not contain more than 50 character(s).',
  );
});

test('tolerances: one student as an object, one extension and field as objects, no type, no recordFound', async () => {
  const student = {
    client_uid: 'x',
    action: 'UPDATE',
    id: 20,
    _extension_data: { _table_extension: { name: 'u_bikepermits', _field: { name: 'permit_no', value: 'B-7' } } },
  };
  const { json } = await api.call('POST', '/ws/v1/student', { students: { student } });
  assert.equal((json.results.result as StudentResult).status, 'SUCCESS');
  const row = (await api.get('/ws/schema/table/u_bikepermits/20?projection=permit_no')).json;
  assert.equal(row.tables['u_bikepermits']?.['permit_no'], 'B-7');
});

test('extension data is written in the shape in which it is read', async () => {
  const read = (await api.get('/ws/v1/student/1?extensions=u_bikepermits,s_stu_x')).json.student;
  const { json } = await write({ client_uid: 'x', action: 'UPDATE', id: 14, _extension_data: read['_extension_data'] });
  assert.equal((json.results.result as StudentResult).status, 'SUCCESS');
  const { tables } = (await api.get('/ws/schema/table/s_stu_x/14?projection=birthcity')).json;
  assert.equal(tables['s_stu_x']?.['birthcity'], 'Alderbrook');
});

test('an e-mail address is written and read', async () => {
  for (const id of [4, 5]) {
    await write({ client_uid: 'x', action: 'UPDATE', id, contact_info: { email: `student${id}@example.org` } });
    const { student } = (await api.get(`/ws/v1/student/${id}?expansions=contact_info`)).json;
    assert.equal(student.contact_info.email, `student${id}@example.org`);
  }
});

test('what was written is what is read, for every part', async () => {
  const parts = {
    demographics: { gender: 'F', birth_date: '2011-03-09', projected_graduation_year: 2029 },
    addresses: {
      physical: { street: '14 Larch Row', city: 'Alderbrook', state_province: 'MT', postal_code: 59701 },
      mailing: { street: 'PO Box 9', city: 'Alderbrook', state_province: 'MT', postal_code: 59702 },
    },
    phones: { main: { number: '406-555-0109' } },
    alerts: { medical: { description: 'Bees', expires_date: '2027-06-30' } },
    contact: { mother: 'Quill, Pia', father: 'Quill, Teo', guardian_email: 'q@mail.example' },
    initial_enrollment: { school_entry_date: '2025-08-25', school_entry_grade_level: 8 },
    schedule_setup: { home_room: 'R7', next_school: 360, sched_next_year_grade: 10 },
  };
  await write({ client_uid: 'x', action: 'UPDATE', id: 13, ...parts });
  const { student } = (await api.get(`/ws/v1/student/13?expansions=${Object.keys(parts).join(',')}`)).json;
  const read = student as unknown as Record<string, Record<string, unknown>>;
  for (const [name, part] of Object.entries(parts)) {
    for (const [key, value] of Object.entries(part)) assert.deepEqual(read[name]?.[key], value, `${name}/${key}`);
  }
});

test('there is no PUT of one student', async () => {
  assert.equal((await api.call('PUT', '/ws/v1/student/1', {})).status, 405);
});
