import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../../src/core/catalog/load.ts';
import { mergeCatalog, mergeTables } from '../../../../src/core/catalog/serverCatalog.ts';
import { columnLine, NO_FACTS, type ServerFacts } from '../../../../src/core/catalog/serverFacts.ts';
import { sentenceText } from '../../../../src/core/problem/diagnostic.ts';
import { formatTemplate, say, type Wording } from '../../../../src/core/problem/phrase.ts';
import { createRequestLanguage } from '../../../../src/core/request/language.ts';
import type { RequestLanguageContext } from '../../../../src/core/request/language/languageContext.ts';
import { REQUEST_PROBLEMS } from '../../../../src/core/request/requestProblems.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { environmentOf } from '../../../support/requestRunner.ts';

const catalog = await loadCatalog();
const tables = await loadTables();
const server = { name: 'North', origin: 'https://ps.example.org', kind: 'test' } as const;

const facts: ServerFacts = {
  ...NO_FACTS,
  limits: { student_max_page_size: 100, schema_table_query_max_page_size: 50 },
  expansions: { students: ['demographics', 'phones', 'alerts'] },
  extensions: { students: ['u_bikepermits', 's_stu_x'] },
  tables: [{ name: 'students' }],
  columns: {
    students: [
      { name: 'DCID', access: 'FullAccess', type: 'Integer' },
      { name: 'LastFirst', access: 'ViewOnly', type: 'String' },
      { name: 'SSN', access: 'NoAccess', type: 'String' },
    ]
      .map(columnLine)
      .join('\n'),
  },
  powerQueries: [{ name: 'org.fernhill.demo.students.list', arguments: [] }],
};

const CONTEXT: RequestLanguageContext = { catalog, tables, server };
const REPORTED: RequestLanguageContext = {
  catalog: mergeCatalog(catalog, facts),
  tables: mergeTables(tables, facts),
  server,
};

/** Each finding as its code and the text that it marks. */
function findings(text: string, context: RequestLanguageContext = CONTEXT): [string, string][] {
  const language = createRequestLanguage(context);
  const file = language.parse(text);
  return language.validate(file).map(({ code, range }) => [code, file.text.slice(range.start, range.end)]);
}

function fixed(text: string, code: string, context: RequestLanguageContext = CONTEXT, which = 0): string {
  const language = createRequestLanguage(context);
  const found = language.validate(language.parse(text)).find((diagnostic) => diagnostic.code === code);
  const fix = found?.fixes[which];
  assert.ok(fix, `${code} has a fix`);
  return applyEdits(text, fix.edits);
}

test('a good file has no findings', () => {
  const text = [
    '@school = 5',
    '',
    '### Students of a school',
    '# @name students',
    '# @expect status == 200',
    'GET /ws/v1/school/{{school}}/student',
    '  ?expansions=phones,addresses',
    '  &q=name.last_name==Qui*;school_enrollment.enroll_status==(A,P)',
    '  &pagesize=50',
    'Accept: application/json',
    '',
    '###',
    '# @timeout 30 s',
    'GET /ws/v1/student/{{students.response.body.$.students.student[0].id}}',
    '',
    '###',
    'POST /ws/schema/query/com.pearson.core.student.student_dcid_id_map?pagesize=0',
    'Content-Type: application/json',
    '',
    '{"studentnumber": [{{$randomInt 1 5}}, 2], "text": "{{school}}"}',
    '',
    '###',
    'GET /ws/schema/table/students?projection=dcid,lastfirst,students.first_name&sort=lastfirst',
  ].join('\n');
  assert.deepEqual(findings(text), []);
  assert.deepEqual(findings(text.replaceAll('\n', '\r\n')), []);
});

test('an unknown resource is named with the nearest one', () => {
  assert.deepEqual(findings('GET /ws/v1/distrct/student'), [['PS540', '/ws/v1/distrct/student']]);
  assert.equal(fixed('GET /ws/v1/distrct/student', 'PS540'), 'GET /ws/v1/district/student');
  assert.equal(fixed('GET {{host}}/ws/v1/scool/5', 'PS540'), 'GET {{host}}/ws/v1/school/5');
  assert.deepEqual(findings('@host = https://ps.example.org\nGET {{host}}/ws/v1/students'), [
    ['PS540', '/ws/v1/students'],
  ]);
  assert.deepEqual(findings('GET https://other.example/anything', { catalog, tables }), []);
});

