import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantsOf } from '../../../src/sandbox/auth/installedPlugin.ts';
import { Refusal } from '../../../src/sandbox/server/refusal.ts';
import { call, namedQuery, request, startEngine } from './testDistrict.ts';

const LIST = namedQuery({
  columns: [
    { text: 'STUDENTS.DCID' },
    { text: 'STUDENTS.LASTFIRST' },
    { text: 'course.number', column: 'CC.COURSE_NUMBER' },
    { text: 'STUDENTS.MIDDLE_NAME' },
  ],
  sql: `select s.dcid, s.lastfirst, cc.course_number, s.middle_name from students s join cc on cc.studentid = s.id order by s.lastfirst`,
});

const WITH_ARGUMENTS = namedQuery({
  flattened: true,
  args: [
    { name: 'grade', column: 'STUDENTS.GRADE_LEVEL', required: true, type: 'primitive' },
    { name: 'ids', column: 'STUDENTS.ID', required: false, type: 'array' },
    { name: 'since', column: 'STUDENTS.ENTRYDATE', required: false, type: 'primitive', default: '2026-09-01' },
    { name: 'course', column: 'CC.COURSE_NUMBER', required: false, type: 'primitive', casing: 'upper' },
    { name: 'student', required: false, type: 'primitive', default: '~(curstudid)' },
  ],
  columns: [{ text: 'id', column: 'STUDENTS.ID' }],
  sql: `select s.id from students s join cc on cc.studentid = s.id where grade_level = :grade and (:student is null or s.id = :student)
    and (:ids is null or s.id in (:ids)) and entrydate >= :since and (:course is null or cc.course_number = :course) order by s.id`,
});

/** What a call is answered with instead of rows. */
async function refusal(promise: Promise<unknown>): Promise<{ status: number; message: string; errors: unknown }> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { status: error.status, message: error.message, errors: error.errors };
  }
  throw new Error('The call was not refused');
}

const ids = (answer: Record<string, unknown>): unknown[] =>
  ((answer['record'] ?? []) as Record<string, unknown>[]).map((record) => record['id']);

test('a grouped answer has its columns by table, texts only, the DCID as id, and no empty column', async (context) => {
  const engine = startEngine(context, [LIST]);
  const answer = await call(engine, {}, 'pagesize=2');
  assert.deepEqual(answer, {
    name: 'Students',
    record: [
      {
        id: 101,
        name: 'Students',
        tables: { students: { dcid: '101', lastfirst: 'Student 01' }, course: { number: 'BIO101' } },
      },
      {
        id: 102,
        name: 'Students',
        tables: {
          students: { dcid: '102', lastfirst: 'Student 02', middle_name: 'Ann' },
          course: { number: 'BIO101' },
        },
      },
    ],
    '@extensions': 's_stu_x,u_bikepermits',
  });
});

test('a flattened answer has its columns on the record, with _name and _id', async (context) => {
  const engine = startEngine(context, [{ ...LIST, flattened: true }]);
  const { record } = await call(engine, {}, 'pagesize=1');
  assert.deepEqual(record, [{ _name: 'students', _id: 101, dcid: '101', lastfirst: 'Student 01', number: 'BIO101' }]);
});

test('a record without the key of its core table has no id', async (context) => {
  const query = namedQuery({
    columns: [{ text: 'alias', column: 'STUDENTS.ID' }],
    sql: 'select id from students where id = 1',
  });
  const engine = startEngine(context, [query]);
  assert.deepEqual((await call(engine))['record'], [{ name: 'Students', tables: { students: { alias: '1' } } }]);
});

test('without a core table the first column names the record', async (context) => {
  const engine = startEngine(context, [{ ...LIST, coreTable: '' }]);
  const answer = await call(engine, {}, 'pagesize=1');
  assert.equal(answer['name'], 'STUDENTS');
});

test('no rows means no record key', async (context) => {
  const engine = startEngine(context, [{ ...LIST, sql: LIST.sql.replace('order by', 'where 1 = 0 order by') }]);
  assert.deepEqual(await call(engine), { '@extensions': 's_stu_x,u_bikepermits' });
  assert.deepEqual(await call(engine, {}, 'pagesize=0'), { '@extensions': 's_stu_x,u_bikepermits' });
  assert.deepEqual(await call(engine, {}, 'count=true'), { count: 0, '@extensions': 's_stu_x,u_bikepermits' });
});

