import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText } from '../../support/requestRunner.ts';

const STUDENTS = 7;
let server: RecordingServer;
let transport: Transport;
let refuseFrom = Infinity;

before(async () => {
  server = await startRecordingServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Number(url.searchParams.get('pagesize') ?? 100);
    if (url.pathname === '/ws/v1/metadata') {
      sendJson(response, { metadata: { student_max_page_size: 3, plugin_id: 1 } });
    } else if (url.pathname.endsWith('/count')) {
      sendJson(response, { resource: { count: STUDENTS } });
    } else if (page >= refuseFrom) {
      sendJson(response, { errorMessage: { message: 'no' } }, 403);
    } else {
      const rows = Array.from({ length: STUDENTS }, (_, index) => ({ id: index + 1 })).slice(
        (page - 1) * size,
        page * size,
      );
      const student = rows.length === 1 ? rows[0] : rows;
      sendJson(response, { students: { '@expansions': 'a, b', ...(rows.length === 0 ? {} : { student }) } }, 200, {
        'X-Page': String(page),
      });
    }
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

beforeEach(() => {
  refuseFrom = Infinity;
  server.requests.length = 0;
});

async function run(text: string): Promise<RunResult> {
  const [result] = await runText(text, { transport, origin: server.origin });
  assert.ok(result);
  return result;
}

test('# @pages all puts the records of all pages into the form of the first', async () => {
  const result = await run(
    '# @pages all\n# @expect count == 7\n# @expect body $.students.student[*].id == [1,2,3,4,5,6,7]\n# @expect header X-Page == 1\nGET /ws/v1/district/student?q=name.last_name==Q*',
  );
  assert.equal(result.outcome, 'passed', JSON.stringify(result.expectations));
  assert.equal(result.answer?.records, 7);
  assert.equal(
    await result.answer?.body.text(),
    '{"students":{"@expansions":"a, b","student":[{"id":1},{"id":2},{"id":3},{"id":4},{"id":5},{"id":6},{"id":7}]}}',
  );
  assert.ok(
    server.requests.some(({ url }) => url === '/ws/v1/district/student?q=name.last_name==Q*&page=3&pagesize=3'),
  );
});

test('a list of one page keeps its body', async () => {
  const result = await run('# @pages all\nGET /ws/v1/district/student?page=3&pagesize=3');
  assert.equal(await result.answer?.body.text(), '{"students":{"@expansions":"a, b","student":{"id":7}}}');
  assert.equal(result.answer?.records, 1);
});

test('without the directive only one page is asked for', async () => {
  await run('GET /ws/v1/district/student?pagesize=3');
  assert.equal(server.requests.length, 1);
});

test('a refused page is the answer', async () => {
  refuseFrom = 2;
  const result = await run('# @pages all\n# @expect status == 403\nGET /ws/v1/district/student');
  assert.equal(result.answer?.status, 403);
  assert.equal(result.outcome, 'passed');
  const unexpected = await run('# @pages all\nGET /ws/v1/district/student');
  assert.equal(unexpected.outcome, 'failed');
  assert.match(unexpected.error?.code ?? '', /^PS9/);
});