test('a wrong method is named with the right one', () => {
  assert.deepEqual(findings('GET /ws/schema/query/a.b.c.d.e'), [['PS541', 'GET']]);
  assert.equal(fixed('GET /ws/schema/query/a.b.c.d.e', 'PS541'), 'POST /ws/schema/query/a.b.c.d.e');
  assert.equal(fixed('/ws/schema/query/a.b.c.d.e', 'PS541'), 'POST /ws/schema/query/a.b.c.d.e');
});

test('a path parameter without a value is missing', () => {
  assert.deepEqual(findings('GET /ws/v1/student/{id}'), [['PS542', '{id}']]);
  assert.deepEqual(findings('GET /ws/v1/student/:id'), [['PS542', ':id']]);
  assert.deepEqual(findings('GET /ws/v1/student/'), [['PS542', '/ws/v1/student/']]);
  assert.match(fixed('GET /ws/v1/student/', 'PS542'), /^GET \/ws\/v1\/student\/\{\{\$prompt .+\}\}$/);
  assert.deepEqual(findings('@id = 5\nGET /ws/v1/student/{{id}}'), []);
});

test('parameters, expansions and extensions are compared with the catalog and the server', () => {
  const path = 'GET /ws/v1/district/student';
  assert.deepEqual(findings(`${path}?pageSize=5`), [['PS543', 'pageSize']]);
  assert.equal(fixed(`${path}?pageSize=5`, 'PS543'), `${path}?pagesize=5`);
  assert.deepEqual(findings(`${path}?expansions=phone,nothing_known,addresses`), [
    ['PS544', 'phone'],
    ['PS544', 'nothing_known'],
  ]);
  assert.equal(fixed(`${path}?expansions=phone`, 'PS544'), `${path}?expansions=phones`);
  assert.deepEqual(findings(`${path}?expansions=phones,addresses`, REPORTED), [['PS544', 'addresses']]);
  assert.deepEqual(findings(`${path}?extensions=u_anything`), []);
  assert.deepEqual(findings(`${path}?extensions=u_bikepermit,s_stu_x`, REPORTED), [['PS545', 'u_bikepermit']]);
});

test('what the server refused to the plugin last time is told where it is asked for again', () => {
  const refusals = {
    'operation:listStudents': { status: 403, message: 'Access is denied' },
    'table:log': { status: 403, message: '' },
    'query:org.fernhill.demo.students.list': { status: 404, message: 'Not found.' },
  };
  const refused = { ...facts, refusals };
  const context = { catalog: mergeCatalog(catalog, refused), tables: mergeTables(tables, refused), server };
  const operation = catalog.operations.find(({ path }) => path === '/ws/v1/district/student');
  assert.ok(operation);
  const own = { ...refused, refusals: { [`operation:${operation.id}`]: { status: 403, message: 'Access is denied' } } };
  assert.deepEqual(findings('GET /ws/v1/district/student', { ...context, catalog: mergeCatalog(catalog, own) }), [
    ['PS556', '/ws/v1/district/student'],
  ]);
  const listed = { ...refused, tables: [{ name: 'log' }] };
  assert.deepEqual(
    findings('GET /ws/schema/table/log?projection=*', { ...context, tables: mergeTables(tables, listed) }),
    [['PS556', 'log']],
  );
  assert.deepEqual(findings('POST /ws/schema/query/org.fernhill.demo.students.list', context), [
    ['PS556', 'org.fernhill.demo.students.list'],
  ]);
});

test('a request of another server is judged by what that server has and is', () => {
  const others = new Map([['North', REPORTED]]);
  const text = '# @server North\nGET /ws/v1/district/student?pagesize=101&expansions=addresses';
  const south = { ...CONTEXT, server: { ...server, name: 'South', kind: 'production' as const } };
  assert.deepEqual(findings(text, { ...south, others, serverNames: ['North', 'South'] }), [
    ['PS547', '101'],
    ['PS544', 'addresses'],
  ]);
  const write = 'DELETE /ws/schema/table/students/1';
  assert.deepEqual(findings(write, south), [['PS562', 'DELETE']]);
  assert.deepEqual(findings(`# @server North\n${write}`, { ...south, others }), []);
});

