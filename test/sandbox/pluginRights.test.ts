import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';
import { manifest, PluginFolder, STUDENT_LIST } from './pluginFixtures.ts';

const STUDENT_FIELDS = ['STUDENTS.DCID', 'STUDENTS.LASTFIRST', 'Students.First_Name', 'STUDENTS.LAST_NAME=FullAccess'];

let folder: PluginFolder;
let builtIn: ApiCaller;
let reader: ApiCaller;
let roster: ApiCaller;
let none: ApiCaller;

before(async () => {
  folder = await PluginFolder.create();
  const plugins = [
    await folder.zip('roster.zip', {
      'plugin.xml': manifest({ name: 'Roster', oauth: '<oauth accessLevelV1Api="NONE"/>', fields: STUDENT_FIELDS }),
      'queries_root/roster.named_queries.xml': STUDENT_LIST,
      'user_schema_root/U_ROSTER.xml': `<psExtension xmlns="http://www.powerschool.com">
        <extensionname>U_ROSTER</extensionname>
        <extendedTable coreTable="STUDENTS" dbTableName="U_ROSTER_NOTES" comment="Notes">
          <field name="note" type="String" length="10"/>
        </extendedTable></psExtension>`,
    }),
    await folder.file('reader.xml', manifest({ name: 'Reader', oauth: '<oauth accessLevelV1Api="READ"/>' })),
    await folder.file('pages.xml', manifest({ name: 'Pages only', oauth: '', fields: ['STUDENTS.DCID'] })),
    await folder.file('none.xml', manifest({ name: 'No level' })),
  ];
  builtIn = await ApiCaller.start({ plugins });
  const caller = (name: string): ApiCaller => {
    const credentials = builtIn.sandbox.plugins.find((plugin) => plugin.name === name)?.credentials;
    assert.ok(credentials, name);
    return new ApiCaller(builtIn.sandbox, credentials);
  };
  roster = caller('Roster');
  reader = caller('Reader');
  none = caller('No level');
});
after(async () => {
  await builtIn.stop();
  await folder.remove();
});

test('every installed plugin has its own client id, secret and plugin id', async () => {
  const ids = builtIn.sandbox.plugins.map(({ credentials }) => credentials?.clientId);
  assert.equal(new Set(ids.filter((id) => id !== undefined)).size, 4);
  assert.equal((await roster.get('/ws/v1/metadata')).json.metadata['plugin_id'], 2);
  assert.equal((await reader.get('/ws/v1/metadata')).json.metadata['plugin_id'], 3);
});

test('a manifest without oauth makes no credentials', () => {
  const pages = builtIn.sandbox.plugins.find(({ name }) => name === 'Pages only');
  assert.equal(pages?.credentials, undefined);
});

test('a new plugin has page limits of 100', async () => {
  assert.equal((await reader.get('/ws/v1/metadata')).json.metadata['student_max_page_size'], 100);
  assert.equal((await reader.get('/ws/v1/district/student')).json.students.student.length, 100);
});

test('without accessLevelV1Api every v1 path but metadata and time is 401 with a body of its own', async () => {
  for (const caller of [none, roster]) {
    for (const path of ['/ws/v1/district', '/ws/v1/student/1', '/ws/v1/school/1/student/count']) {
      const answer = await caller.get(path);
      assert.equal(answer.status, 401, path);
      assert.deepEqual(answer.json, {
        errorMessage: { message: 'Plugin is missing required accessLevelV1Api READ permission' },
      });
      assert.equal(answer.headers.get('WWW-Authenticate'), null);
    }
    assert.equal((await caller.get('/ws/v1/metadata')).status, 200);
    assert.equal((await caller.get('/ws/v1/time')).status, 200);
  }
});

test('READ reads v1, writing students and fees needs FULL', async () => {
  assert.equal((await reader.get('/ws/v1/student/1')).status, 200);
  const write = await reader.call('POST', '/ws/v1/student', { students: { student: [] } });
  assert.equal(write.status, 401);
  assert.match(write.json.errorMessage.message, /accessLevelV1Api FULL/);
  assert.equal((await reader.call('POST', '/ws/v1/fee/transaction', {})).status, 401);
});

test('an administrator can change the level', async () => {
  await builtIn.control('PATCH', '/plugins/5', { accessLevelV1Api: 'READ' });
  assert.equal((await none.get('/ws/v1/student/1')).status, 200);
  await builtIn.control('PATCH', '/plugins/5', { accessLevelV1Api: 'NONE' });
  assert.equal((await none.get('/ws/v1/student/1')).status, 401);
});

test('field grants neither open nor close v1', async () => {
  assert.equal((await roster.get('/ws/v1/student/1')).status, 401);
  const all = (await reader.get('/ws/v1/student/1?expansions=demographics')).json.student;
  assert.ok('demographics' in all);
});

async function ssn(caller: ApiCaller): Promise<unknown> {
  const { student } = (await caller.get('/ws/v1/student/1?expansions=demographics')).json;
  return (student as unknown as { demographics: { ssn?: string } }).demographics.ssn;
}

test('the SSN shows on v1 only when its field is granted', async () => {
  assert.equal(await ssn(builtIn), '000-00-0001');
  assert.equal(await ssn(reader), undefined);
});

test('granted columns are read, others are 403 with a list; FullAccess includes reading', async () => {
  const read = await roster.get('/ws/schema/table/students?projection=dcid,last_name&pagesize=1');
  assert.equal(read.status, 200);
  const refused = await roster.get('/ws/schema/table/students?projection=dcid,SSN,Dob');
  assert.equal(refused.status, 403);
  assert.deepEqual(refused.json, {
    message: 'At least one column lacks sufficient permission',
    errors: [
      { code: 'NoAccess', field: 'SSN', resource: 'Students' },
      { code: 'NoAccess', field: 'Dob', resource: 'Students' },
    ],
  });
});

