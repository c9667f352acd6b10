import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../../src/core/catalog/load.ts';
import { mergeCatalog } from '../../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../../src/core/catalog/serverFacts.ts';
import { createRequestLanguage } from '../../../../src/core/request/language.ts';
import type { Completion } from '../../../../src/core/request/language/completion.ts';
import type { RequestLanguageContext } from '../../../../src/core/request/language/languageContext.ts';
import { environmentOf } from '../../../support/requestRunner.ts';

const catalog = await loadCatalog();
const CONTEXT: RequestLanguageContext = {
  catalog,
  tables: await loadTables(),
  server: { name: 'North', origin: 'https://ps.example.org', kind: 'test' },
  serverNames: ['North', 'South'],
  environments: [environmentOf({ dev: { school: 5, host: 'https://x' } })],
  environment: 'dev',
  nearbyFiles: () => ['./body.json', './data/rows.csv'],
  answer: ({ name }) =>
    name?.text === 'list'
      ? {
          status: 200,
          headers: [['X-Own', '1']],
          json: { students: { student: [{ id: 1, 'odd name': 2 }], '@expansions': 'a' } },
        }
      : undefined,
};

/** Offers at the `|` of a text. */
function offers(marked: string, context: RequestLanguageContext = CONTEXT): Completion[] {
  const offset = marked.indexOf('|');
  const language = createRequestLanguage(context);
  return language.complete(language.parse(marked.replace('|', '')), offset);
}

/** The labels that start with what stands before the cursor in their range, as an editor would show them. */
function shown(marked: string, context?: RequestLanguageContext): string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return offers(marked, context)
    .filter(({ label, range }) => label.toLowerCase().includes(text.slice(range.start, offset).toLowerCase()))
    .map(({ label }) => label);
}

/** The text after one offer was taken. */
function taken(marked: string, label: string, context?: RequestLanguageContext): string {
  const found = offers(marked, context).find((offer) => offer.label === label);
  assert.ok(found, `${label} is offered`);
  const text = marked.replace('|', '');
  return text.slice(0, found.range.start) + found.text + text.slice(found.range.end);
}

test('methods and paths at the start of a request', () => {
  assert.deepEqual(shown('|').slice(0, 3), ['GET', 'POST', 'PUT']);
  assert.ok(shown('### New\n|').includes('GET'));
  assert.deepEqual(shown('PO|'), ['POST']);
  assert.ok(shown('GET |').includes('/ws/v1/district/student'));
  assert.ok(!shown('GET |').includes('/ws/schema/query/{queryname}'));
  assert.deepEqual(shown('GET /ws/v1/district/stu|'), ['/ws/v1/district/student', '/ws/v1/district/student/count']);
  assert.ok(shown('GET {{host}}/ws/v1/dist|').includes('/ws/v1/district'));
  assert.equal(
    taken('GET {{host}}/ws/v1/stud|?expansions=phones', '/ws/v1/student/{id}'),
    'GET {{host}}/ws/v1/student/${1:id}?expansions=phones',
  );
});

test('tables and PowerQueries where a path takes one', () => {
  assert.deepEqual(shown('GET /ws/schema/table/storedgr|'), ['storedgrades']);
  assert.ok(shown('POST /ws/schema/query/|').includes('com.pearson.core.student.student_dcid_id_map'));
});