test('the order of a PowerQuery names columns and directions', () => {
  const query = 'POST /ws/schema/query/com.pearson.core.student.student_dcid_id_map?order=';
  assert.deepEqual(findings(`${query}students.dcid;desc,students.lastfirst`), []);
  assert.deepEqual(findings(`${query}students.dcid;down`), [['PS554', 'down']]);
  assert.deepEqual(findings(`${query}students.ssn,students.gone`, REPORTED), [
    ['PS553', 'com.pearson.core.student.student_dcid_id_map'],
    ['PS551', 'students.ssn'],
    ['PS550', 'gone'],
  ]);
});

test('a variable of an environment that is not chosen is told with its environment', () => {
  const environments = [environmentOf({ north: { school: 1 }, south: { school: 2 } })];
  const text = 'GET /ws/v1/school/{{school}}';
  assert.deepEqual(findings(text, { ...CONTEXT, environments }), [['PS536', 'school']]);
  assert.deepEqual(findings(text, { ...CONTEXT, environments, environment: 'north' }), []);
  assert.deepEqual(findings('GET /ws/v1/school/{{other}}', { ...CONTEXT, environments }), [['PS520', 'other']]);
});

const words: Wording = (template, ...args) => `<${formatTemplate(template, args)}>`;

test('words of a finding are put into the language of the user, names stay', () => {
  const language = createRequestLanguage(CONTEXT);
  const [found] = language.validate(language.parse('GET /ws/v1/district/student?expansions=phone'));
  assert.ok(found);
  assert.equal(
    sentenceText(found.sentences, words),
    '<"phone" is not an expansion of this resource.> <<Did you mean "phones"?>>',
  );
  assert.equal(say(found.fixes[0]?.title ?? '', words), '<Change to "phones">');
  assert.equal(found.message, '"phone" is not an expansion of this resource. Did you mean "phones"?');
});

test('what has one answer is mended in one step', () => {
  assert.equal(fixed('GET https://other.example/ws/v1/district', 'PS561'), 'GET /ws/v1/district');
  assert.equal(
    fixed('GET /ws/v1/district\r\nHost: other.example\r\nAccept: text/plain', 'PS564'),
    'GET /ws/v1/district\r\nAccept: text/plain',
  );
  assert.equal(fixed('# @timeout 5\n# @timeout 6\nGET /ws/v1/district', 'PS534'), '# @timeout 5\nGET /ws/v1/district');
});

test('commas and semicolons are told apart', () => {
  assert.deepEqual(findings('GET /ws/v1/district/student?expansions=phones;addresses'), [['PS546', ';']]);
  assert.equal(
    fixed('GET /ws/v1/district/student?expansions=phones;addresses;fees', 'PS546'),
    'GET /ws/v1/district/student?expansions=phones,addresses,fees',
  );
  assert.deepEqual(findings('GET /ws/schema/table/students?projection=dcid;lastfirst'), [['PS546', ';']]);
  const query = 'POST /ws/schema/query/a.b.c.d.e\n\n{"projection": "students.dcid,students.lastfirst"}';
  assert.deepEqual(findings(query), [['PS546', ',']]);
  assert.match(fixed(query, 'PS546'), /students\.dcid;students\.lastfirst/);
});

test('a page size over the limit of the server is named', () => {
  assert.deepEqual(findings('GET /ws/v1/district/student?pagesize=101', REPORTED), [['PS547', '101']]);
  assert.equal(
    fixed('GET /ws/v1/district/student?pagesize=101', 'PS547', REPORTED),
    'GET /ws/v1/district/student?pagesize=100',
  );
  assert.deepEqual(findings('@n = 51\nGET /ws/schema/table/students?projection=dcid&pagesize={{n}}', REPORTED), [
    ['PS547', '{{n}}'],
  ]);
  assert.deepEqual(findings('GET /ws/v1/district/student?page=0&pagesize=x'), [
    ['PS554', '0'],
    ['PS554', 'x'],
  ]);
});

