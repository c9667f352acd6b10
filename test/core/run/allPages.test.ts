import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { UnfinishedPages } from '../../../src/core/run/allPages.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import {
  sendJson,
  startRecordingServer,
  type RecordedRequest,
  type RecordingServer,
} from '../../support/recordingServer.ts';
import { runText, type RunSetting } from '../../support/requestRunner.ts';

const STUDENTS = 7;
let server: RecordingServer;
let transport: Transport;
let refuseFrom = Infinity;
let students = STUDENTS;
let counted = true;
/** The first page breaks off once. */
let breaksOff = false;
/** Called before a page is answered. */
let onPage: (page: number) => Promise<void> | void = () => undefined;

async function answerPage(request: RecordedRequest, response: ServerResponse): Promise<void> {
  const url = new URL(request.url, 'http://x');
  const page = Number(url.searchParams.get('page') ?? 1);
  const size = Number(url.searchParams.get('pagesize') ?? 100);
  if (url.pathname === '/ws/v1/metadata') {
    sendJson(response, { metadata: { student_max_page_size: 3, plugin_id: 1 } });
    return;
  }
  if (url.pathname.endsWith('/count')) {
    sendJson(response, { resource: { count: students } }, counted ? 200 : 404);
    return;
  }
  await onPage(page);
  if (breaksOff) {
    breaksOff = false;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '900' });
    response.write('{"students":{"student":[', () => response.destroy());
    return;
  }
  if (page >= refuseFrom) {
    sendJson(response, { errorMessage: { message: 'no' } }, 403);
  } else {
    const rows = Array.from({ length: students }, (_, index) => ({ id: index + 1 })).slice(
      (page - 1) * size,
      page * size,
    );
    const student = rows.length === 1 ? rows[0] : rows;
    sendJson(response, { students: { '@expansions': 'a, b', ...(rows.length === 0 ? {} : { student }) } }, 200, {
      'X-Page': String(page),
    });
  }
}