test('query parameters and their values', () => {
  assert.deepEqual(shown('GET /ws/v1/district/student?|'), ['expansions', 'extensions', 'page', 'pagesize', 'q']);
  assert.deepEqual(shown('GET /ws/v1/district/student?q=x==1&page|'), ['page', 'pagesize']);
  assert.equal(taken('GET /ws/v1/district/student?pa|=5', 'pagesize'), 'GET /ws/v1/district/student?pagesize=5');
  assert.equal(
    taken('GET /ws/v1/district/student?expansions=phones,addr|,fees', 'addresses'),
    'GET /ws/v1/district/student?expansions=phones,addresses,fees',
  );
  assert.ok(!shown('GET /ws/v1/district/student?expansions=phones,|').includes('phones'));
  assert.deepEqual(shown('GET /ws/schema/table/students?sortdescending=|&projection=*'), ['true', 'false']);
  assert.ok(shown('GET /ws/schema/table/students?projection=dcid,last|').includes('lastfirst'));
  assert.ok(shown('GET /ws/schema/table/students\n  ?projection=*\n  &sort=grade_|').includes('grade_level'));
  assert.ok(shown('GET /ws/v1/district/student\n  ?|').includes('expansions'));
});

test('fields, comparisons and values of a filter', () => {
  assert.ok(shown('GET /ws/v1/district/student?q=name.|').includes('name.last_name'));
  assert.ok(shown('GET /ws/v1/district/student?q=local_id==5;name.|').includes('name.last_name'));
  assert.deepEqual(
    shown('GET /ws/v1/district/student?q=name.last_name|').filter((label) => label.includes('=')),
    ['=='],
  );
  assert.ok(offers('GET /ws/v1/district/student?q=local_id=|').some(({ label }) => label === '=ge='));
  assert.deepEqual(shown('GET /ws/v1/district/student?q=school_enrollment.enroll_status==|'), [
    'A',
    'P',
    'T',
    'G',
    'H',
    'I',
  ]);
  assert.ok(shown('GET /ws/schema/table/students?projection=*&q=grade_|').includes('grade_level'));
});

test('headers and their values', () => {
  assert.ok(shown('GET /ws/v1/time\nAcc|').includes('Accept'));
  assert.deepEqual(shown('GET /ws/v1/time\nAccept: application/|'), ['application/json', 'application/xml']);
  assert.equal(taken('GET /ws/v1/time\nAcc|', 'Accept'), 'GET /ws/v1/time\nAccept: ');
  assert.deepEqual(offers('POST /ws/v1/student\n\n|'), []);
});

test('directives, servers and expectations', () => {
  assert.deepEqual(shown('# @|'), ['@name', '@server', '@pages', '@timeout', '@expect']);
  assert.equal(taken('# @pa|', '@pages'), '# @pages all');
  assert.deepEqual(shown('# @server So|\nGET /ws/v1/time'), ['South']);
  assert.deepEqual(shown('# @expect |\nGET /ws/v1/time'), ['status', 'duration', 'count', 'header', 'body']);
  assert.ok(shown('# @expect status |\nGET /ws/v1/time').includes('=='));
  assert.deepEqual(shown('# @expect body $.x not|\nGET /ws/v1/time'), ['not exists']);
  assert.ok(shown('# @expect header Cont|\nGET /ws/v1/time').includes('Content-Type'));
  assert.ok(shown('# @expect body $.students.|\nGET /ws/v1/district/student').includes('.student'));
  assert.deepEqual(shown('# only a comment|'), []);
  assert.deepEqual(shown('### Title|'), []);
});

test('variables of the file, the environment and the tool', () => {
  const labels = shown('@own = 1\nGET /ws/v1/school/{{|}}');
  for (const label of ['own', 'school', 'host', '$guid', '$prompt']) assert.ok(labels.includes(label), label);
  assert.equal(taken('@own = 1\nGET /ws/v1/school/{{o|}}', 'own'), '@own = 1\nGET /ws/v1/school/{{own}}');
  assert.equal(taken('@own = 1\nGET /ws/v1/school/{{o|', 'own'), '@own = 1\nGET /ws/v1/school/{{own}}');
  assert.ok(shown('POST /ws/v1/student\n\n{"a": "{{sch|"}').includes('school'));
});

