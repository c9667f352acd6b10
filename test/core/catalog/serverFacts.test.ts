import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { compareReleases } from '../../../src/core/catalog/release.ts';
import { mergeCatalog, mergeTables } from '../../../src/core/catalog/serverCatalog.ts';
import {
  FACT_LIMITS,
  NO_FACTS,
  readFacts,
  reportedColumns,
  type ServerFacts,
} from '../../../src/core/catalog/serverFacts.ts';
import { learnFrom } from '../../../src/core/catalog/serverLearning.ts';

const catalog = await loadCatalog();
const tables = await loadTables();

function learn(
  answers: readonly (readonly [target: string, body: unknown, status?: number, method?: string])[],
): ServerFacts {
  let facts = NO_FACTS;
  for (const [target, body, status = 200, method = 'GET'] of answers)
    facts = learnFrom(facts, catalog, { method, target, status, body });
  return facts;
}

test('expansions and extensions are learned from a list, a single record and a bare contact', () => {
  const facts = learn([
    [
      '/ws/v1/school/5/student',
      { students: { '@expansions': 'phones, lunch, new_one', '@extensions': 's_stu_x,u_bikepermits' } },
    ],
    ['/ws/v1/staff/88', { staff: { '@expansions': 'emails, phones', id: 88 } }],
    ['/ws/contacts/student/4101', [{ contactId: 1, '@extensions': 'personcorefields' }]],
  ]);
  assert.deepEqual(facts.expansions, { students: ['phones', 'lunch', 'new_one'], staff: ['emails', 'phones'] });
  assert.deepEqual(facts.extensions, { students: ['s_stu_x', 'u_bikepermits'], contacts: ['personcorefields'] });
});

test("the server's expansions correct the catalog and keep its descriptions", () => {
  const facts = learn([
    ['/ws/v1/student/1', { student: { '@expansions': 'phones, new_one', '@extensions': 'u_bikepermits', id: 1 } }],
  ]);
  const operation = mergeCatalog(catalog, facts).operation('listSchoolStudents');
  const offered = new Map(operation?.expansions.map((entry) => [entry.name, entry]));
  assert.equal(offered.get('phones')?.availability, 'reported');
  assert.notEqual(offered.get('phones')?.description, '');
  assert.equal(offered.get('lunch')?.availability, 'notReported');
  assert.equal(offered.get('new_one')?.availability, 'reported');
  assert.deepEqual(
    operation?.extensions.filter(({ availability }) => availability === 'reported').map(({ name }) => name),
    ['u_bikepermits'],
  );
  assert.equal(catalog.operation('listSchoolStudents')?.expansions[0]?.availability, 'known');
});

test('metadata gives the release and the page limits, numbers as text too', () => {
  const facts = learn([
    [
      '/ws/v1/metadata',
      {
        metadata: {
          powerschool_version: '9.0.0',
          student_max_page_size: '250',
          plugin_id: 4,
          course_max_page_size: 'many',
        },
      },
    ],
  ]);
  assert.deepEqual(facts.limits, { student_max_page_size: 250 });
  const merged = mergeCatalog(catalog, facts);
  assert.equal(merged.operation('listDistrictStudents')?.maxPageSize, 250);
  assert.equal(merged.operation('postFeeTransactions')?.needsRelease, '25.2.0');
  assert.equal(merged.operation('getStudent')?.needsRelease, undefined);
});

test('tables are learned in both shapes, and columns with what the plugin may do', () => {
  const facts = learn([
    [
      '/ws/schema/table',
      {
        tables: [
          { name: 'Students', display: 'Students', primaryKey: 'dcid', userVisible: true },
          { name: 'U_BikePermits', primaryKey: 'id' },
        ],
      },
    ],
    ['/ws/schema/area/attendance/table', { record: { name: 'Attendance_Code', primaryKey: 'dcid' } }],
    [
      '/ws/schema/table/U_BikePermits/metadata?expansions=access',
      {
        name: 'U_BikePermits',
        primaryKey: 'id',
        coreTable: 'Students',
        columns: [
          { name: 'PERMIT_NO', access: 'FullAccess' },
          { name: 'NOTE', access: 'NoAccess' },
        ],
      },
    ],
    [
      '/ws/schema/table/students/metadata',
      {
        name: 'Students',
        columns: [
          { name: 'DOB', access: 'ViewOnly' },
          { name: 'NEW_COLUMN', access: 'BlackListNoAccess' },
        ],
      },
    ],
  ]);
  const merged = mergeTables(tables, facts);
  assert.equal(merged.table('students')?.availability, 'reported');
  assert.equal(merged.table('cc')?.availability, 'notReported');
  assert.equal(merged.table('attendance_code')?.area, 'attendance');
  const permits = merged.table('u_bikepermits');
  assert.deepEqual([permits?.kind, permits?.coreTable, permits?.columnsReported], ['userExtension', 'Students', true]);
  assert.deepEqual(
    permits?.columns.map(({ name, readable }) => [name, readable]),
    [
      ['PERMIT_NO', true],
      ['NOTE', false],
    ],
  );
  const dob = merged.column('students', 'dob');
  assert.deepEqual(
    [dob?.type, dob?.description, dob?.access, dob?.availability],
    ['date', 'Date of birth', 'ViewOnly', 'reported'],
  );
  assert.equal(merged.column('students', 'new_column')?.readable, false);
  assert.equal(merged.column('students', 'first_name')?.availability, 'notReported');
  assert.equal(merged.column('cc', 'termid')?.availability, 'known');
});