test('pages hold 100 rows unless told otherwise, pagesize=0 gives every row and forgets the page', async (context) => {
  const many = namedQuery({
    columns: [{ text: 'n', column: 'STUDENTS.ID' }],
    flattened: true,
    sql: 'select level as n from dual connect by level <= 1250',
  });
  const engine = startEngine(context, [many]);
  const rows = async (query: string): Promise<unknown[]> =>
    (((await call(engine, {}, query))['record'] ?? []) as { n: string }[]).map(({ n }) => Number(n));
  assert.equal((await rows('')).length, 100);
  assert.deepEqual(await rows('page=2&pagesize=3'), [4, 5, 6]);
  assert.equal((await rows('page=13')).length, 50);
  assert.deepEqual(await rows('page=14'), []);
  assert.deepEqual(
    await rows('pagesize=0&page=7'),
    Array.from({ length: 1250 }, (_, index) => index + 1),
  );
});

test('count=true adds the rows without paging, and the count endpoint gives them alone', async (context) => {
  const engine = startEngine(context, [LIST]);
  assert.equal((await call(engine, {}, 'count=true&pagesize=5'))['count'], 12);
  assert.equal((await call(engine, {}, 'count=true&pagesize=0'))['count'], 12);
  assert.equal(
    await engine.count(LIST.name, request({ $q: 'course.number==BIO101' }), { access: () => 'ViewOnly' }),
    3,
  );
});

test('an unknown query is not found, and neither is one whose SQL has an argument that is not declared', async (context) => {
  const undeclared = {
    ...LIST,
    name: 'org.fernhill.demo.students.wrong',
    sql: 'select id from students where id = :id',
  };
  const engine = startEngine(context, [LIST, undeclared]);
  const unknown = await refusal(call(engine, {}, '', undefined, 'org.fernhill.demo.students.none'));
  assert.deepEqual([unknown.status, unknown.message], [404, 'Query org.fernhill.demo.students.none not found']);
  assert.equal((await refusal(call(engine, {}, '', undefined, undeclared.name))).status, 404);
});

test('arguments are bound: numbers, texts, lists, defaults and casing', async (context) => {
  const engine = startEngine(context, [WITH_ARGUMENTS]);
  assert.deepEqual(ids(await call(engine, { grade: 10 })), ['1', '5', '9']);
  assert.deepEqual(ids(await call(engine, { grade: '10', ids: [5, '9'] })), ['5', '9']);
  assert.deepEqual(ids(await call(engine, { grade: 10, ids: ['9'] })), ['9']);
  assert.deepEqual(ids(await call(engine, { grade: 10, since: '2026-09-05' })), ['5', '9']);
  assert.deepEqual(ids(await call(engine, { grade: 10, course: 'bio101' })), ['1']);
  assert.deepEqual(ids(await call(engine, { grade: 10, student: null, ids: null })), ['1', '5', '9']);
});

test('a bad argument is 400', async (context) => {
  const engine = startEngine(context, [WITH_ARGUMENTS]);
  const bad: readonly (readonly [body: unknown, message: RegExp])[] = [
    [{}, /Missing required argument: grade/],
    [{ grade: '' }, /Missing required argument: grade/],
    [{ grade: 'nine' }, /Invalid number 'nine' for argument grade/],
    [{ grade: [9] }, /single value/],
    [{ grade: { a: 1 } }, /Invalid value/],
    [{ grade: 9, ids: 5 }, /list/],
    [{ grade: 9, ids: [{}] }, /Invalid value/],
    [{ grade: 9, since: '09/01/2026' }, /Invalid date/],
    [{ grade: 9, Grade: 9 }, /Invalid argument: Grade/],
  ];
  for (const [body, message] of bad) {
    const { status, message: said } = await refusal(call(engine, body));
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(said, message);
  }
});

test('a body or a query string that is malformed is 400', async (context) => {
  const engine = startEngine(context, [LIST]);
  for (const body of [
    [],
    'x',
    null,
    { $q: 1 },
    { projection: 2 },
    { $dataversion: '1' },
    { $dataversion: 'x', $dataversion_applicationname: 'a' },
  ]) {
    assert.equal((await refusal(call(engine, body))).status, 400, JSON.stringify(body));
  }
  for (const query of ['pagesize=-1', 'page=x', 'order=students.nothing', 'order=students.dcid;up']) {
    assert.equal((await refusal(call(engine, {}, query))).status, 400, query);
  }
});

test('columns that are not granted are listed, each once, by the real column behind an alias', async (context) => {
  const columns = [...LIST.columns, { text: 'course.again', column: 'cc.Course_Number' }];
  const engine = startEngine(context, [
    { ...LIST, columns, sql: LIST.sql.replace('s.middle_name from', 's.middle_name, 1 as again from') },
  ]);
  const grants = grantsOf([
    { table: 'Students', field: 'DCID', access: 'ViewOnly' },
    { table: 'STUDENTS', field: 'lastfirst', access: 'FullAccess' },
  ]);
  const denied = await refusal(call(engine, {}, '', grants));
  assert.deepEqual(denied, {
    status: 403,
    message: 'Validation Failed',
    errors: [
      { resource: LIST.name, field: 'cc.course_number', code: 'No access to the field' },
      { resource: LIST.name, field: 'students.middle_name', code: 'No access to the field' },
    ],
  });
});

