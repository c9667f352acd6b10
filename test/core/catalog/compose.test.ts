import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../../src/core/catalog/compose.ts';
import { parseFilter, type FilterTerm } from '../../../src/core/catalog/fiql.ts';
import { loadCatalog } from '../../../src/core/catalog/load.ts';
import { toRequestText, uniqueName } from '../../../src/core/catalog/requestText.ts';
import { emptySelection, type Selection } from '../../../src/core/catalog/selection.ts';
import { readSelection } from '../../../src/core/catalog/selectionReader.ts';
import { mergeCatalog } from '../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';

const catalog = await loadCatalog();
const terms = (text: string): FilterTerm[] =>
  parseFilter(text).terms.map(({ field, operator, value, values }) => ({ field, operator, value, values }));
const select = (operation: string, change: Partial<Selection>): Selection => ({
  ...emptySelection(operation),
  ...change,
});

test('a list of students is composed with everything that was picked', () => {
  const request = compose(
    catalog,
    select('listSchoolStudents', {
      pathParams: { id: '5' },
      expansions: ['phones', 'lunch'],
      extensions: ['u_bikepermits'],
      filter: terms('name.last_name==Qui*;school_enrollment.enroll_status==(A,P)'),
      page: '2',
      pageSize: '50',
    }),
  );
  assert.equal(
    request?.target,
    '/ws/v1/school/5/student?expansions=phones,lunch&extensions=u_bikepermits&q=name.last_name==Qui*;school_enrollment.enroll_status==(A,P)&page=2&pagesize=50',
  );
  assert.deepEqual(request.headers, [['Accept', 'application/json']]);
  assert.equal(request.body, undefined);
  assert.deepEqual(request.remarks, []);
});

test('values are percent-encoded once, variables stay', () => {
  const request = compose(
    catalog,
    select('listDistrictStudents', { filter: terms('name.last_name==M&M+ü #1%;local_id=={{number}}') }),
  );
  assert.equal(
    request?.target,
    '/ws/v1/district/student?q=name.last_name==M%26M%2B%C3%BC%20%231%25;local_id=={{number}}',
  );
});

test('a table is read with commas and one sort column, all columns when none is picked', () => {
  const picked = compose(
    catalog,
    select('listTableRows', {
      pathParams: { tablename: 'students' },
      columns: ['dcid', 'lastfirst'],
      sort: [
        { column: 'lastfirst', descending: true },
        { column: 'dcid', descending: false },
      ],
    }),
  );
  assert.equal(
    picked?.target,
    '/ws/schema/table/students?projection=dcid,lastfirst&sort=lastfirst&sortdescending=true',
  );
  assert.deepEqual(picked.remarks, [{ kind: 'oneSortOnly', name: 'dcid' }]);
  assert.equal(
    compose(catalog, emptySelection('getTableRow', { tablename: 'cc', id: '7' }))?.target,
    '/ws/schema/table/cc/7?projection=*',
  );
});

test('a PowerQuery takes arguments, filter and projection in its body, joined by semicolons', () => {
  const merged = mergeCatalog(catalog, {
    ...NO_FACTS,
    powerQueries: [
      {
        name: 'a.b.c.d.e',
        arguments: [
          { name: 'grade', type: 'integer' },
          { name: 'ids', type: 'integer[]' },
          { name: 'on', type: 'date' },
        ],
      },
    ],
  });
  const request = compose(
    merged,
    select('runPowerQuery', {
      pathParams: { queryname: 'a.b.c.d.e' },
      arguments: { grade: '9', ids: ['1', '2'], on: '2026-08-24', extra: 'x' },
      filter: terms('students.lastfirst==M&M;students.dcid=gt=5'),
      columns: ['students.dcid', 'students.lastfirst'],
      sort: [
        { column: 'students.lastfirst', descending: true },
        { column: 'students.dcid', descending: false },
      ],
      pageSize: '0',
    }),
  );
  assert.equal(request?.target, '/ws/schema/query/a.b.c.d.e?order=students.lastfirst;desc,students.dcid&pagesize=0');
  assert.deepEqual(JSON.parse(request.body ?? ''), {
    grade: 9,
    ids: [1, 2],
    on: '2026-08-24',
    extra: 'x',
    $q: 'students.lastfirst==M%26M;students.dcid=gt=5',
    projection: 'students.dcid;students.lastfirst',
  });
  assert.deepEqual(request.headers[1], ['Content-Type', 'application/json']);
});

test('a PowerQuery without arguments sends an empty object', () => {
  assert.equal(compose(catalog, emptySelection('countPowerQuery', { queryname: 'a.b.c.d.e' }))?.body, '{}');
});

test('the selection of a list composes its count: what the count does not take is left out', () => {
  const list = select('listTableRows', {
    pathParams: { tablename: 'cc' },
    filter: terms('termid==3600'),
    columns: ['dcid'],
    sort: [{ column: 'dcid', descending: false }],
    page: '3',
  });
  assert.equal(
    compose(catalog, { ...list, operation: 'countTableRows' })?.target,
    '/ws/schema/table/cc/count?q=termid==3600',
  );
});

test('what is missing or will not come out as meant is remarked', () => {
  const remarks = (selection: Selection): string[] =>
    compose(catalog, selection)?.remarks.map(({ kind, name }) => `${kind} ${name}`) ?? [];
  assert.deepEqual(remarks(emptySelection('getStudent')), ['missingPathParam id']);
  assert.deepEqual(remarks(emptySelection('listAssignments')), ['missingParameter users_dcid']);
  assert.deepEqual(remarks(select('listDistrictStudents', { filter: terms('name.last_name==Quill, Nora') })), [
    'reservedInValue name.last_name',
  ]);
  assert.deepEqual(
    remarks(
      select('runPowerQuery', {
        pathParams: { queryname: 'com.pearson.core.terms.yearid' },
        arguments: { schoolid: 'x', currentdate: '2026-11-23' },
      }),
    ),
    ['notANumber schoolid'],
  );
  assert.equal(compose(catalog, emptySelection('noSuchOperation')), undefined);
});

