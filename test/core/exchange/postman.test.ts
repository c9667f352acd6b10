import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteText } from '../../../src/core/exchange/importNote.ts';
import {
  readCollection,
  readPostmanEnvironment,
  type PostmanCollection,
} from '../../../src/core/exchange/postmanCollection.ts';
import { toPostman } from '../../../src/core/exchange/postmanExport.ts';
import { fromPostman, type PostmanImport } from '../../../src/core/exchange/postmanImport.ts';
import { translateTests } from '../../../src/core/exchange/postmanTests.ts';
import { createClient } from '../../../src/core/powerschool/createClient.ts';
import type { AccessToken } from '../../../src/core/powerschool/server.ts';
import { parseEnvironmentFile } from '../../../src/core/request/environment.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import type { RunPorts } from '../../../src/core/run/ports.ts';
import { runRequests } from '../../../src/core/run/runRequests.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { seededRandom } from '../request/fuzz.ts';

const test200 = {
  listen: 'test',
  script: { exec: ['pm.test("Status is 200", function () {', '    pm.response.to.have.status(200);', '});'] },
};

/** A collection as a district might have it: folders, a token script, environments, tests, chained requests. */
const COLLECTION = {
  info: { name: 'Alderbrook: SIS API', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{access_token}}' }] },
  event: [
    {
      listen: 'prerequest',
      script: {
        exec: [
          'pm.sendRequest({ url: pm.environment.get("base url") + "/oauth/access_token", method: "POST",',
          '  body: "grant_type=client_credentials" }, (error, response) => {',
          '  pm.environment.set("access_token", response.json().access_token); });',
        ],
      },
    },
  ],
  variable: [
    { key: 'page size', value: '5' },
    { key: 'apiKey', value: 'hidden-1', type: 'string' },
  ],
  item: [
    {
      name: 'Get token',
      request: {
        method: 'POST',
        url: '{{base url}}/oauth/access_token',
        body: { mode: 'urlencoded', urlencoded: [{ key: 'client_secret', value: 'hidden-2' }] },
      },
    },
    {
      name: 'District',
      event: [test200],
      request: {
        method: 'GET',
        header: [],
        url: { raw: '{{base url}}/ws/v1/district', host: ['{{base url}}'], path: ['ws', 'v1', 'district'] },
      },
    },
    {
      name: 'Students',
      item: [
        {
          name: 'First students',
          event: [
            {
              listen: 'test',
              script: {
                exec: [
                  'const data = pm.response.json();',
                  'pm.test("has students", () => { pm.expect(data.students.student[0].id).to.exist; });',
                  'pm.test("fast", () => pm.expect(pm.response.responseTime).to.be.below(20000));',
                  'pm.test("type", () => pm.expect(pm.response.headers.get("Content-Type")).to.include("json"));',
                  'pm.environment.set("student id", data.students.student[0].id);',
                  'console.log(data);',
                ],
              },
            },
          ],
          request: {
            method: 'GET',
            header: [
              { key: 'Authorization', value: 'Bearer {{access_token}}' },
              { key: 'Accept', value: 'application/json' },
              { key: 'X-Off', value: '1', disabled: true },
            ],
            url: {
              raw: '{{base url}}/ws/v1/district/student?pagesize={{page size}}&expansions=phones',
              query: [
                { key: 'pagesize', value: '{{page size}}' },
                { key: 'expansions', value: 'phones' },
                { key: 'page', value: '9', disabled: true },
              ],
            },
            description: 'Reads the first students.',
          },
        },
        {
          name: 'One student',
          event: [test200],
          request: {
            method: 'GET',
            url: { raw: '{{base url}}/ws/v1/student/:id', variable: [{ key: 'id', value: '{{student id}}' }] },
          },
        },
        {
          name: 'Nobody',
          event: [
            { listen: 'test', script: { exec: ['pm.test("404", () => pm.expect(pm.response.code).to.eql(404));'] } },
          ],
          request: 'https://ps.example.org/ws/v1/student/99999999',
        },
        {
          name: 'Tables',
          item: [
            {
              name: 'Rows',
              event: [test200, { listen: 'prerequest', script: { exec: ['console.log("before");'] } }],
              request: {
                method: 'GET',
                url: '{{base url}}/ws/schema/table/students?projection=dcid,lastfirst&q=dcid=gt=0&pagesize=3',
              },
            },
          ],
        },
      ],
    },
    {
      name: 'PowerQuery',
      event: [{ listen: 'test', script: { exec: 'tests["ok"] = responseCode.code === 404;' } }],
      request: {
        method: 'POST',
        header: 'Content-Type: application/json',
        url: '{{base url}}/ws/schema/query/org.nobody.has.this.query',
        body: { mode: 'raw', raw: '{\n  "id": "{{$guid}}"\n}', options: { raw: { language: 'json' } } },
      },
    },
  ],
};

