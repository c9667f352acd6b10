import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { WriteQuestion } from '../../../src/core/run/ports.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import {
  headerValues,
  sendJson,
  startRecordingServer,
  type RecordedRequest,
  type RecordingServer,
} from '../../support/recordingServer.ts';
import { runText, TEST_TOKEN, type RunSetting } from '../../support/requestRunner.ts';

let server: RecordingServer;
let other: RecordingServer;
let transport: Transport;

before(async () => {
  server = await startRecordingServer((request, response) => {
    if (request.url === '/first')
      sendJson(response, { a: { b: [1, 'x y'] }, text: 'a "b"', zero: 0, none: null, id: 4101 }, 200, { 'X-One': '1' });
    else if (request.url === '/text') response.end('plain');
    else sendJson(response, {});
  });
  other = await startRecordingServer();
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
  await other.stop();
});

beforeEach(() => {
  server.requests.length = 0;
  other.requests.length = 0;
});

function run(text: string, setting: Partial<RunSetting> = {}): Promise<RunResult[]> {
  return runText(text, { transport, origin: server.origin, ...setting });
}

async function sent(text: string, setting: Partial<RunSetting> = {}): Promise<RecordedRequest> {
  const [result] = await run(text, setting);
  assert.equal(result?.error, undefined, result?.error?.message);
  const request = server.requests.at(-1);
  assert.ok(request);
  return request;
}

async function codes(text: string, setting: Partial<RunSetting> = {}): Promise<(string | undefined)[]> {
  return (await run(text, setting)).map(({ error }) => error?.code);
}

test('a target that starts with / is on the active server and carries the token', async () => {
  const request = await sent('/ws/v1/district');
  assert.equal(request.method, 'GET');
  assert.equal(request.url, '/ws/v1/district');
  assert.deepEqual(headerValues(request, 'authorization'), [`Bearer ${TEST_TOKEN}`]);
});

test('a target cannot leave the active server by slashes', async () => {
  assert.equal((await sent(`GET //${new URL(other.origin).host}/x`)).url, `//${new URL(other.origin).host}/x`);
  await sent(`GET /\\${new URL(other.origin).host}/x`);
  await sent(`GET /@${new URL(other.origin).host}/x`);
  assert.equal(other.requests.length, 0);
});

test('the token stays at home when the address is on another origin', async () => {
  const [result] = await run(`GET ${other.origin}/ws/v1/district`);
  assert.equal(result?.outcome, 'passed');
  assert.deepEqual(headerValues(other.requests[0], 'authorization'), []);
  await run(`GET ${server.origin}/ws/v1/district`);
  assert.equal(headerValues(server.requests[0], 'authorization').length, 1);
});

test('no token goes along when a Host header names another machine', async () => {
  const request = await sent('GET /a\nHost: other.example');
  assert.deepEqual(headerValues(request, 'authorization'), []);
});

test('an Authorization header of the file takes the place of the token', async () => {
  const request = await sent('@token = abc\nGET /a\nAuthorization: Bearer {{token}}');
  assert.deepEqual(headerValues(request, 'authorization'), ['Bearer abc']);
});

test('values are put into the address as they are, and only what a URL cannot hold is encoded', async () => {
  const request = await sent('@v = a b%20c&d=é;"\nGET /x?q={{v}}==(A,P)*+\'|');
  assert.equal(request.url, '/x?q=a%20b%20c&d=%C3%A9;%22==(A,P)*+%27|');
});

test('a fragment is not sent and continuation lines are joined', async () => {
  assert.equal((await sent('GET /x   \n  ?a=1  \n  &flag\n&b=2#part')).url, '/x?a=1&flag&b=2');
});

test('headers of one name in different case are both sent, in UTF-8', async () => {
  const request = await sent('GET /a\nX-A: 1\nx-a: zwei ü\nAccept: text/plain');
  assert.deepEqual(
    headerValues(request, 'x-a').map((value) => Buffer.from(value, 'latin1').toString()),
    ['1', 'zwei ü'],
  );
  assert.deepEqual(
    request.headers.filter(([name]) => name.toLowerCase() === 'x-a').map(([name]) => name),
    ['X-A', 'x-a'],
  );
});

test('headers that belong to the connection are left to it', async () => {
  const request = await sent('POST /a\nContent-Length: 99\nTransfer-Encoding: chunked\nConnection: close\n\nabc');
  assert.deepEqual(headerValues(request, 'content-length'), ['3']);
  assert.equal(request.body.toString(), 'abc');
});

