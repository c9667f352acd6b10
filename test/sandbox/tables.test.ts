import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

const TABLE = '/ws/schema/table';

function device(student: string): object {
  return { tables: { u_devices: { studentsdcid: student, asset_tag: 'AT-1', returned: '0' } } };
}

test('a list has the table name, records with numeric id, and every value as a string', async () => {
  const { json } = await api.get(`${TABLE}/students?projection=dcid,id,first_name&q=dcid==1`);
  assert.equal(json.name, 'Students');
  assert.deepEqual(json.record, [
    { id: 1, name: 'Students', tables: { students: { dcid: '1', id: '1', first_name: 'Nora' } } },
  ]);
});

test('one row is the inner object alone', async () => {
  const { json } = await api.get(`${TABLE}/u_bikepermits/1?projection=permit_no`);
  assert.deepEqual(json, { id: 1, name: 'U_BikePermits', tables: { u_bikepermits: { permit_no: 'B-17' } } });
});

test('one record in a list is still a list', async () => {
  const { record } = (await api.get(`${TABLE}/students?projection=dcid&q=dcid==1`)).json;
  assert.equal(Array.isArray(record), true);
});

test('the id is the DCID, the ID of a child row, the DCID of the parent of an extension row', async () => {
  const student = (await api.get(`${TABLE}/students/2?projection=*`)).json;
  assert.equal(student.tables['students']?.['dcid'], '2');
  assert.notEqual(student.tables['students']?.['id'], '2');
  const child = (await api.get(`${TABLE}/u_devices/3?projection=*`)).json;
  assert.equal(child.tables['u_devices']?.['id'], '3');
  const extension = (await api.get(`${TABLE}/u_bikepermits?projection=studentsdcid&q=studentsdcid==2`)).json;
  assert.equal(extension.record[0]?.id, 2);
});

test('columns and tables come in lower case whatever the case of the request, and empty columns are absent', async () => {
  const { json } = await api.get(`${TABLE}/STUDENTS/2?projection=First_Name,MIDDLE_NAME`);
  assert.deepEqual(json.tables, { students: { first_name: "D'Arcy" } });
});

test('projection takes names, * and table.*', async () => {
  const all = (await api.get(`${TABLE}/terms/1?projection=*`)).json.tables['terms'];
  assert.deepEqual((await api.get(`${TABLE}/terms/1?projection=terms.*`)).json.tables['terms'], all);
  const two = (await api.get(`${TABLE}/terms/1?projection=terms.id,name`)).json.tables['terms'];
  assert.deepEqual(two, { id: '3600', name: '2026-2027' });
});

test('a read without a projection answers 200 with the ids', async () => {
  const { status, json } = await api.get(`${TABLE}/students?pagesize=2`);
  assert.equal(status, 200);
  assert.deepEqual(json.record, [
    { id: 1, name: 'Students', tables: { students: {} } },
    { id: 2, name: 'Students', tables: { students: {} } },
  ]);
});

test('sort names a column and sortdescending turns the order round', async () => {
  const read = async (query: string): Promise<readonly (string | undefined)[]> =>
    (await api.get(`${TABLE}/students?projection=student_number&pagesize=5&${query}`)).json.record.map(
      (record) => record.tables['students']?.['student_number'],
    );
  assert.deepEqual((await read('sort=student_number&sortdescending=true'))[0], '100150');
  assert.deepEqual((await read('sort=student_number'))[0], '100001');
  assert.equal((await api.get(`${TABLE}/students?sort=shoes`)).status, 400);
});

test('students_to_include and teachers_to_include have no effect', async () => {
  const plain = (await api.get(`${TABLE}/students/count`)).json.count;
  const selected = await api.get(`${TABLE}/students/count?students_to_include=selected&teachers_to_include=selected`);
  assert.equal(selected.json.count, plain);
});

test('an unknown table is 404 Resource not found, a row that does not exist 404', async () => {
  const unknown = await api.get(`${TABLE}/sectionmeeting?projection=*`);
  assert.equal(unknown.status, 404);
  assert.deepEqual(unknown.json, { message: 'Resource not found' });
  assert.equal((await api.get(`${TABLE}/students/999999?projection=*`)).status, 404);
  assert.equal((await api.get(`${TABLE}/students/one?projection=*`)).status, 404);
});

test('teachers is closed: 405 whatever the grants', async () => {
  for (const path of [`${TABLE}/teachers?projection=*`, `${TABLE}/teachers/1`, `${TABLE}/teachers/count`]) {
    const answer = await api.get(path);
    assert.equal(answer.status, 405, path);
    assert.deepEqual(answer.json, { message: 'GET, POST and PUT are not allowed on table' });
  }
});

