import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { recordValue } from '../../../src/core/output/recordBatch.ts';
import type { UnfinishedPages } from '../../../src/core/run/allPages.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import { BodyStore } from '../../../src/extension/response/bodyStore.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText } from '../../support/requestRunner.ts';
import { noSmallDisk, smallDisk, type SmallDisk } from '../../support/smallDisk.ts';

const PAGE = 100;
const RECORDS = 60 * PAGE - 7;
const LIST = `GET /ws/v1/district/student?pagesize=${PAGE}`;

function unfinishedOf({ answer }: RunResult): UnfinishedPages {
  assert.ok(answer?.pages?.unfinished);
  return answer.pages.unfinished;
}

/** The ids in the body, as its text and as its table show them. */
async function idsOf({ answer }: RunResult): Promise<number[]> {
  const records = answer?.body.records();
  assert.ok(answer && records);
  const { students } = JSON.parse((await answer.body.text()) ?? '') as { students: { student: { id: number }[] } };
  const ids = students.student.map(({ id }) => id);
  assert.equal(records.count, ids.length);
  assert.equal(answer.records, ids.length);
  const batch = await records.read(ids.length - 1, ids.length);
  assert.equal((recordValue(batch, 0) as { id: number }).id, ids.at(-1));
  return ids;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

/** Answers that do not fit on the disk that the window keeps them on. */
describe('a full disk', { skip: noSmallDisk() }, () => {
  let server: RecordingServer;
  let transport: Transport;
  let disk: SmallDisk;
  let store: BodyStore;
  /** Bytes of the text in each record. */
  let text = 400;

  before(async () => {
    server = await startRecordingServer(({ url }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://x');
      if (pathname === '/ws/v1/metadata') return sendJson(response, { metadata: { plugin_id: 1 } });
      if (pathname.endsWith('/count')) return sendJson(response, { resource: { count: RECORDS } });
      const first = (Number(searchParams.get('page') ?? 1) - 1) * PAGE;
      const length = pathname.includes('/all') ? RECORDS : Math.max(0, Math.min(PAGE, RECORDS - first));
      const student = Array.from({ length }, (_, at) => ({ id: first + at, text: 'x'.repeat(text) }));
      sendJson(response, { students: { student } });
    });
    transport = await createUndiciTransport();
  });

  after(async () => {
    await transport.close();
    await server.stop();
  });

  beforeEach(async () => {
    text = 400;
    disk = await smallDisk();
    store = new BodyStore(path.join(disk.folder, 'results'));
  });

  afterEach(async () => {
    store.dispose();
    await disk.remove();
  });

  async function run(request: string, bodyLimit: number, from?: UnfinishedPages, follow = true): Promise<RunResult> {
    const pages = follow ? { onProgress: () => undefined, from } : undefined;
    const bodies = store.run();
    const ports = { openSpool: bodies.openSpool };
    const [result] = await runText(request, {
      transport,
      origin: server.origin,
      ports,
      bodyLimit,
      indexLarge: true,
      pages,
    });
    assert.ok(result);
    if (result.answer) store.hold(result.answer.body);
    await bodies.release();
    return result;
  }

  for (const [bodyLimit, where] of [
    [100_000, 'in the file'],
    [2_300_000, 'in memory'],
  ] as const) {
    test(`all pages keep the whole pages that are ${where}, say why, and go on when there is room`, async () => {
      const first = await run(LIST, bodyLimit);
      assert.deepEqual([first.outcome, first.error?.code], ['failed', 'PS9970']);
      assert.match(first.error?.message ?? '', /the disk is full/);
      const some = await idsOf(first);
      assert.ok(some.length >= 10 * PAGE && some.length % PAGE === 0, String(some.length));
      assert.deepEqual(some, upTo(some.length));
      assert.equal(unfinishedOf(first).records, some.length);
      assert.equal(first.answer?.body.spooled === undefined, where === 'in memory');
      const kept = first.answer?.body.spooled;
      if (kept) assert.ok((await stat(kept.path)).size < (first.answer?.body.size ?? 0));

      // Nobody made room: what is there stays.
      const again = await run(LIST, bodyLimit, unfinishedOf(first));
      assert.equal(again.error?.code, 'PS9970');
      assert.deepEqual(await idsOf(first), some);

      disk.grow(16);
      const rest = await run(LIST, bodyLimit, unfinishedOf(first));
      assert.equal(rest.outcome, 'passed');
      assert.deepEqual(await idsOf(rest), upTo(RECORDS));
      assert.deepEqual(rest.answer?.pages, { fetched: 60, count: RECORDS, unfinished: undefined, drift: [] });
    });
  }

  test('records that came twice are noticed across the break', async () => {
    const first = unfinishedOf(await run(LIST, 100_000));
    disk.grow(16);
    const rest = await run(LIST, 100_000, { ...first, nextPage: first.nextPage - 1 });
    assert.deepEqual(rest.answer?.pages?.drift.map(({ code }) => code).includes('PS9961'), true);
  });

  for (const [what, request, follow] of [
    ['one large answer', 'GET /ws/v1/all', true],
    ['all pages that nobody watches', `# @pages all\n${LIST}`, false],
  ] as const) {
    test(`${what} is not shown in part, and leaves nothing behind`, async () => {
      const result = await run(request, 100_000, undefined, follow);
      assert.deepEqual([result.outcome, result.error?.code], ['failed', 'PS9970']);
      assert.equal(result.answer, undefined);
      const [folder = ''] = await readdir(path.join(disk.folder, 'results'));
      assert.deepEqual(await readdir(path.join(disk.folder, 'results', folder)), ['owner.json']);
    });
  }

  test('a first page that does not fit is kept in memory', async () => {
    text = 40_000;
    const result = await run(LIST, 100_000);
    assert.equal(result.error?.code, 'PS9970');
    assert.deepEqual(await idsOf(result), upTo(PAGE));
    assert.equal(unfinishedOf(result).nextPage, 2);
  });
});