test('a value with a line break cannot become a header', async () => {
  assert.deepEqual(await codes('GET /a\nX-A: {{v}}', { vars: new Map([['v', 'a\r\nX-B: c']]) }), ['PS572']);
  assert.equal(server.requests.length, 0);
});

test('an inline body is sent with LF, without the blank lines around it and without comments', async () => {
  const request = await sent(
    'POST /a\r\nContent-Type: text/plain\r\n\r\n\r\n# no\r\none\r\n\r\n// no\r\ntwo \r\n\r\n\r\n',
  );
  assert.equal(request.body.toString(), 'one\n\ntwo ');
});

test('a JSON body without a Content-Type is sent as JSON, a written one stays', async () => {
  assert.deepEqual(headerValues(await sent('POST /a\n\n{}'), 'content-type'), ['application/json']);
  assert.deepEqual(headerValues(await sent('POST /a\ncontent-type: text/x\n\n{}'), 'content-type'), ['text/x']);
  assert.deepEqual(headerValues(await sent('POST /a\n\nx'), 'content-type'), []);
});

test('a form is percent-encoded and its lines that start with & are joined', async () => {
  const request = await sent(
    '@name = Nora Quill\nPOST /a\nContent-Type: application/x-www-form-urlencoded\n\nname={{name}}\n&city=Fürth \n  &rate=50%\n&done=%20+',
  );
  assert.equal(request.body.toString(), 'name=Nora%20Quill&city=F%C3%BCrth&rate=50%25&done=%20+');
  assert.deepEqual(
    [...new URLSearchParams(request.body.toString())],
    [
      ['name', 'Nora Quill'],
      ['city', 'Fürth'],
      ['rate', '50%'],
      ['done', '  '],
    ],
  );
});

test('a multipart body is sent with CRLF', async () => {
  const request = await sent(
    'POST /a\nContent-Type: multipart/form-data; boundary=ab\n\n--ab\nContent-Disposition: form-data; name="x"\n\none\n--ab--\n',
  );
  assert.equal(request.body.toString(), '--ab\r\nContent-Disposition: form-data; name="x"\r\n\r\none\r\n--ab--');
});

test('scripts and references of other tools are never sent', async () => {
  const request = await sent('POST /a\n\n{"a": 1}\n\n> {%\n  client.test();\n%}\n\n<> old.json');
  assert.equal(request.body.toString(), '{"a": 1}');
});

test('an undefined or circular variable keeps its request from being sent, later ones run', async () => {
  assert.deepEqual(
    await codes(
      'GET /{{nope}}\n###\n@a = {{b}}\n@b = {{a}}\nGET /{{a}}\n###\nPOST /x\n\n{{nope}}\n###\nGET /x\nA: {{nope}}\n###\n# @expect status == {{nope}}\nGET /x\n###\nGET /good',
    ),
    ['PS520', 'PS521', 'PS520', 'PS520', 'PS520', undefined],
  );
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ['/good'],
  );
});

test('a request that has a fault in its lines is not sent', async () => {
  assert.deepEqual(await codes('GET\n###\nGTE /a\n###\nGET /a\nno header'), ['PS501', 'PS502', 'PS503']);
  assert.equal(server.requests.length, 0);
});

test('values of an earlier answer are inserted: texts as they are, objects as JSON, several matches as an array', async () => {
  const request = await sent(
    '# @name first\nGET /first\n###\nPOST /second\nX-H: {{first.response.headers.x-one}}\n\n{{first.response.body.$.a}}|{{first.response.body.$.text}}|{{first.response.body.$.a.b[*]}}|{{first.response.body.$.zero}}{{first.response.body.$.none}}|{{first.response.body.$.a.b[?@ == "x y"]}}',
  );
  assert.equal(request.body.toString(), '{"b":[1,"x y"]}|a "b"|[1,"x y"]|0null|x y');
  assert.deepEqual(headerValues(request, 'x-h'), ['1']);
});

test('a response value that is not there keeps the request from being sent', async () => {
  assert.deepEqual(
    await codes(
      '# @name first\nGET /first\n###\nGET /{{first.response.body.$.nothing}}\n###\nGET /{{first.response.headers.Nothing}}\n###\nGET /{{later.response.body.$.a}}\n###\n# @name later\nGET /text\n###\nGET /{{later.response.body.$.a}}\n###\nGET /{{later.response.body.*}}',
    ),
    [undefined, 'PS528', 'PS528', 'PS529', undefined, 'PS528', undefined],
  );
  assert.equal(server.requests.at(-1)?.url, '/plain');
});