test('PowerQueries with their typed arguments come from Swagger', () => {
  const facts = learn([
    [
      '/ws/schema/query/api',
      {
        swagger: '2.0',
        paths: {
          '/ws/schema/query/org.fernhill.demo.students.list': {
            post: {
              summary: 'Students by grade',
              parameters: [
                { name: 'page', in: 'query', type: 'integer' },
                { name: 'body', in: 'body', schema: { $ref: '#/definitions/listBody' } },
              ],
            },
          },
          '/org.fernhill.demo.plain.one.two': {
            post: { parameters: [{ name: 'from', in: 'formData', type: 'string', format: 'date', required: true }] },
          },
          '/ws/schema/query/api': {},
        },
        definitions: {
          listBody: {
            required: ['grade'],
            properties: {
              grade: { type: 'integer' },
              ids: { type: 'array', items: { type: 'integer' } },
              $q: { type: 'string' },
            },
          },
          'powerquery.resp.org.fernhill.demo.students.list.record': {
            properties: {
              students: { properties: { dcid: {}, lastfirst: {}, 'a b': {} } },
              cc: { properties: { course_number: {} } },
            },
          },
          'powerquery.resp.org.fernhill.demo.plain.one.two.record': {
            properties: { _name: {}, dcid: {}, lastfirst: {} },
          },
        },
      },
    ],
  ]);
  const merged = mergeCatalog(catalog, facts);
  assert.deepEqual(merged.powerQuery('org.fernhill.demo.students.list')?.arguments, [
    { name: 'grade', type: 'integer', required: true },
    { name: 'ids', type: 'integer[]' },
  ]);
  assert.deepEqual(merged.powerQuery('org.fernhill.demo.plain.one.two')?.arguments, [
    { name: 'from', type: 'date', required: true },
  ]);
  assert.deepEqual(merged.powerQuery('org.fernhill.demo.students.list')?.columns, [
    'students.dcid',
    'students.lastfirst',
    'cc.course_number',
  ]);
  assert.deepEqual(merged.powerQuery('org.fernhill.demo.plain.one.two')?.columns, ['dcid', 'lastfirst']);
  assert.deepEqual(readFacts(JSON.parse(JSON.stringify(facts))).powerQueries, facts.powerQueries);
  assert.equal(merged.powerQuery('com.pearson.core.terms.yearid')?.availability, 'notReported');
  assert.equal(facts.powerQueries?.length, 2);
});

test('a refusal that names columns is none of the table', () => {
  const body = {
    message: 'At least one column lacks sufficient privileges.',
    errors: [{ code: 'NoAccess', field: 'dob', resource: 'Students' }],
  };
  const target = '/ws/schema/table/students?projection=dcid,dob';
  assert.deepEqual(learnFrom(NO_FACTS, catalog, { method: 'GET', target, status: 403, body }).refusals, {});
});

test('a refusal is remembered with its reason until the next success', () => {
  const closed = { message: 'GET, POST and PUT are not allowed on table' };
  const refused = learn([
    ['/ws/schema/table/Teachers?projection=*', closed, 405],
    [
      '/ws/v1/district/student',
      { errorMessage: { message: 'Plugin is missing required accessLevelV1Api READ permission' } },
      401,
    ],
    ['/ws/schema/query/a.b.c.d.e', { message: 'a.b.c.d.e not found' }, 404, 'POST'],
  ]);
  const merged = mergeCatalog(catalog, refused);
  assert.equal(mergeTables(tables, refused).table('teachers')?.refusal?.message, closed.message);
  assert.equal(merged.operation('getSchool')?.refusal?.status, 401);
  assert.equal(merged.operation('saveStudents')?.refusal?.status, 401);
  assert.equal(merged.operation('getServerMetadata')?.refusal, undefined);
  const later = learnFrom(refused, catalog, {
    method: 'GET',
    target: '/ws/v1/school/5',
    status: 200,
    body: { school: { id: 5 } },
  });
  assert.equal(mergeCatalog(catalog, later).operation('saveStudents')?.refusal, undefined);
  assert.ok('table:teachers' in later.refusals);
});

test('an old token, a missing row and a server in trouble teach nothing', () => {
  for (const [target, status] of [
    ['/ws/v1/student/1', 401],
    ['/ws/v1/student/999', 404],
    ['/ws/schema/table/students/9', 404],
    ['/ws/v1/school/5/student', 500],
    ['/index.html', 403],
  ] as const) {
    assert.equal(learn([[target, { message: 'no' }, status]]), NO_FACTS, target);
  }
});