test('paths into the last answer of an earlier request, or into the example of its resource', () => {
  const text =
    '# @name list\nGET /ws/v1/district/student\n###\n# @name one\nGET /ws/v1/student/5\n###\nGET /ws/v1/student/';
  assert.ok(shown(`${text}{{li|}}`).includes('list.response.body.$.'));
  assert.deepEqual(
    shown(`${text}{{list.response.body.$.students.|}}`),
    ['.student', "['@expansions']"].filter((label) => label.startsWith('.')),
  );
  assert.deepEqual(
    offers(`${text}{{list.response.body.$.students.student|}}`).map(({ label }) => label),
    ['[0]', '[*]', '[-1]', "['@expansions']"],
    'behind a whole key it goes on',
  );
  assert.deepEqual(
    offers(`${text}{{list.response.body.$.students.stud|}}`).map(({ label }) => label),
    ['.student', "['@expansions']"],
  );
  assert.deepEqual(
    offers(`${text}{{list.response.body.$.students.student[0].|}}`).map(({ label }) => label),
    ['.id', "['odd name']"],
  );
  assert.equal(
    taken(`${text}{{list.response.body.$.students.student[0].i|}}`, '.id'),
    `${text}{{list.response.body.$.students.student[0].id}}`,
  );
  assert.ok(offers(`${text}{{one.response.body.$.student.|}}`).some(({ label }) => label === '.local_id'));
  assert.deepEqual(shown(`${text}{{list.response.headers.|}}`), ['X-Own']);
});

test('files for a body', () => {
  assert.deepEqual(shown('POST /ws/v1/student\n\n< ./b|'), ['./body.json']);
});

test('every offer has a range on one line, and its documentation can be made', () => {
  for (const marked of [
    'GET |',
    'GET /ws/schema/table/|',
    'POST /ws/schema/query/|',
    'GET /ws/v1/district/student?|',
    'GET /ws/v1/district/student?expansions=|',
    '# @|',
    'GET /ws/v1/time\n|',
    'GET /x/{{|',
  ]) {
    const text = marked.replace('|', '');
    const all = offers(marked);
    assert.ok(all.length > 2, marked);
    for (const { range, documentation } of all) {
      assert.ok(!text.slice(range.start, range.end).includes('\n'));
      assert.equal(typeof documentation?.(), documentation === undefined ? 'undefined' : 'string');
    }
  }
});

test('without a catalog the syntax is still offered', () => {
  assert.ok(shown('G|', {}).includes('GET'));
  assert.ok(shown('# @e|', {}).includes('@expect'));
  assert.deepEqual(shown('GET /ws/|', {}), []);
});

test('a variable is closed once, whatever braces the editor wrote already', () => {
  const start = '@id = 1\n# @name list\nGET /ws/v1/district/student\n###\nGET /ws/v1/student/';
  for (const braces of ['', '}', '}}']) {
    assert.equal(taken(`${start}{{i|${braces}`, 'id'), `${start}{{id}}`);
    const path = `${start}{{list.response.body.$.students.student[0]`;
    assert.equal(taken(`${path}.i|${braces}`, '.id'), `${path}.id}}`);
  }
});

test('sort and order of a PowerQuery, and a text that starts with what is written', () => {
  const query = 'POST /ws/schema/query/com.pearson.core.student.student_dcid_id_map?order=';
  assert.ok(shown(`${query}stud|`).includes('students'));
  assert.equal(taken(`${query}stud|`, 'students'), `${query}students.`);
  assert.ok(shown(`${query}students.dcid;desc,students.last|`).includes('lastfirst'));
  assert.deepEqual(shown(`${query}students.dcid;|`), ['asc', 'desc']);
  assert.deepEqual(shown('GET /ws/v1/district/student?q=name.last_name==Qui|'), ['Qui*']);
  assert.deepEqual(shown('GET /ws/schema/table/students?projection=*&q=lastfirst==|'), ['*']);
});

