import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { historyEntry, type HistoryEntry } from '../../../src/core/history/historyEntry.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { Transport } from '../../../src/core/http/transport.ts';
import { PartFile } from '../../../src/core/output/partFile.ts';
import { ExplainedError } from '../../../src/core/problem/explainedError.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { exportedResult, FirstAnswer } from '../../../src/core/run/exportedResult.ts';
import { exportList } from '../../../src/core/run/listExport.ts';
import { PreparedSender } from '../../../src/core/run/pageWatch.ts';
import { prepareSelected } from '../../../src/core/run/runRequests.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { plainSender } from '../../support/requestRunner.ts';

let server: RecordingServer;
let transport: Transport;
let folder: string;
let refuseFrom = Infinity;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  server = await startRecordingServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (pathname === '/ws/v1/metadata') return sendJson(response, { metadata: { student_max_page_size: 3 } });
    if (pathname.endsWith('/count')) return sendJson(response, { resource: { count: 7 } });
    const page = Number(searchParams.get('page') ?? 1);
    if (page >= refuseFrom) return sendJson(response, { errorMessage: { message: 'no' } }, 403);
    const student = [1, 2, 3].map((id) => ({ id: 3 * (page - 1) + id })).filter(({ id }) => id <= 7);
    sendJson(response, { students: { student } }, 200, { 'X-Page': String(page) });
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Exports a list and gives what the history has of it. */
async function entryOf(): Promise<HistoryEntry> {
  const file = parseRequestFile('GET /ws/v1/district/student?q=name.last_name==X&x={{$processEnv NAME}}\n');
  const connection = {
    server: { id: 'a', name: 'Fernhill', origin: server.origin, kind: 'test' as const },
    sender: plainSender(transport),
  };
  const ready = await prepareSelected({
    files: [{ path: 'a.ps.http', file, environments: [], roots: [] }],
    ports: {
      clientFor: () => Promise.resolve(connection),
      files: { realPath: (name) => Promise.resolve(name), read: () => Promise.resolve(new Uint8Array(0)) },
      processEnv: () => 'Quillfeather',
      now: () => 0,
      random: () => 0,
    },
  });
  assert.ok(ready !== undefined && 'prepared' in ready);
  const { url, headers } = ready.prepared;
  const answer = new FirstAnswer(new PreparedSender(ready.prepared, connection.sender), url);
  const out = path.join(folder, 'students.ndjson');
  const part = await PartFile.open(out, false);
  let pages = 0;
  let records = 0;
  const failed = await exportList({
    sender: answer,
    origin: url.origin,
    request: { target: url.href, method: 'GET', headers },
    encoder: { format: 'ndjson' },
    concurrency: 1,
    to: part,
    onProgress: (sofar) => {
      pages++;
      records = sofar;
    },
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const error = failed instanceof ExplainedError ? failed : undefined;
  const how = { pages, records, count: 7, size: part.length, duration: 40, cancelled: false, error };
  const result = exportedResult(ready, answer, how);
  const entry = historyEntry(result, { id: '00000000000001-a', title: 'students', source: undefined, file: out });
  assert.ok(entry);
  assert.ok(!JSON.stringify(entry).includes('Quillfeather'));
  return entry;
}

test('an export is one entry: what was asked for, how the first page was answered, what the file holds', async () => {
  const { answer, ...entry } = await entryOf();
  assert.deepEqual([entry.outcome, entry.pages, path.basename(entry.file ?? '')], ['passed', 'all', 'students.ndjson']);
  assert.deepEqual([answer?.status, answer?.records, answer?.pages, answer?.partial], [200, 7, 3, false]);
  assert.deepEqual([answer?.size, answer?.durationMs], [7 * '{"id":1}\n'.length, 40]);
  assert.ok(answer?.headers.some(([name, value]) => name.toLowerCase() === 'x-page' && value === '1'));
});

test('one that was refused on the way tells the refusal, and that not all is there', async () => {
  refuseFrom = 2;
  const { answer, ...entry } = await entryOf();
  assert.equal(entry.outcome, 'failed');
  assert.match(entry.error?.code ?? '', /^PS9/);
  assert.deepEqual([answer?.status, answer?.records, answer?.pages, answer?.partial], [403, 3, 1, true]);
});