test('strange bodies teach nothing and break nothing', () => {
  const targets = [
    '/ws/v1/metadata',
    '/ws/schema/table',
    '/ws/schema/table/x/metadata',
    '/ws/schema/query/api',
    '/ws/v1/student/1',
    '/ws/contacts/student/4',
  ];
  for (const target of targets) {
    for (const body of [
      null,
      1,
      'text',
      [],
      [null],
      {},
      { a: null },
      { columns: 5 },
      { columns: [null, { name: null }] },
      { paths: [] },
      { tables: 'x' },
      JSON.parse('{"__proto__":{"@expansions":"x"}}'),
    ]) {
      const facts = learn([[target, body]]);
      mergeTables(tables, facts);
      mergeCatalog(catalog, facts);
    }
  }
  assert.deepEqual(learn([['/ws/v1/student/1', { student: '' }]]).expansions, {});
});

test('names that would change a request are passed over', () => {
  const evil = '{{$processEnv SECRET}}';
  const facts = learn([
    ['/ws/v1/student/1', { student: { '@expansions': `phones, ${evil}`, '@extensions': `${evil},u_ok`, id: 1 } }],
    ['/ws/schema/table', { tables: [{ name: evil }, { name: 'a/b' }, { name: 'Students' }] }],
    ['/ws/schema/table/students/metadata', { columns: [{ name: evil }, { name: 'DOB' }] }],
    [
      '/ws/schema/query/api',
      {
        paths: {
          [`/ws/schema/query/a.b.${evil}`]: {},
          '/a.b.c.d.e': { post: { parameters: [{ name: evil, in: 'query' }] } },
        },
      },
    ],
  ]);
  assert.doesNotMatch(JSON.stringify(facts), /processEnv|a\/b/);
  assert.deepEqual(facts.extensions['students'], ['u_ok']);
});

test('facts survive storage, and damage loses only the damaged part', () => {
  const facts = learn([
    ['/ws/v1/metadata', { metadata: { powerschool_version: '25.9.0.0', student_max_page_size: 100 } }],
    ['/ws/v1/student/1', { student: { '@expansions': 'phones', '@extensions': '', id: 1 } }],
    ['/ws/schema/table', { tables: [{ name: 'Students' }] }],
    ['/ws/schema/table/students/metadata', { columns: { name: 'A_B', access: 'ViewOnly', type: 'String' } }],
    ['/ws/schema/query/api', { paths: { '/a.b.c.d.e': {} } }],
    ['/ws/schema/table/cc?projection=*', { message: 'no' }, 403],
  ]);
  assert.deepEqual(readFacts(JSON.parse(JSON.stringify(facts))), facts);
  assert.deepEqual(reportedColumns(facts, 'STUDENTS'), [{ name: 'A_B', access: 'ViewOnly', type: 'String' }]);
  assert.equal(readFacts(undefined), NO_FACTS);
  assert.equal(readFacts({ format: 2 }), NO_FACTS);
  assert.deepEqual(
    readFacts({
      format: 1,
      limits: 'x',
      tables: [{}, { name: 'A' }],
      columns: { a: 1, b: 'X - -' },
      powerQueries: [{ name: 'q' }],
    }),
    {
      ...NO_FACTS,
      tables: [{ name: 'A' }],
      columns: { b: 'X - -' },
      powerQueries: [],
    },
  );
});

test('what is remembered stays within bounds: columns learned first go first', () => {
  const body = {
    columns: Array.from({ length: 5000 }, (_, index) => ({
      name: `COLUMN_${'x'.repeat(180)}_${index}`,
      access: 'ViewOnly',
    })),
  };
  let facts = NO_FACTS;
  for (let i = 0; i < 10; i++)
    facts = learnFrom(facts, catalog, { method: 'GET', target: `/ws/schema/table/t${i}/metadata`, status: 200, body });
  const size = Object.values(facts.columns).reduce((sum, text) => sum + text.length, 0);
  assert.ok(size <= FACT_LIMITS.columns);
  assert.equal(reportedColumns(facts, 't0'), undefined);
  assert.equal(reportedColumns(facts, 't9')?.length, 5000);
});

test('PowerQueries beyond the bounds are left out', () => {
  const post = {
    parameters: Array.from({ length: 100 }, (_, index) => ({
      name: `argument_${index}`,
      in: 'query',
      description: 'x'.repeat(5000),
    })),
  };
  const paths = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`/a.b.c.d.q${index}`, { post }]));
  const { powerQueries = [] } = learn([['/ws/schema/query/api', { paths }]]);
  assert.ok(powerQueries.length > 0 && powerQueries.length < 200);
  assert.ok(JSON.stringify(powerQueries).length <= FACT_LIMITS.powerQueryText + powerQueries.length + 2);
});

test('releases compare by number', () => {
  assert.ok(compareReleases('25.10', '25.9.0.0') > 0);
  assert.equal(compareReleases('25.2', '25.2.0.0'), 0);
  assert.ok(compareReleases('9.0.0', '12.0.0.0') < 0);
});