test('a column that does not exist is 400 with the column and the table', async () => {
  const answer = await api.get(`${TABLE}/students?projection=dcid,Shoe_Size`);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.json, {
    message: 'Invalid field specified: Shoe_Size is not valid column for table: Students',
  });
});

test('the catalogue lists areas, their tables, all tables and the columns of one', async () => {
  interface Catalogue {
    areas: { name: string; display: string; userVisible: boolean; subareas: unknown[] }[];
    tables: { name: string; display: string; userVisible: boolean; primaryKey: string }[];
  }
  const read = async (path: string): Promise<Catalogue> => (await api.get(path)).json as unknown as Catalogue;
  const { areas } = await read('/ws/schema/area');
  assert.ok(areas.some((area) => area.name === 'students' && area.userVisible && Array.isArray(area.subareas)));
  const all = (await read('/ws/schema/table')).tables;
  const students = all.find((table) => table.name === 'Students');
  assert.deepEqual(students, { name: 'Students', display: 'Students', userVisible: true, primaryKey: 'dcid' });
  const inAreas = new Set<string>();
  for (const { name } of areas) {
    for (const table of (await read(`/ws/schema/area/${name}/table`)).tables) inAreas.add(table.name);
  }
  assert.deepEqual(inAreas, new Set(all.map((table) => table.name)));
  assert.equal((await api.get('/ws/schema/area/nothing/table')).status, 404);
});

test('the metadata of a table tells key, kind, core table and the access to every column', async () => {
  const metadata = (await api.get(`${TABLE}/u_bikepermits/metadata`)).json as unknown as Record<string, unknown>;
  assert.equal(metadata['name'], 'U_BikePermits');
  assert.equal(metadata['primaryKey'], 'studentsdcid');
  assert.equal(metadata['coreTable'], 'Students');
  const columns = metadata['columns'] as { name: string; access: string }[];
  assert.deepEqual(
    columns.find(({ name }) => name === 'PERMIT_NO'),
    { name: 'PERMIT_NO', access: 'FullAccess' },
  );
  for (const expansion of ['actions', 'attrs', 'backRels', 'fwdRels', 'userVisible', 'access']) {
    assert.equal((await api.get(`${TABLE}/u_bikepermits/metadata?expansions=${expansion}`)).status, 200);
  }
});

test('a write is a result without results around it, and result is always a list', async () => {
  const posted = await api.call('POST', `${TABLE}/u_bikepermits`, {
    tables: { u_bikepermits: { studentsdcid: '11', permit_no: 'B-99', expires_on: '2027-06-30' } },
  });
  assert.equal(posted.status, 200);
  assert.deepEqual(posted.json, {
    insert_count: 1,
    update_count: 0,
    delete_count: 0,
    result: [
      {
        status: 'SUCCESS',
        action: 'INSERT',
        success_message: { id: 11, ref: `${api.sandbox.url}${TABLE}/u_bikepermits/11` },
      },
    ],
  });
  const put = await api.call('PUT', `${TABLE}/u_bikepermits/11`, {
    id: '11',
    name: 'u_bikepermits',
    tables: { u_bikepermits: { permit_no: 'B-100', expires_on: '' } },
  });
  assert.equal(put.json.update_count, 1);
  assert.equal(put.json.result[0]?.action, 'UPDATE');
  const row = await api.get(`${TABLE}/u_bikepermits/11?projection=permit_no,expires_on`);
  assert.deepEqual(row.json.tables['u_bikepermits'], { permit_no: 'B-100' });
  assert.equal((await api.call('DELETE', `${TABLE}/u_bikepermits/11`)).status, 204);
  assert.equal((await api.get(`${TABLE}/u_bikepermits/11?projection=*`)).status, 404);
});

test('a child row gets a key of its own, and its parent must exist', async () => {
  const posted = await api.call('POST', `${TABLE}/u_devices`, device('3'));
  const id = posted.json.result[0]?.success_message.id;
  const row = await api.get(`${TABLE}/u_devices/${id}?projection=studentsdcid,asset_tag`);
  assert.deepEqual(row.json.tables['u_devices'], { studentsdcid: '3', asset_tag: 'AT-1' });
  assert.equal((await api.call('POST', `${TABLE}/u_devices`, device('999999'))).status, 400);
});

test('the wrong verb for an extension row is 404 and names the right one', async () => {
  const body = { tables: { u_bikepermits: { studentsdcid: '1', permit_no: 'X' } } };
  const post = await api.call('POST', `${TABLE}/u_bikepermits`, body);
  assert.equal(post.status, 404);
  assert.match(post.json.message, /Use PUT to update existing records/);
  const put = await api.call('PUT', `${TABLE}/u_bikepermits/13`, body);
  assert.equal(put.status, 404);
  assert.match(put.json.message, /Use POST to insert a new record/);
});