test('projection=* in a partly granted table is 403', async () => {
  const answer = await roster.get('/ws/schema/table/students/1?projection=*');
  assert.equal(answer.status, 403);
  assert.ok(answer.json.errors.length > 100);
});

test('the 403 of q has the canonical spelling, that of projection the caller’s', async () => {
  const q = await roster.get('/ws/schema/table/log?q=SCHOOLID==120');
  assert.equal(q.json.errors[0]?.field, 'SchoolID');
  const projection = await roster.get('/ws/schema/table/log?projection=SCHOOLID');
  assert.equal(projection.json.errors[0]?.field, 'SCHOOLID');
});

test('a column’s existence and the value’s type are checked before the rights', async () => {
  assert.equal((await roster.get('/ws/schema/table/log?q=shoes==1')).status, 400);
  assert.equal((await roster.get('/ws/schema/table/log?q=logtypeid==x')).status, 400);
  assert.equal((await roster.get('/ws/schema/table/log?q=logtypeid==1')).status, 403);
});

test('a count without q needs no right, with q on a column that is not granted it is 403', async () => {
  assert.equal((await roster.get('/ws/schema/table/log/count')).status, 200);
  assert.equal((await roster.get('/ws/schema/table/log/count?q=logtypeid==1')).status, 403);
});

test('writing needs FullAccess on each column', async () => {
  const row = '/ws/schema/table/students/1';
  const granted = { tables: { students: { last_name: 'Quill' } } };
  assert.equal((await roster.call('PUT', row, granted)).status, 200);
  const both = { tables: { students: { last_name: 'Quill', first_name: 'Nora' } } };
  const refused = await roster.call('PUT', row, both);
  assert.equal(refused.status, 403);
  assert.deepEqual(
    refused.json.errors.map(({ field }) => field),
    ['First_Name'],
  );
});

test('deleting needs FullAccess on all columns of the table, else 403 with a list', async () => {
  const answer = await roster.call('DELETE', '/ws/schema/table/u_devices/1');
  assert.equal(answer.status, 403);
  assert.equal(answer.json.errors.length, 10);
});

test('the metadata of a table tells what is granted', async () => {
  const { columns } = (await roster.get('/ws/schema/table/students/metadata')).json as unknown as {
    columns: { name: string; access: string }[];
  };
  const access = Object.fromEntries(columns.map((column) => [column.name, column.access]));
  assert.equal(access['DCID'], 'ViewOnly');
  assert.equal(access['LAST_NAME'], 'FullAccess');
  assert.equal(access['DOB'], 'NoAccess');
});

test('the PowerQueries of an installed package run for every plugin that has their columns', async () => {
  const path = '/ws/schema/query/org.fernhill.roster.students.list';
  const answer = await roster.call('POST', `${path}?pagesize=2`, {});
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json.record[0], {
    id: 1,
    name: 'students',
    tables: { students: { dcid: '1', lastfirst: 'Quill, Nora Ines' } },
  });
  assert.equal((await builtIn.call('POST', `${path}/count`, {})).json.count, 150);
  assert.equal((await reader.call('POST', path, {})).status, 403);
  assert.equal((await roster.get(path)).status, 405);
  assert.equal((await roster.call('POST', `${path}.nothing`, {})).status, 404);
  const swagger = (await roster.get('/ws/schema/query/api')).json as unknown as { swagger: string; paths: object };
  assert.equal(swagger.swagger, '2.0');
  assert.ok(path in swagger.paths);
});

test('a PowerQuery sees what calls have written', async () => {
  const name = '/ws/schema/query/org.fernhill.roster.students.list';
  await builtIn.call('PUT', '/ws/schema/table/students/3', { tables: { students: { lastfirst: 'Changed, Zoë' } } });
  const { record } = (await builtIn.call('POST', `${name}?pagesize=3`, {})).json;
  assert.equal(record[2]?.tables['students']?.['lastfirst'], 'Changed, Zoë');
});

test('the tables of a package’s database extension exist and extend their core table', async () => {
  const body = { tables: { u_roster_notes: { studentsdcid: '1', note: 'Sits left' } } };
  assert.equal((await builtIn.call('POST', '/ws/schema/table/u_roster_notes', body)).status, 200);
  const { student } = (await builtIn.get('/ws/v1/student/1?extensions=u_roster_notes')).json;
  assert.ok(student['@extensions'].split(',').includes('u_roster_notes'));
  assert.deepEqual((student['_extension_data']['_table_extension'] as { recordFound: boolean }).recordFound, true);
  const long = { tables: { u_roster_notes: { note: 'longer than ten' } } };
  assert.equal((await builtIn.call('PUT', '/ws/schema/table/u_roster_notes/1', long)).status, 400);
});

test('the validation of an installed plugin lists its findings', async () => {
  const { results, maxLevel } = (await builtIn.get('/ws/schema/plugin/2/validate')).json as unknown as {
    results: { level: string; file: string; code: string; message: string; categoryShortName: string }[];
    maxLevel: string;
  };
  assert.equal(typeof maxLevel, 'string');
  for (const finding of results) {
    assert.deepEqual(Object.keys(finding), ['level', 'file', 'code', 'message', 'categoryShortName']);
  }
  assert.equal((await builtIn.get('/ws/schema/plugin/99/validate')).status, 404);
});