test('filters are read, decoded or not', () => {
  const path = 'GET /ws/v1/district/student?q=';
  assert.deepEqual(findings(`${path}name.last_name=Quill`), [['PS548', '=']]);
  assert.deepEqual(findings(`${path}name.last_name==Quill,local_id==5`), [['PS548', ',']]);
  assert.equal(fixed(`${path}name.last_name==Quill,local_id==5`, 'PS548'), `${path}name.last_name==Quill;local_id==5`);
  assert.deepEqual(findings(`${path}local_id%3D%3Dabc`), [['PS548', 'abc']]);
  assert.deepEqual(findings(`${path}name.lastname==Q`), [['PS555', 'name.lastname']]);
  assert.equal(fixed(`${path}name.lastname==Q`, 'PS555'), `${path}name.last_name==Q`);
});

test('columns of tables are compared with the server, or with the dictionary for slips', () => {
  const path = 'GET /ws/schema/table/students';
  assert.deepEqual(findings(`${path}?projection=dcid,lastfrist,u_own_column`), [['PS550', 'lastfrist']]);
  assert.equal(
    fixed(`${path}?projection=dcid,lastfrist`, 'PS550'),
    `${path}?projection=dcid,LastFirst`.replace('LastFirst', 'lastfirst'),
  );
  assert.deepEqual(findings(`${path}?projection=dcid,ssn,students.u_own&sort=lastfirst&q=ssn==1`, REPORTED), [
    ['PS551', 'ssn'],
    ['PS550', 'u_own'],
    ['PS551', 'ssn'],
  ]);
  assert.deepEqual(findings(path), [['PS549', '/ws/schema/table/students']]);
  assert.equal(fixed(path, 'PS549'), `${path}?projection=*`);
});

test('a table that the server does not list, or a slip in its name, is named', () => {
  assert.deepEqual(findings('GET /ws/schema/table/studnts?projection=*'), [['PS552', 'studnts']]);
  assert.equal(
    fixed('GET /ws/schema/table/studnts?projection=*', 'PS552'),
    'GET /ws/schema/table/students?projection=*',
  );
  assert.deepEqual(findings('GET /ws/schema/table/u_of_another_district?projection=*'), []);
  assert.deepEqual(findings('GET /ws/schema/table/u_of_another_district?projection=*', REPORTED), [
    ['PS552', 'u_of_another_district'],
  ]);
});

test('a PowerQuery that the server does not report is named', () => {
  assert.deepEqual(findings('POST /ws/schema/query/org.fernhill.demo.students.lst\n\n{}', REPORTED), [
    ['PS553', 'org.fernhill.demo.students.lst'],
  ]);
  assert.deepEqual(findings('POST /ws/schema/query/any.thing.at.all.here\n\n{}'), []);
});

test('variables: undefined, circular, malformed, unclosed', () => {
  assert.deepEqual(findings('GET /ws/v1/student/{{nme}}\n###\n@name = 5'), [['PS520', 'nme']]);
  assert.equal(
    fixed('GET /ws/v1/student/{{nme}}\n###\n@name = 5', 'PS520'),
    'GET /ws/v1/student/{{name}}\n###\n@name = 5',
  );
  assert.equal(fixed('### A\nGET /ws/v1/student/{{x}}', 'PS520'), '### A\n@x = \nGET /ws/v1/student/{{x}}');
  assert.deepEqual(findings('@a = {{b}}\n@b = {{a}}'), [
    ['PS521', 'a'],
    ['PS521', 'b'],
  ]);
  assert.deepEqual(findings('GET /ws/v1/student/{{$randomInt 5}}'), [['PS526', '$randomInt 5']]);
  assert.deepEqual(findings('@x = {{y z'), [['PS506', '{{']]);
  assert.deepEqual(findings('@x'), [['PS505', '@x']]);
  const environments = [environmentOf({ dev: { school: 5 } })];
  assert.deepEqual(findings('GET /ws/v1/school/{{school}}', { ...CONTEXT, environments, environment: 'dev' }), []);
  assert.deepEqual(findings('GET /ws/v1/school/{{school}}', { ...CONTEXT, environments }), [['PS536', 'school']]);
});