test('order replaces the order of the SQL', async (context) => {
  const engine = startEngine(context, [LIST]);
  const first = async (order: string): Promise<unknown> => {
    const { record } = await call(engine, {}, `pagesize=1&order=${encodeURIComponent(order)}`);
    return (record as { id: number }[])[0]?.id;
  };
  assert.equal(await first('students.dcid;desc'), 112);
  assert.equal(await first('course.number;desc,students.lastfirst;desc'), 112);
  assert.equal(await first('Students.Middle_Name,students.dcid;DESC'), 112);
  assert.equal(await first('students.middle_name;desc,students.dcid'), 101);
});

test('$q filters by the names of the answer', async (context) => {
  const engine = startEngine(context, [LIST]);
  const found = async (q: string): Promise<number[]> =>
    (((await call(engine, { $q: q }))['record'] ?? []) as { id: number }[]).map(({ id }) => id - 100);
  assert.deepEqual(await found('course.number==BIO101'), [1, 2, 3]);
  assert.deepEqual(await found('students.dcid=ge=110;students.dcid=lt=112'), [10, 11]);
  assert.deepEqual(await found('students.lastfirst==*nt 1*'), [10, 11, 12]);
  assert.deepEqual(await found('students.lastfirst==student 03;'), [3]);
  assert.deepEqual(await found('course.number!=BIO101;students.dcid=le=104'), [4]);
  assert.deepEqual(await found('course.number==M%26M%3Bs;students.dcid=gt=111'), [12]);
  assert.deepEqual(await found('students.middle_name==\u0000;students.dcid=lt=104'), [1, 3]);
  assert.deepEqual(await found('students.middle_name!=\u0000;students.dcid=lt=104'), [2]);
  assert.deepEqual(await found('students.s_stu_x.suffix==J*'), [1]);
});

test('a $q that PowerQueries do not allow is 400', async (context) => {
  const engine = startEngine(context, [
    {
      ...LIST,
      columns: [...LIST.columns, { text: 'students.note' }],
      sql: LIST.sql.replace('s.middle_name from', 's.middle_name, s.note from'),
    },
  ]);
  for (const q of [
    'students.nothing==1',
    'students.dcid==x',
    'students.dcid==',
    'students.dcid==1,students.dcid==2',
    'students.dcid==(101,102)',
    'students.dcid%3D%3D1',
    'students.note==x',
    'students.s_stu_x.nothing==1',
    'cc.s_stu_x.suffix==1',
  ]) {
    assert.equal((await refusal(call(engine, { $q: q }))).status, 400, q);
  }
});

test('projection chooses columns, with semicolons', async (context) => {
  const engine = startEngine(context, [LIST]);
  const tables = async (projection: string): Promise<unknown> => {
    const { record } = await call(engine, { projection }, 'pagesize=1');
    return (record as { tables: unknown }[])[0]?.tables;
  };
  assert.deepEqual(await tables('students.lastfirst;course.number'), {
    students: { lastfirst: 'Student 01' },
    course: { number: 'BIO101' },
  });
  assert.deepEqual(await tables('STUDENTS.*'), { students: { dcid: '101', lastfirst: 'Student 01' } });
  assert.deepEqual(await tables('course.*'), { course: { number: 'BIO101' } });
  const bad = await refusal(call(engine, { projection: 'students.nothing' }));
  assert.deepEqual(
    [bad.status, bad.message],
    [400, 'Invalid field specified: students.nothing is not valid column for table: students'],
  );
});

test('extensions add the one-to-one tables that are known and granted', async (context) => {
  const engine = startEngine(context, [LIST]);
  const { record } = await call(engine, {}, 'pagesize=2&extensions=s_stu_x,unknown');
  const tables = (record as { tables: Record<string, unknown> }[]).map((entry) => entry.tables['s_stu_x']);
  assert.deepEqual(tables, [{ studentsdcid: '101', suffix: 'Jr' }, undefined]);
});