const ENVIRONMENT = {
  name: 'Sandbox',
  values: [
    { key: 'base url', value: 'https://ps.example.org', enabled: true },
    { key: 'client_secret', value: 'hidden-3', type: 'secret', enabled: true },
    { key: 'unused', value: 'x', enabled: false },
  ],
};

function imported(): PostmanImport {
  const collection = readCollection(JSON.stringify(COLLECTION));
  const environment = readPostmanEnvironment(JSON.stringify(ENVIRONMENT));
  assert.ok(collection && environment);
  return fromPostman(collection, [environment]);
}

test('a collection becomes files by folder, without secrets and without its token requests', () => {
  const { files, notes } = imported();
  assert.deepEqual(
    files.map(({ path }) => path),
    [
      'alderbrook-sis-api.ps.http',
      'students/students.ps.http',
      'students/tables.ps.http',
      'http-client.env.json',
      'http-client.private.env.json',
    ],
  );
  const everything = files.map(({ text }) => text).join('\n');
  assert.doesNotMatch(everything, /hidden-|access_token|client_credentials|Authorization/);
  assert.equal(
    files[1]?.text,
    [
      '@page_size = 5',
      '',
      '### First students',
      '# Reads the first students.',
      '# Test script of Postman that was not translated:',
      '# console.log(data);',
      '# @name firstStudents',
      '# @expect body $.students.student[0].id exists',
      '# @expect duration < 20000',
      '# @expect header Content-Type contains "json"',
      'GET /ws/v1/district/student?pagesize={{page_size}}&expansions=phones',
      'Accept: application/json',
      '',
      '###',
      '@student_id = {{firstStudents.response.body.$.students.student[0].id}}',
      '',
      '### One student',
      '# @name oneStudent',
      '# @expect status == 200',
      'GET /ws/v1/student/{{student_id}}',
      '',
      '### Nobody',
      '# @name nobody',
      '# @expect status == 404',
      'GET /ws/v1/student/99999999',
      '',
    ].join('\n'),
  );
  assert.deepEqual(JSON.parse(files[3]?.text ?? ''), { Sandbox: { base_url: 'https://ps.example.org' } });
  assert.deepEqual(JSON.parse(files[4]?.text ?? ''), { Sandbox: { client_secret: '' }, $shared: { apiKey: '' } });
  const told = notes.map(noteText);
  for (const words of [
    /Get token: Left out/,
    /script for the token was left out/,
    /First students: Its Authorization header/,
    /console\.log/,
    /Rows: Its pre-request script is kept/,
    /client_secret: Its value/,
  ]) {
    assert.ok(
      told.some((sentence) => words.test(sentence)),
      String(words),
    );
  }
});

test('an imported collection runs green against the sandbox', async () => {
  const sandbox = await startSandbox({ students: 50 });
  let token: AccessToken | undefined;
  const server = { id: 'sandbox', name: 'Sandbox', origin: sandbox.url, kind: 'sandbox' } as const;
  const client = createClient({
    server,
    secrets: {
      credentials: () => Promise.resolve({ clientId: sandbox.clientId, clientSecret: sandbox.clientSecret }),
      token: () => Promise.resolve(token),
      storeToken: (_, fresh) => {
        token = fresh;
        return Promise.resolve();
      },
    },
  });
  try {
    const { files } = imported();
    const environment = parseEnvironmentFile(
      files.find(({ path }) => path === 'http-client.env.json')?.text ?? '',
      'http-client.env.json',
    );
    assert.ok(!(environment instanceof Error));
    const ports: RunPorts = {
      clientFor: () => Promise.resolve({ server, sender: client }),
      files: { realPath: (path) => Promise.resolve(path), read: () => Promise.reject(new Error('no file')) },
      processEnv: () => undefined,
      now: () => Date.now(),
      random: Math.random,
    };
    const runFiles = files
      .filter(({ path }) => path.endsWith('.ps.http'))
      .map(({ path, text }) => ({ path, file: parseRequestFile(text), environments: [environment], roots: [] }));
    const results: RunResult[] = [];
    for await (const event of runRequests({ files: runFiles, env: 'Sandbox', ports }))
      if (event.kind === 'result') results.push(event.result);
    assert.equal(results.length, 6);
    for (const { outcome, url, error, expectations } of results) {
      assert.equal(outcome, 'passed', `${url} ${error?.message ?? ''} ${JSON.stringify(expectations)}`);
    }
  } finally {
    await client.close();
    await sandbox.stop();
  }
});