test('keys of a JSON body: arguments of a PowerQuery, columns of a table, and the example', () => {
  const facts = {
    ...NO_FACTS,
    powerQueries: [
      {
        name: 'org.fernhill.demo.students.list',
        arguments: [
          { name: 'grade', type: 'integer', required: true },
          { name: 'homeroom', type: 'string' },
        ],
      },
    ],
  } as const;
  const context = { ...CONTEXT, catalog: mergeCatalog(catalog, facts) };
  const query = 'POST /ws/schema/query/org.fernhill.demo.students.list\n\n';
  assert.deepEqual(shown(`${query}{"|"}`, context), ['grade', 'homeroom', 'projection', '$q']);
  assert.deepEqual(shown(`${query}{"grade": 9, |}`, context), ['homeroom', 'projection', '$q']);
  assert.equal(taken(`${query}{"gr|"}`, 'grade', context), `${query}{"grade": }`);
  assert.equal(taken(`${query}{gr|}`, 'grade', context), `${query}{"grade": }`);
  assert.deepEqual(shown(`${query}{"grade": 9, "projection": "students.lastf|"}`, context), ['lastfirst']);
  const row = 'POST /ws/schema/table/students\n\n';
  assert.deepEqual(shown(`${row}{"tables": {"|"}}`), ['students']);
  assert.ok(shown(`${row}{"tables": {"students": {"lastf|"}}}`).includes('lastfirst'));
  const student = 'POST /ws/v1/student\n\n{"students": {"student": [{"id": {{x}}, ';
  assert.ok(shown(`${student}"act|"}]}}`).includes('action'));
  assert.ok(!shown(`${student}"|"}]}}`).includes('id'));
  assert.deepEqual(offers(`${student}"action": "|"}]}}`), []);
});

function need(marked: string): unknown {
  const language = createRequestLanguage(CONTEXT);
  return language.needAt(language.parse(marked.replace('|', '')), marked.indexOf('|'));
}

test('what must be asked of the server first is told for the place', () => {
  const active = { server: undefined };
  assert.deepEqual(need('GET /ws/schema/table/st|'), { kind: 'tables', ...active });
  assert.deepEqual(need('POST /ws/schema/query/|'), { kind: 'powerQueries', ...active });
  assert.deepEqual(need('# @server South\nPOST /ws/schema/query/|'), { kind: 'powerQueries', server: 'South' });
  assert.deepEqual(need('GET /ws/schema/table/students?projection=|'), {
    kind: 'columns',
    table: 'students',
    ...active,
  });
  assert.deepEqual(need('GET /ws/v1/district/student?expansions=|'), {
    kind: 'names',
    resource: 'students',
    ...active,
  });
  assert.deepEqual(need('POST /ws/schema/query/a.b.c.d.e\n\n{"|"}'), { kind: 'powerQueries', ...active });
  assert.deepEqual(need('POST /ws/schema/query/a.b.c.d.e\n\n{"projection": "students.|"}'), {
    kind: 'columns',
    table: 'students',
    ...active,
  });
  assert.deepEqual(need('POST /ws/schema/table/log\n\n{"tables": {"log": {"|"}}}'), {
    kind: 'columns',
    table: 'log',
    ...active,
  });
  assert.deepEqual(need('POST /a\n\n< ./|'), { kind: 'files', ...active });
  for (const marked of ['GET /ws/v1/district?pag|', '# @expect st|\nGET /a', 'GET /ws/v1/{{|'])
    assert.equal(need(marked), undefined, marked);
});

test('a request of another server is completed with what that server has', () => {
  const facts = { ...NO_FACTS, expansions: { students: ['demographics'] } };
  const others = new Map([['South', { catalog: mergeCatalog(catalog, facts), tables: CONTEXT.tables }]]);
  const text = 'GET /ws/v1/district/student?expansions=|';
  assert.deepEqual(shown(`# @server South\n${text}`, { ...CONTEXT, others }), ['demographics']);
  assert.ok(shown(text, { ...CONTEXT, others }).length > 3);
});