test('variables in comments and in syntax of other tools are not looked at', () => {
  assert.deepEqual(findings('# {{nothing}}\nGET /ws/v1/time\n\n> {% x({{nothing}}) %}'), [
    ['PS510', '> {% x({{nothing}}) %}'],
  ]);
});

test('names: malformed, repeated, unknown, later', () => {
  assert.deepEqual(findings('# @name 1a\nGET /ws/v1/time'), [['PS524', '1a']]);
  assert.deepEqual(findings('# @name a\nGET /ws/v1/time\n###\n# @name a\nGET /ws/v1/time'), [
    ['PS525', 'a'],
    ['PS525', 'a'],
  ]);
  assert.deepEqual(findings('# @name abcd\nGET /ws/v1/time\n###\nGET /ws/v1/student/{{abce.response.body.$.id}}'), [
    ['PS522', 'abce'],
  ]);
  assert.deepEqual(findings('GET /ws/v1/student/{{a.response.body.$.id}}\n###\n# @name a\nGET /ws/v1/time'), [
    ['PS523', 'a'],
  ]);
  assert.deepEqual(findings('# @name a\nGET /ws/v1/time\n###\nGET /ws/v1/student/{{a.response.body.$.[}}'), [
    ['PS527', '['],
  ]);
});

function withLine(line: string): [string, string][] {
  return findings(`${line}\nGET /ws/v1/time`);
}

test('directives: unknown, of other tools, malformed, repeated', () => {
  assert.deepEqual(withLine('# @exepct status == 200'), [['PS530', 'exepct']]);
  assert.deepEqual(withLine('# @school = 5'), [], 'a variable that was commented out');
  assert.equal(fixed('# @exepct status == 200\nGET /ws/v1/time', 'PS530'), '# @expect status == 200\nGET /ws/v1/time');
  assert.deepEqual(withLine('# @no-log'), [['PS531', 'no-log']]);
  assert.deepEqual(withLine('# @pages some'), [['PS532', 'some']]);
  assert.deepEqual(withLine('# @timeout soon'), [['PS532', 'soon']]);
  assert.deepEqual(withLine('# @server'), [['PS532', '# @server']]);
  assert.deepEqual(withLine('# @expect statis == 200'), [['PS533', 'statis']]);
  assert.deepEqual(withLine('# @timeout 5\n# @timeout 6'), [['PS534', '# @timeout 6']]);
  assert.deepEqual(findings('# @server Nroth\nGET /ws/v1/time', { ...CONTEXT, serverNames: ['North'] }), [
    ['PS535', 'Nroth'],
  ]);
});

function at(body: string): [string, string][] {
  return findings(`@x = 1\n@y = 2\nPOST /ws/v1/student\nContent-Type: application/json\n\n${body}`);
}

test('a JSON body is read up to its first fault, with variables in it', () => {
  assert.deepEqual(at('{"a": {{x}}, "{{y}}": ["{{x}}", {{x}}{{y}}, 1{{x}}], {{y}}: 1}'), []);
  assert.deepEqual(at('{{x}}'), []);
  assert.deepEqual(at('{"a": 1,}'), [['PS513', '}']]);
  assert.deepEqual(at("{'a': 1}"), [['PS513', "'"]]);
  assert.deepEqual(at('{"a": 1'), [['PS513', '{']]);
  assert.deepEqual(at('{"a" 1}'), [['PS513', '1']]);
  assert.deepEqual(at('{"a": tru}'), [['PS513', 't']]);
  assert.deepEqual(at('{"a": 01}'), [['PS513', '1']]);
  assert.deepEqual(at('{"a": "x\\y"}'), [['PS513', '\\']]);
  assert.deepEqual(at('{} {}').at(-1), ['PS513', '{']);
  assert.deepEqual(at('{\n// comment\n"a": ]}'), [
    ['PS508', '// comment'],
    ['PS513', ']'],
  ]);
  assert.deepEqual(at('< ./body.json'), []);
});