test('simple lines of tests are translated, others are kept', () => {
  const cases: [string, string | undefined][] = [
    ['pm.response.to.have.status(201);', 'status == 201'],
    ['pm.expect(pm.response.code).to.be.oneOf([200, 204]);', 'status matches ^(?:200|204)$'],
    ['pm.response.to.be.ok;', 'status matches ^2'],
    ['pm.response.to.have.header("ETag");', 'header ETag exists'],
    ["pm.expect(pm.response.json().a.b).to.equal('it\\'s');", 'body $.a.b == "it\'s"'],
    ['pm.expect(data["odd name"][0]).to.be.at.least(3);', "body $['odd name'][0] >= 3"],
    ['pm.expect(data.a).to.not.equal(3);', 'body $.a != 3'],
    ['pm.expect(data.a).to.be.true;', 'body $.a == true'],
    ['pm.expect(data.a).to.not.be.undefined;', 'body $.a exists'],
    ['pm.expect(data.a).to.be.undefined;', 'body $.a not exists'],
    ['pm.expect(data.a).to.include("x");', 'body $.a contains "x"'],
    ['pm.expect(data.list.length).to.be.above(0);', undefined],
    ['pm.expect(other.a).to.eql(1);', undefined],
    ['for (const x of data) {', undefined],
    ['pm.expect(data.a).to.constructor(1);', undefined],
  ];
  for (const [line, expected] of cases) {
    const { expectations, rest } = translateTests(['var data = pm.response.json();', line]);
    assert.deepEqual(expectations, expected === undefined ? [] : [expected], line);
    assert.equal(rest.length, expected === undefined ? 1 : 0, line);
  }
});

function itemWith(body: unknown): unknown {
  return {
    name: 'x',
    request: { method: 'POST', url: 'https://other.example/x', body },
  };
}

function importedWith(body: unknown): string {
  return fromPostman({ item: [itemWith(body)] } as PostmanCollection).files[0]?.text ?? '';
}

test('bodies of every mode are taken over', () => {
  assert.match(
    importedWith({
      mode: 'urlencoded',
      urlencoded: [
        { key: 'a', value: 'x&y' },
        { key: 'b', value: '{{v}}' },
        { key: 'c', value: '1', disabled: true },
      ],
    }),
    /x-www-form-urlencoded\n\na=x%26y\n&b=\{\{v\}\}\n$/,
  );
  assert.match(
    importedWith({
      mode: 'formdata',
      formdata: [
        { key: 'a', value: '1', type: 'text' },
        { key: 'f', type: 'file', src: '/home/x/rows.csv' },
      ],
    }),
    /name="f"; filename="rows\.csv"\n\n< \.\/rows\.csv\n--boundary-of-this-form--\n$/,
  );
  assert.match(importedWith({ mode: 'file', file: { src: 'C:\\x\\body.json' } }), /\n\n< \.\/body\.json\n$/);
  assert.match(
    importedWith({ mode: 'raw', raw: '<a/>', options: { raw: { language: 'xml' } } }),
    /Content-Type: application\/xml\n\n<a\/>/,
  );
  assert.doesNotMatch(importedWith({ mode: 'graphql', graphql: { query: 'x' } }), /query/);
});

function folder(name: string): unknown {
  return { name, item: [{ name: 'x', request: '/ws/v1/time' }] };
}

test('names of folders cannot leave the chosen folder and do not collide', () => {
  const { files } = fromPostman({
    item: ['../../etc', 'CON', 'a/b', 'A\\B', '', '...'].map(folder),
  } as PostmanCollection);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['etc.ps.http', '_con.ps.http', 'a-b.ps.http', 'a-b-2.ps.http', 'requests.ps.http', 'requests-2.ps.http'],
  );
});