before(async () => {
  server = await startRecordingServer((request, response) => {
    answerPage(request, response).catch(() => response.destroy());
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

beforeEach(() => {
  refuseFrom = Infinity;
  students = STUDENTS;
  counted = true;
  breaksOff = false;
  onPage = () => undefined;
  server.requests.length = 0;
});

async function run(text: string, options: Partial<RunSetting> = {}): Promise<RunResult> {
  const [result] = await runText(text, { transport, origin: server.origin, ...options });
  assert.ok(result);
  return result;
}

test('the first page stays the first when a later one arrives before it', async () => {
  const third = Promise.withResolvers<void>();
  students = 2;
  counted = false;
  // With two on their way, page 3 is asked for when page 2 is there.
  onPage = (page) => {
    if (page === 3) third.resolve();
    return page === 1 ? third.promise : undefined;
  };
  const result = await run('# @pages all\n# @expect header X-Page == 1\nGET /ws/v1/district/student', {
    concurrency: 2,
  });
  assert.equal(result.outcome, 'passed', JSON.stringify(result.expectations));
  assert.equal(await result.answer?.body.text(), '{"students":{"@expansions":"a, b","student":[{"id":1},{"id":2}]}}');
});

test('a first page that breaks off is not the body', async () => {
  students = 2;
  breaksOff = true;
  const result = await run('# @pages all\nGET /ws/v1/district/student');
  assert.equal(result.outcome, 'passed');
  assert.equal(await result.answer?.body.text(), '{"students":{"@expansions":"a, b","student":[{"id":1},{"id":2}]}}');
});

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

interface StudentList {
  readonly students: { readonly student: readonly unknown[] };
}

const LIST = 'GET /ws/v1/district/student';

interface Followed {
  readonly result: RunResult;
  readonly progress: readonly (readonly [records: number, count: number | undefined])[];
}

/** Runs all pages of a request, watched; cancelled when so many records are there. */
async function follow(
  text: string,
  { from, cancelAt = Infinity }: { from?: UnfinishedPages | undefined; cancelAt?: number } = {},
): Promise<Followed> {
  const progress: (readonly [number, number | undefined])[] = [];
  const cancel = new AbortController();
  const onProgress = (records: number, count: number | undefined): void => {
    progress.push([records, count]);
    if (records >= cancelAt) cancel.abort();
  };
  const result = await run(text, { pages: { onProgress, from }, signal: cancel.signal, concurrency: 1 });
  return { result, progress };
}

function unfinishedOf({ answer }: RunResult): UnfinishedPages {
  assert.ok(answer?.pages?.unfinished);
  return answer.pages.unfinished;
}

test('all pages can be asked for without the directive, and are told as they come', async () => {
  const { result, progress } = await follow(LIST);
  assert.equal(result.outcome, 'passed');
  assert.equal(result.answer?.records, 7);
  assert.deepEqual(progress, [
    [3, 7],
    [6, 7],
    [7, 7],
  ]);
  assert.deepEqual(result.answer?.pages, { fetched: 3, count: 7, unfinished: undefined, drift: [] });
});

for (const cancelAt of [3, 6]) {
  test(`cancelled after ${cancelAt} records and continued it is what it would have been`, async () => {
    const whole = await (await follow(LIST)).result.answer?.body.text();
    const { result } = await follow(LIST, { cancelAt });
    assert.equal(result.outcome, 'cancelled');
    assert.equal(result.answer?.records, cancelAt);
    assert.equal(unfinishedOf(result).error, undefined);
    assert.equal(
      (JSON.parse((await result.answer?.body.text()) ?? '') as StudentList).students.student.length,
      cancelAt,
    );
    server.requests.length = 0;
    const { result: rest, progress } = await follow(LIST, { from: unfinishedOf(result) });
    assert.equal(rest.outcome, 'passed');
    assert.equal(await rest.answer?.body.text(), whole);
    assert.deepEqual(progress[0], [Math.min(7, cancelAt + 3), 7]);
    assert.ok(!server.requests.some(({ url }) => url.includes('page=1&')));
  });
}

test('cancelled when the last page is there, all is there', async () => {
  const { result } = await follow(LIST, { cancelAt: 7 });
  assert.deepEqual([result.outcome, result.answer?.records], ['passed', 7]);
  assert.equal(result.answer?.pages?.unfinished, undefined);
});

test('a refusal on the way keeps what arrived, tells why, and can be gone on with, more than once', async () => {
  const whole = await (await follow(LIST)).result.answer?.body.text();
  refuseFrom = 2;
  const { result: first } = await follow(LIST);
  assert.equal(first.outcome, 'failed');
  assert.match(first.error?.code ?? '', /^PS9/);
  assert.deepEqual([first.answer?.status, first.answer?.records], [200, 3]);
  refuseFrom = 3;
  const { result: second } = await follow(LIST, { from: unfinishedOf(first) });
  assert.equal(second.answer?.records, 6);
  const { result: third } = await follow(LIST, { from: unfinishedOf(second) });
  assert.deepEqual([third.outcome, third.answer?.records], ['failed', 6]);
  refuseFrom = Infinity;
  const { result: last } = await follow(LIST, { from: unfinishedOf(third) });
  assert.deepEqual([last.outcome, await last.answer?.body.text()], ['passed', whole]);
});

test('a refusal of the first page is the answer', async () => {
  refuseFrom = 1;
  const { result } = await follow(LIST);
  assert.deepEqual([result.outcome, result.answer?.status], ['failed', 403]);
  assert.equal(result.answer?.pages, undefined);
});

test('it does not go on when the count has changed', async () => {
  const { result } = await follow(LIST, { cancelAt: 3 });
  students = 8;
  const { result: rest } = await follow(LIST, { from: unfinishedOf(result) });
  assert.equal(rest.error?.code, 'PS9964');
  assert.equal(rest.answer, undefined);
});

test('it does not go on with another request', async () => {
  const { result } = await follow(LIST, { cancelAt: 3 });
  const { result: rest } = await follow(`${LIST}?q=name.last_name==Q*`, { from: unfinishedOf(result) });
  assert.equal(rest.error?.code, 'PS9963');
});

test('records that come while pages are fetched are a notice', async () => {
  onPage = (page) => {
    if (page === 3) students = 8;
  };
  const result = await run('# @pages all\n# @expect count == 8\nGET /ws/v1/district/student', { concurrency: 1 });
  assert.equal(result.outcome, 'passed');
  assert.equal(result.notice?.code, 'PS9960');
});

test('pages of one record, which come as objects, make a list', async () => {
  const { result } = await follow(`${LIST}?pagesize=1`);
  assert.equal(result.answer?.records, 7);
  assert.deepEqual(
    JSON.parse((await result.answer?.body.text()) ?? ''),
    Array.from({ length: 7 }, (_, index) => ({ id: index + 1 })),
  );
});

test('a time that the request names is for all its pages', async () => {
  let release: (() => void) | undefined;
  onPage = async (page) => {
    if (page === 3) await new Promise<void>((resolve) => (release = resolve));
  };
  const { result } = await follow(`# @timeout 1 s\n${LIST}`);
  release?.();
  assert.notEqual(result.outcome, 'passed');
  assert.equal(result.error?.code, 'PS577');
});

test('a write is never sent page by page', async () => {
  await follow('POST /ws/v1/student\n\n{"students":{}}');
  assert.deepEqual(
    server.requests.map(({ method, url }) => `${method} ${url}`),
    ['POST /ws/v1/student'],
  );
});