test('a data version is answered with the current one and the rows that changed since', async (context) => {
  const engine = startEngine(context, [LIST, { ...WITH_ARGUMENTS, name: 'a.b' }]);
  const since = async (version: string): Promise<Record<string, unknown>> =>
    call(engine, { $dataversion: version, $dataversion_applicationname: 'demo' }, 'count=true');
  const answer = await since('1');
  assert.equal(answer['$dataversion'], '16323283');
  assert.deepEqual([ids(answer), answer['count']], [[103, 105], 2]);
  assert.deepEqual(ids(await since('10')), []);
  const keyless = { $dataversion: '1', $dataversion_applicationname: 'demo', grade: 10 };
  assert.equal(ids(await call(engine, keyless, '', undefined, 'a.b')).length, 3);
});

test('what the sandbox cannot run is 400 and named', async (context) => {
  const cases: readonly (readonly [sql: string, said: RegExp])[] = [
    ['select id from students start with id = 1 connect by prior id = dcid', /CONNECT BY/],
    ['select soundex(lastfirst) from students', /the function SOUNDEX/],
    ['select id, dcid from students', /2 columns in its SQL where it declares 1/],
    ['select lastfrist from students', /the column STUDENTS.LASTFRIST \(is it LASTFIRST\?\)/],
    ['select id from studnets', /the table STUDNETS \(is it STUDENTS\?\)/],
    ['select to_number(lastfirst) from students', /is no number/],
    ['select id from students a join students b on a.id = b.id', /ambiguous column name/],
  ];
  const queries = cases.map(([sql], index) =>
    namedQuery({ name: `a.b.c.d.q${index}`, columns: [{ text: 'x', column: 'STUDENTS.ID' }], sql }),
  );
  const engine = startEngine(context, queries);
  for (const [index, [sql, said]] of cases.entries()) {
    const { status, message } = await refusal(call(engine, {}, '', undefined, `a.b.c.d.q${index}`));
    assert.equal(status, 400, sql);
    assert.match(message, said);
    assert.equal((await refusal(call(engine, {}, 'pagesize=0', undefined, `a.b.c.d.q${index}`))).status, 400, sql);
  }
});

test('tables and columns that the district lacks are empty, and said to be', async (context) => {
  const query = namedQuery({
    columns: [{ text: 'students.dcid' }, { text: 'students.locker' }, { text: 'u_lockers.key' }],
    sql: `select s.dcid, s.locker_combination, l.key_no from students s left join u_lockers l on l.studentsdcid = s.dcid
      left join sync_studentmap on studentsdcid = s.dcid where s.id = 1`,
  });
  const engine = startEngine(context, [query]);
  const answer = await engine.run(query.name, request(), { access: () => 'ViewOnly' });
  assert.ok(answer.kind === 'page');
  assert.deepEqual(answer.body['record'], [{ id: 101, name: 'Students', tables: { students: { dcid: '101' } } }]);
  assert.deepEqual(answer.assumed, ['table U_LOCKERS', 'table SYNC_STUDENTMAP', 'column STUDENTS.LOCKER_COMBINATION']);
});

const ENDLESS = `with n (x) as (select 1 from dual union all select x + 1 from n where x < 100000)
  select count(*) from n a, n b, n c where a.x * b.x = c.x + 7`;

test('a query that takes too long is ended, and the next one runs', async (context) => {
  const slow = namedQuery({ name: 'a.b.c.d.slow', columns: [{ text: 'n', column: 'STUDENTS.ID' }], sql: ENDLESS });
  // The next one needs a new process, which a machine with other work starts in more than a second.
  const engine = startEngine(context, [LIST, slow], 5000);
  const { status, message } = await refusal(call(engine, {}, '', undefined, slow.name));
  assert.equal(status, 500);
  assert.match(message, /ran longer than 5 s/);
  assert.equal(((await call(engine))['record'] as unknown[]).length, 12);
});

test('a query cannot write', async (context) => {
  const engine = startEngine(context, [
    namedQuery({ columns: [{ text: 'x', column: 'STUDENTS.ID' }], sql: 'delete from students' }),
  ]);
  assert.equal((await refusal(call(engine))).status, 400);
});

test('queries run side by side, and a reader that stops early leaves nothing running', async (context) => {
  const many = namedQuery({
    columns: [{ text: 'n', column: 'STUDENTS.ID' }],
    sql: 'select level from dual connect by level <= 20000',
  });
  const engine = startEngine(context, [many]);
  const answers = await Promise.all(Array.from({ length: 6 }, () => call(engine, {}, 'pagesize=5')));
  for (const answer of answers) assert.equal((answer['record'] as unknown[]).length, 5);
  const answer = await engine.run(many.name, request({}, 'pagesize=0'), { access: () => 'ViewOnly' });
  assert.ok(answer.kind === 'stream');
  for await (const piece of answer.pieces) {
    assert.ok(piece.startsWith('{"record":['));
    break;
  }
  assert.equal(((await call(engine))['record'] as unknown[]).length, 100);
});