test('damaged collections throw nothing', () => {
  const source = JSON.stringify(COLLECTION);
  const random = seededRandom(7);
  const odd = ['null', '5', '"x"', '[]', '{}', 'true', '[null]', '[[1]]'];
  for (let i = 0; i < 2000; i++) {
    const value = JSON.parse(source) as unknown;
    damage(value, random, odd);
    const collection = readCollection(JSON.stringify(value));
    if (collection !== undefined) fromPostman(collection, [readPostmanEnvironment(JSON.stringify(value)) ?? {}]);
  }
});

function damage(value: unknown, random: () => number, odd: readonly string[]): void {
  let node = value;
  for (let depth = 0; depth < 12; depth++) {
    if (typeof node !== 'object' || node === null) return;
    const keys = Object.keys(node);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    const holder = node as Record<string, unknown>;
    if (random() < 0.2) {
      holder[key] = JSON.parse(odd[Math.floor(random() * odd.length)] ?? 'null');
      return;
    }
    node = holder[key];
  }
}

test('request files become a collection with tests, and come back as they were', () => {
  const text = [
    '@school = 5',
    '@clientSecret = hidden-4',
    '',
    '### List',
    '# @name list',
    '# @expect status == 200',
    '# @expect body $.students.student[0].id exists',
    '# @expect duration < 900',
    'GET /ws/v1/school/{{school}}/student?pagesize=5',
    'Accept: application/json',
    '',
    '### One',
    '# @name one',
    '# @expect count == 1',
    'POST /ws/v1/student/{{list.response.body.$.students.student[0].id}}?t={{$timestamp}}',
    'Authorization: Bearer hidden-5',
    '',
    '{"a": "{{list.response.headers.ETag}}", "client_secret": "hidden-6"}',
    '',
  ].join('\n');
  const { text: json, notes } = toPostman('Mine', [{ name: 'mine', file: parseRequestFile(text) }]);
  assert.doesNotMatch(json, /hidden-/);
  assert.deepEqual(notes.map(noteText).length, 1);
  const collection = readCollection(json);
  assert.ok(collection);
  const [list, one] = collection.item ?? [];
  assert.deepEqual(list?.event?.[0]?.script?.exec, [
    'pm.test("status == 200", () => { pm.expect(pm.response.code).to.eql(200); });',
    'pm.test("body $.students.student[0].id exists", () => { pm.expect(pm.response.json()?.students?.student?.[0]?.id).to.not.be.undefined; });',
    'pm.test("duration < 900", () => { pm.expect(pm.response.responseTime).to.be.below(900); });',
    'pm.collectionVariables.set("list_students_student_0_id", pm.response.json()?.students?.student?.[0]?.id);',
    'pm.collectionVariables.set("list_header_ETag", pm.response.headers.get("ETag"));',
  ]);
  assert.ok(one);
  assert.equal(
    (one.request as { url: string }).url,
    '{{host}}/ws/v1/student/{{list_students_student_0_id}}?t={{$timestamp}}',
  );
  const back = parseRequestFile(fromPostman(collection).files[0]?.text ?? '');
  assert.deepEqual(
    back.requests.map(({ name, method, target, directives }) => [
      name?.text,
      method.text,
      target.text,
      directives.filter((directive) => directive.name.text === 'expect').map(({ value }) => value.text),
    ]),
    [
      [
        'list',
        'GET',
        '/ws/v1/school/{{school}}/student?pagesize=5',
        ['status == 200', 'body $.students.student[0].id exists', 'duration < 900'],
      ],
      ['one', 'POST', '/ws/v1/student/{{list_students_student_0_id}}?t={{$timestamp}}', []],
    ],
  );
});

test('a form and an address on the server come back from a collection as they were', () => {
  const text = [
    'POST /admin/own.json?a=1',
    'Accept: */*',
    'Content-Type: application/x-www-form-urlencoded',
    '',
    'a=first',
    'second',
    '&b=2',
    '  &c=3',
  ].join('\n');
  const collection = readCollection(toPostman('Mine', [{ name: 'mine', file: parseRequestFile(text) }]).text);
  assert.ok(collection);
  const [file] = fromPostman(collection).files;
  const [request] = parseRequestFile(file?.text ?? '').requests;
  assert.equal(request?.target.text, '/admin/own.json?a=1');
  assert.deepEqual(
    request.body?.lines.map((line) => line.kind === 'text' && line.text),
    ['a=first%0Asecond&b=2&c=3'],
  );
});