test('a write starts from the example of its body', () => {
  const request = compose(catalog, emptySelection('saveStudents'));
  assert.equal(JSON.parse(request?.body ?? '').students.student[0].action, 'UPDATE');
  assert.equal(compose(catalog, emptySelection('requestToken'))?.body, 'grant_type=client_credentials');
});

test('every operation composes, and its request reads back as what was picked', () => {
  for (const operation of catalog.operations) {
    const selection = select(operation.id, {
      pathParams: Object.fromEntries(operation.pathParams.map(({ name, is }) => [name, String(is.example)])),
      expansions: operation.expansions.slice(0, 2).map(({ name }) => name),
      extensions: operation.extensions.slice(0, 2).map(({ name }) => name),
      filter: operation.filter === undefined ? [] : terms('a.b==x&y*;c=gt=3;d==(A,P)'),
      page: operation.paged ? '2' : undefined,
      pageSize: operation.paged ? '50' : undefined,
      query: [['zz', ' 1 2 ']],
    });
    const request = compose(catalog, selection);
    assert.ok(request, operation.id);
    assert.ok(!request.remarks.some(({ kind }) => kind === 'missingPathParam'), operation.id);
    const read = readSelection(catalog, request.method, request.target, request.body);
    assert.ok(read, operation.id);
    assert.deepEqual({ ...read, body: undefined }, { ...selection, body: undefined }, operation.id);
    const again = compose(catalog, read);
    assert.deepEqual([again?.target, again?.body], [request.target, request.body], operation.id);
  }
});

test('what has no place of its own survives reading and composing', () => {
  for (const [method, target, body] of [
    ['GET', '/ws/v1/district/student?q=broken&unknown=a%20b&flag', undefined],
    ['GET', '/ws/v1/student/{{dcid}}?expansions={{parts}}&page=2', undefined],
    ['GET', '/ws/schema/table/students?projection=students.*&q={{filter}}', undefined],
    ['POST', '/ws/schema/query/a.b.c.d.e?count=true', '{"deep": {"er": 1}}'],
    ['POST', '/ws/v1/student', '{"students": {{body}}}'],
  ] as const) {
    const selection = readSelection(catalog, method, target, body);
    assert.ok(selection, target);
    const request = compose(catalog, selection);
    assert.deepEqual([request?.target, request?.body], [target, body], target);
  }
  assert.equal(readSelection(catalog, 'GET', '/nothing/here'), undefined);
});

test('the body of a PowerQuery is read with bare variables and decoded filter', () => {
  const selection = readSelection(
    catalog,
    'POST',
    '/ws/schema/query/a.b.c.d.e',
    '{"grade": {{grade}}, "ids": [1, {{id}}], "$q": "students.lastfirst==M%26M", "projection": "a.b;c.d"}',
  );
  assert.deepEqual(selection?.arguments, { grade: '{{grade}}', ids: ['1', '{{id}}'] });
  assert.deepEqual(selection.columns, ['a.b', 'c.d']);
  assert.equal(selection.filter[0]?.value, 'M&M');
});

test('the text for a request file has title, name, headers and body', () => {
  const text = toRequestText(catalog, emptySelection('countPowerQuery', { queryname: 'a.b.c.d.e' }), {
    taken: ['countPowerQuery'],
  });
  assert.equal(
    text,
    [
      '### Count the rows of a PowerQuery',
      '# @name countPowerQuery2',
      'POST /ws/schema/query/a.b.c.d.e/count',
      'Accept: application/json',
      'Content-Type: application/json',
      '',
      '{}',
      '',
    ].join('\n'),
  );
});

test('a path parameter without a value is asked for, or becomes a variable', () => {
  assert.match(
    toRequestText(catalog, emptySelection('getStudent')) ?? '',
    /^GET \/ws\/v1\/student\/\{\{\$prompt Student DCID\}\}$/m,
  );
  assert.match(
    toRequestText(catalog, emptySelection('getStudent'), { missing: 'variable' }) ?? '',
    /^GET \/ws\/v1\/student\/\{\{student\}\}$/m,
  );
});

test('the text of every operation is one request without faults that reads back', () => {
  for (const operation of catalog.operations) {
    const selection = select(operation.id, {
      pathParams: Object.fromEntries(operation.pathParams.map(({ name, is }) => [name, String(is.example)])),
      expansions: operation.expansions.map(({ name }) => name),
      filter: operation.filter === undefined ? [] : terms('name.last_name==Q uill&Co'),
    });
    for (const eol of ['\n', '\r\n'] as const) {
      const text = toRequestText(catalog, selection, { eol }) ?? '';
      const file = parseRequestFile(text);
      const [entry] = file.requests;
      assert.equal(file.requests.length, 1, operation.id);
      assert.deepEqual(file.faults, [], operation.id);
      assert.equal(entry?.name?.text, operation.id);
      assert.equal(entry.target.text, compose(catalog, selection)?.target, operation.id);
    }
  }
});

test('names are made fit and unique', () => {
  assert.equal(uniqueName('a-b c', []), 'a_b_c');
  assert.equal(uniqueName('9lives', []), '_9lives');
  assert.equal(uniqueName('', ['_']), '_2');
});