test('the latest response of a name counts', async () => {
  const text = '# @name x\nGET /text\n###\n# @name x\nGET /first\n###\nGET /{{x.response.body.$.id}}';
  assert.equal((await sent(text)).url, '/4101');
});

test('a ### title is no name', async () => {
  assert.deepEqual(await codes('### first\nGET /first\n###\nGET /{{first.response.body.$.id}}'), [undefined, 'PS529']);
});

test('a selected request runs the earlier ones whose answers it needs, also by way of variables', async () => {
  const text =
    '# @name a\nGET /first\n###\n# @name b\nGET /b/{{a.response.body.$.id}}\n###\n# @name unused\nGET /unused\n###\n@id = {{b.response.headers.Content-Type}}\n# @name c\nGET /c/{{id}}';
  const results = await run(text, { select: (request) => request.name?.text === 'c' });
  assert.deepEqual(
    results.map(({ request, dependency }) => [request.name?.text, dependency]),
    [
      ['a', true],
      ['b', true],
      ['c', false],
    ],
  );
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ['/first', '/b/4101', '/c/application/json'],
  );
});

test('$processEnv goes to the active server alone', async () => {
  const ports = { processEnv: (name: string) => (name === 'SECRET' ? 's3cret' : undefined) };
  const request = await sent('GET /a?x={{$processEnv SECRET}}&y={{$processEnv UNSET}}', { ports });
  assert.equal(request.url, '/a?x=s3cret&y=');
  assert.deepEqual(
    await codes(
      `@s = {{$processEnv SECRET}}\nGET ${other.origin}/{{s}}\n###\nPOST ${other.origin}/\n\n{{$processEnv UNSET}}`,
      { ports },
    ),
    ['PS563', 'PS563'],
  );
  assert.equal(other.requests.length, 0);
  const [result] = await run('GET /a?x={{$processEnv SECRET}}', { ports });
  assert.equal(result?.url.includes('s3cret'), false);
});

test('# @server names the server, and an unknown one is not replaced by the active one', async () => {
  const [result] = await run('# @server Other one\nGET /a', { servers: { 'Other one': other.origin } });
  assert.equal(result?.outcome, 'passed');
  assert.equal(other.requests.length, 1);
  const [unknown] = await run('# @server Nobody\nGET /a');
  assert.equal(unknown?.error?.code, 'PS575');
  assert.match(unknown?.error?.mend ?? '', /POWERSCHOOL_NOBODY_URL/);
  assert.equal(server.requests.length, 0);
});

test('without a server a whole address still works and a path does not', async () => {
  const results = await runText(
    `GET /a\n###\nGET ${other.origin}/b\n###\nGET /c\nHost: ${new URL(other.origin).host}`,
    { transport },
  );
  assert.deepEqual(
    results.map(({ error }) => error?.code),
    ['PS574', undefined, undefined],
  );
  assert.deepEqual(
    other.requests.map(({ url }) => url),
    ['/b', '/c'],
  );
});

test('an address without a scheme goes to the server when it is its host', async () => {
  assert.equal((await sent(`@host = ${new URL(server.origin).host}\nGET {{host}}/a`)).url, '/a');
  assert.deepEqual(await codes('GET http://\n###\nGET ftp://x.org/a'), ['PS573', 'PS509']);
});

test('a write asks first, a PowerQuery or a count does not', async () => {
  const asked: string[] = [];
  const ports = {
    confirmWrite: ({ method, url, server: { name, kind } }: WriteQuestion) => {
      asked.push(`${method} ${new URL(url).pathname} ${name}`);
      return Promise.resolve(kind !== 'production');
    },
  };
  const text =
    'POST /ws/v1/student\n\n{}\n###\nPOST /ws/schema/query/a.b.c.d.e\n\n{}\n###\nPOST /ws/schema/query/a.b.c.d.e/count\n\n{}\n###\nDELETE /ws/schema/table/u_x/1\n###\nGET /a';
  assert.deepEqual(await codes(text, { kind: 'production', ports }), [
    'PS576',
    undefined,
    undefined,
    'PS576',
    undefined,
  ]);
  assert.deepEqual(asked, ['POST /ws/v1/student active', 'DELETE /ws/schema/table/u_x/1 active']);
  assert.deepEqual(await codes('POST /ws/v1/student\n\n{}', { kind: 'test', ports }), [undefined]);
});