test('other bodies: a missing boundary, a GET with a body', () => {
  assert.deepEqual(findings('POST /ws/v1/student\nContent-Type: multipart/form-data\n\n--ab\n\nx\n--ab--'), [
    ['PS512', 'multipart/form-data'],
  ]);
  assert.match(
    fixed('POST /ws/v1/student\nContent-Type: multipart/form-data\n\n--ab\n\nx\n--ab--', 'PS512'),
    /form-data; boundary=ab\n/,
  );
  assert.deepEqual(findings('GET /ws/v1/time\n\n@x = 1'), [['PS516', '@x = 1']]);
});

test('credentials in the file are found, variables in their place are not', () => {
  assert.deepEqual(findings('GET /ws/v1/time\nAuthorization: Bearer 0f1e2d3c'), [['PS560', 'Bearer 0f1e2d3c']]);
  assert.equal(
    fixed('GET /ws/v1/time\nAuthorization: Bearer 0f1e2d3c\nAccept: a/b', 'PS560'),
    'GET /ws/v1/time\nAccept: a/b',
  );
  assert.deepEqual(findings('GET /ws/v1/time\nauthorization: Basic abc:def'), [['PS560', 'Basic abc:def']]);
  assert.deepEqual(findings('@token = x\n@clientSecret = 12\n@access_token = {{$processEnv T}}\n@token_url = /x'), [
    ['PS560', 'x'],
    ['PS560', '12'],
  ]);
  assert.deepEqual(findings('@t = {{$processEnv T}}\nGET /ws/v1/time\nAuthorization: Bearer {{t}}'), []);
  const form =
    'POST /oauth/access_token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials\n&client_secret=abc';
  assert.deepEqual(findings(form), [['PS560', 'abc']]);
  assert.deepEqual(
    findings('POST /ws/v1/student\n\n{"client_secret": "abc", "password": "{{p}}"}').filter(
      ([code]) => code === 'PS560',
    ),
    [['PS560', 'abc']],
  );
});

test('where a request goes: another origin, production, a foreign Host, the environment', () => {
  assert.deepEqual(findings('GET https://other.example/x'), [['PS561', 'https://other.example']]);
  assert.deepEqual(findings('@h = https://other.example\nGET {{h}}/x'), [['PS561', '{{h}}']]);
  assert.deepEqual(findings('GET https://ps.example.org/ws/v1/time'), []);
  const production: RequestLanguageContext = { ...CONTEXT, server: { ...server, kind: 'production' } };
  assert.deepEqual(findings('POST /ws/v1/student\n\n{}', production), [['PS562', 'POST']]);
  assert.deepEqual(findings('POST /ws/schema/query/a.b.c.d.e\n\n{}', production), []);
  assert.deepEqual(findings('GET /ws/v1/time\nHost: other.example'), [['PS564', 'other.example']]);
  assert.deepEqual(findings('POST https://other.example/x\n\n{{$processEnv X}}'), [
    ['PS561', 'https://other.example'],
    ['PS563', '{{$processEnv X}}'],
  ]);
});

test('names in a list that is broken over lines are marked and mended where they stand', () => {
  const text = 'GET /ws/schema/table/students?projection=dcid,\n    lastfirs,\n    dob;entrydate\n    &pagesize=5';
  assert.deepEqual(findings(text), [
    ['PS550', 'lastfirs'],
    ['PS546', ';'],
  ]);
  assert.equal(fixed(text, 'PS546'), text.replace(';', ','));
  assert.equal(fixed(text, 'PS550'), text.replace('lastfirs', 'lastfirst'));
  assert.deepEqual(findings('GET /ws/schema/table/students?projection=dcid&q=dcid==1;\n  lastfirs==x', REPORTED), [
    ['PS550', 'lastfirs'],
  ]);
});

test('every finding fills its sentences, and every code has its row', () => {
  const language = createRequestLanguage(REPORTED);
  const text =
    'GET /ws/v1/student/{id}?expansions=x;y&pagesize=1000\n###\nGET /ws/nothing\n###\nGTE /ws/v1/time\n###\n@a = {{b}}\nGET ws/v1/x\nno header\n\n{{c}}';
  for (const { message, code } of language.validate(language.parse(text))) {
    assert.doesNotMatch(message, /\{\d\}|undefined|  /, code);
    assert.match(message, /[.:?]$/, `${code}: ${message}`);
  }
  for (const code of Object.keys(REQUEST_PROBLEMS)) assert.match(code, /^PS5\d\d$/);
});
