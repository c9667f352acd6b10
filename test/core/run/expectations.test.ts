import { say } from '../../../src/core/problem/phrase.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { CheckedExpectation, RunResult } from '../../../src/core/run/runResult.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText, type RunSetting } from '../../support/requestRunner.ts';

const BODY = {
  students: {
    student: [
      {
        id: 4101,
        name: 'Nora Quill',
        gpa: 3.5,
        tags: ['a', 'b'],
        none: null,
        no: false,
        zero: 0,
        address: { city: 'X', zip: 5 },
      },
      { id: 4102, name: 'Ben', date: '2026-08-24' },
    ],
  },
};

let server: RecordingServer;
let transport: Transport;

before(async () => {
  server = await startRecordingServer((request, response) => {
    const status = Number(/^\/status\/(\d+)/.exec(request.url)?.[1] ?? 200);
    if (request.url === '/text') response.writeHead(200, { 'Content-Type': 'text/plain' }).end('{ broken');
    else if (request.url === '/one') sendJson(response, { students: { student: { id: 1 } } });
    else if (request.url === '/none') sendJson(response, { students: { '@expansions': 'phones' } });
    else sendJson(response, BODY, status, { 'X-Count': '0042', 'X-Word': 'Seven', Link: '<a>' });
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

async function first(text: string, setting: Partial<RunSetting> = {}): Promise<RunResult> {
  const [result] = await runText(text, { transport, origin: server.origin, ...setting });
  assert.ok(result);
  return result;
}

async function check(lines: readonly string[], path = '/'): Promise<CheckedExpectation[]> {
  const result = await first(`${lines.map((line) => `# @expect ${line}`).join('\n')}\nGET ${path}`);
  return [...result.expectations];
}

async function assertAll(passed: boolean, lines: readonly string[], path?: string): Promise<void> {
  for (const expectation of await check(lines, path)) {
    assert.equal(expectation.malformed, undefined, `${expectation.text}: ${say(expectation.malformed ?? '')}`);
    assert.equal(expectation.passed, passed, `${expectation.text}, actual ${JSON.stringify(expectation.actual)}`);
  }
}

test('status, duration, count, header and body can be compared', async () => {
  await assertAll(true, [
    'status == 200',
    'status != 404',
    'status < 300',
    'status',
    'duration < 60000',
    'duration >= 0',
    'count == 2',
    'count <= 2',
    'header content-type contains json',
    'header X-Word == Seven',
    'header X-Word == "Seven"',
    'body $.students.student[0].id == 4101',
    'body $.students.student[0].name == "Nora Quill"',
    'body $.students.student[0].name == Nora Quill',
    "body $.students.student[?@.name == 'Ben' && @.id > 4000].date == 2026-08-24",
    'body $.students.student[1].date > 2026-01-01',
    'body $.students.student[0].gpa >= 3.5',
  ]);
  await assertAll(false, [
    'status == 404',
    'status == "200"',
    'count == 3',
    'header X-Word == seven',
    'body $.students.student[0].id == "4101"',
    'body $.students.student[0].name < 5',
    'body $.students.student[0].tags == a',
  ]);
});

test('JSON values are equal whatever the order of keys, several matches compare as an array', async () => {
  await assertAll(true, [
    'body $.students.student[0].address == {"zip": 5, "city": "X"}',
    'body $.students.student[*].id == [4101, 4102]',
    'body $..id contains 4102',
    'body $.students.student[0].tags == ["a", "b"]',
    'body $.students.student[0].tags contains b',
    'body $.students.student[0].tags contains "b"',
    'body $.students.student[1:].id == 4102',
    'body $.students.student[?@.id == 4102].id contains 4102',
  ]);
  await assertAll(false, [
    'body $.students.student[*].id == [4102, 4101]',
    'body $.students.student[0].address == {"zip": 5}',
    'body $..id contains 410',
  ]);
});

test('a header that looks like a number compares with numbers, as text with text', async () => {
  await assertAll(true, [
    'header X-Count == 42',
    'header X-Count > 41.5',
    'header X-Count == "0042"',
    'header X-Count == 0042',
    'header X-Count contains 04',
  ]);
  await assertAll(false, ['header X-Count == "42"', 'header X-Word > 1', 'header X-Word < 1']);
});

test('null, false and 0 exist; a missing subject fails everything but not exists', async () => {
  await assertAll(true, [
    'body $.students.student[0].none exists',
    'body $.students.student[0].none == null',
    'body $.students.student[0].no',
    'body $.students.student[0].zero exists',
    'body $.nothing not exists',
    'header X-Nothing not exists',
  ]);
  await assertAll(false, [
    'body $.nothing',
    'body $.nothing != 1',
    'body $.nothing == null',
    'body $.nothing < 1',
    'body $.nothing contains x',
    'body $.nothing matches .*',
    'header X-Nothing != 1',
    'header X-Word not exists',
  ]);
  await assertAll(true, ['body $.a not exists', 'count not exists'], '/text');
  await assertAll(false, ['body $ exists', 'count != 1', 'count exists'], '/text');
});

test('matches is unanchored, bare or a JSON string', async () => {
  await assertAll(true, [
    'status matches ^2',
    'header X-Word matches ev',
    'body $.students.student[0].name matches ^N.*l{2}$',
    'body $.students.student[0].name matches "^Nora\\\\s"',
    'body $.students.student[*].id matches 4102',
  ]);
  await assertAll(false, ['header X-Word matches ^ev', 'body $.students.student[0].name matches nora']);
});

test('count is 1 for a row that came as an object and 0 for a list without its key', async () => {
  await assertAll(true, ['count == 1'], '/one');
  await assertAll(true, ['count == 0', 'count exists'], '/none');
});

test('variables are replaced in values and in filters', async () => {
  const text =
    '@id = 4102\n@name = Ben\n# @expect body $.students.student[?@.id == {{id}}].name == {{name}}\n# @expect body $..id contains {{id}}\n# @expect header X-Word == "{{name}}"\nGET /';
  assert.deepEqual(
    (await first(text)).expectations.map(({ passed, actual }) => [passed, actual]),
    [
      [true, 'Ben'],
      [true, [4101, 4102]],
      [false, 'Seven'],
    ],
  );
});

test('results keep the order and the words of the file, with what was there', async () => {
  const results = await check(['count  ==  {{x}}'.replace('{{x}}', '2'), 'header X-Nothing', 'status == 201']);
  assert.deepEqual(
    results.map(({ text, passed, actual }) => [text, passed, actual]),
    [
      ['count  ==  2', true, 2],
      ['header X-Nothing', false, null],
      ['status == 201', false, 200],
    ],
  );
});

async function outcome(lines: string, status = 404): Promise<[string, boolean]> {
  const result = await first(`${lines}\nGET /status/${status}`);
  return [result.outcome, result.error !== undefined];
}

test('an HTTP error is expected only when a passing status line names it', async () => {
  assert.deepEqual(await outcome(''), ['failed', true]);
  assert.deepEqual(await outcome('# @expect status == 404'), ['passed', false]);
  assert.deepEqual(await outcome('# @expect status >= 400'), ['passed', false]);
  assert.deepEqual(await outcome('# @expect status matches ^4'), ['passed', false]);
  assert.deepEqual(await outcome('# @expect status != 200'), ['failed', true]);
  assert.deepEqual(await outcome('# @expect status'), ['failed', true]);
  assert.deepEqual(await outcome('# @expect status < 500'), ['failed', true]);
  assert.deepEqual(await outcome('# @expect count == 2'), ['failed', true]);
  assert.deepEqual(await outcome('# @expect status == 404', 500), ['failed', true]);
  assert.deepEqual(await outcome('# @expect status == 404\n# @expect count == 9'), ['failed', false]);
  assert.deepEqual(await outcome('# @expect status == 404', 200), ['failed', false]);
});

test('a malformed line fails as usage, its request is still sent', async () => {
  const before = server.requests.length;
  const result = await first('# @expect status = 200\n# @expect status == 200\nGET /');
  assert.equal(result.outcome, 'usage');
  assert.deepEqual(
    result.expectations.map(({ passed, malformed }) => [passed, malformed !== undefined]),
    [
      [false, true],
      [true, false],
    ],
  );
  assert.equal(server.requests.length, before + 1);
});

test('expectations of a request that got no answer all fail', async () => {
  const result = await first('# @expect status == 200\n# @expect header X not exists\nGET /{{nope}}');
  assert.deepEqual(
    result.expectations.map(({ passed, actual }) => [passed, actual]),
    [
      [false, null],
      [false, null],
    ],
  );
});