test('values of another JSON type than a string are refused', async () => {
  for (const value of [17, true, null]) {
    const body = { tables: { u_bikepermits: { permit_no: value } } };
    assert.equal((await api.call('PUT', `${TABLE}/u_bikepermits/1`, body)).status, 400, String(value));
  }
});

test('values that do not fit their column are refused with the column', async () => {
  const answer = await api.call('PUT', `${TABLE}/u_bikepermits/1`, { tables: { u_bikepermits: { bikes: 'two' } } });
  assert.equal(answer.status, 400);
  assert.equal(answer.json.errors[0]?.field, 'bikes');
  const date = { tables: { u_bikepermits: { expires_on: '2027-02-30' } } };
  assert.equal((await api.call('PUT', `${TABLE}/u_bikepermits/1`, date)).status, 400);
});

test('a body without its table or that is no JSON is 400', async () => {
  assert.equal((await api.call('PUT', `${TABLE}/u_bikepermits/1`, {})).status, 400);
  const headers = { Authorization: `Bearer ${await api.token()}`, 'Content-Type': 'application/json' };
  assert.equal((await api.raw('PUT', `${TABLE}/u_bikepermits/1`, headers, '{"tables":')).status, 400);
});

test('a table write shows in v1 at once', async () => {
  const body = { tables: { students: { first_name: 'Noor', student_web_id: 'noor.quill' } } };
  assert.equal((await api.call('PUT', `${TABLE}/students/1`, body)).status, 200);
  const { student } = (await api.get('/ws/v1/student/1')).json;
  assert.equal(student.name.first_name, 'Noor');
  assert.equal(student.student_username, 'noor.quill');
});

test('stored grades are inserted with 201 when everything required is there', async () => {
  const grade = { studentid: 1, schoolid: 360, schoolyear: 2025, storecode: 'Y1', course_name: 'Biology', percent: 84 };
  const posted = await api.call('POST', `${TABLE}/storedgrades`, { tables: { storedgrades: grade } });
  assert.equal(posted.status, 201);
  const id = posted.json.result[0]?.success_message.id;
  const row = (await api.get(`${TABLE}/storedgrades/${id}?projection=termid,percent,course_name`)).json;
  assert.deepEqual(row.tables['storedgrades'], { termid: '3500', percent: '84', course_name: 'Biology' });
  for (const name of Object.keys(grade)) {
    const without = Object.fromEntries(Object.entries(grade).filter(([key]) => key !== name));
    const answer = await api.call('POST', `${TABLE}/storedgrades`, { tables: { storedgrades: without } });
    assert.equal(answer.status, 400, name);
  }
  const changed = await api.call('PUT', `${TABLE}/storedgrades/${id}`, { tables: { storedgrades: { grade: 'A' } } });
  assert.equal(changed.json.result[0]?.action, 'UPDATE');
  assert.equal((await api.call('DELETE', `${TABLE}/storedgrades/${id}`)).status, 204);
});

test('special programs and transportation have their own endpoints', async () => {
  const enrollment = { studentid: 1, programid: 5002, enter_date: '2026-09-01', schoolid: 360 };
  const program = await api.call('POST', `${TABLE}/spenrollments`, { tables: { spenrollments: enrollment } });
  assert.equal(program.status, 201);
  assert.equal(
    (await api.call('DELETE', `${TABLE}/spenrollments/${program.json.result[0]?.success_message.id}`)).status,
    204,
  );
  const line = { studentid: '1', schoolid: '360', fromto: 'To', type: 'R', busnumber: '7' };
  const bus = await api.call('POST', `${TABLE}/transportation`, { tables: { transportation: line } });
  assert.equal(bus.status, 200);
  const id = bus.json.result[0]?.success_message.id;
  const changed = await api.call('PUT', `${TABLE}/transportation/${id}`, {
    tables: { transportation: { busnumber: '8' } },
  });
  assert.equal(changed.status, 200);
  const row = (await api.get(`${TABLE}/transportation/${id}?projection=busnumber`)).json;
  assert.equal(row.tables['transportation']?.['busnumber'], '8');
});

test('core tables without endpoints of their own are neither inserted into nor deleted from', async () => {
  assert.equal((await api.call('POST', `${TABLE}/students`, { tables: { students: {} } })).status, 405);
  assert.equal((await api.call('DELETE', `${TABLE}/students/1`)).status, 405);
});
