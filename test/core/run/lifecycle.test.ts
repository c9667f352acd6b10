import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { exitCodeOf, runRecord } from '../../../src/core/run/runResult.ts';
import type { Spool } from '../../../src/core/run/ports.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText, type RunSetting } from '../../support/requestRunner.ts';

let server: RecordingServer;
let transport: Transport;
const hanging = new EventTarget();

before(async () => {
  server = await startRecordingServer((request, response: ServerResponse) => {
    if (request.url === '/hang') hanging.dispatchEvent(new Event('request'));
    else if (request.url === '/large') response.end(Buffer.alloc(300_000, 97));
    else sendJson(response, { students: { student: [{ id: 1 }, { id: 2 }] } });
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

function run(text: string, setting: Partial<RunSetting> = {}): ReturnType<typeof runText> {
  return runText(text, { transport, origin: server.origin, ...setting });
}

test('a connection failure fills the error of its request and the rest goes on', async () => {
  const results = await run('GET http://127.0.0.1:1/a\n###\nGET /b');
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['unanswered', 'passed'],
  );
  assert.equal(results[0]?.error?.code, 'PS901');
  assert.equal(exitCodeOf(results.map(({ outcome }) => outcome)), 3);
});

test('bail stops after the first request that did not pass', async () => {
  const results = await run('GET /a\n###\nGET /{{nope}}\n###\nGET /c', { bail: true });
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['passed', 'failed'],
  );
});

test('# @timeout ends a request that takes too long, before the general limit', async () => {
  const [result] = await run('# @timeout 20 ms\nGET /hang', { timeout: 60_000 });
  assert.equal(result?.error?.code, 'PS577');
  assert.equal(result?.outcome, 'unanswered');
  const [general] = await run('GET /hang', { timeout: 20 });
  assert.equal(general?.error?.code, 'PS577');
});

test('a cancel ends the request that is under way and starts no other', async () => {
  const controller = new AbortController();
  const arrived = once(hanging, 'request');
  const running = run('GET /hang\n###\nGET /b', { signal: controller.signal });
  await arrived;
  controller.abort();
  const results = await running;
  assert.deepEqual(
    results.map(({ outcome, error }) => [outcome, error]),
    [['cancelled', undefined]],
  );
  assert.equal(exitCodeOf(results.map(({ outcome }) => outcome)), 130);
});

test('the record of a result has the keys of the contract, and no credential', async () => {
  const [result] = await run('### Two students\n# @name two\n# @expect count == 2\nGET /a?access_token=secret-token-1');
  assert.ok(result);
  const record = runRecord(result);
  assert.deepEqual(Object.keys(record), [
    'file',
    'name',
    'method',
    'url',
    'status',
    'durationMs',
    'timings',
    'size',
    'records',
    'expectations',
  ]);
  assert.deepEqual(
    { ...record, durationMs: 0, timings: Object.keys(record.timings), url: record.url.replace(server.origin, '') },
    {
      file: '/nowhere/test.ps.http',
      name: 'two',
      method: 'GET',
      url: '/a?access_token=***',
      status: 200,
      durationMs: 0,
      timings: ['dns', 'connect', 'tls', 'wait', 'download'],
      size: 44,
      records: 2,
      expectations: [{ text: 'count == 2', passed: true, actual: 2 }],
    },
  );
  assert.ok(record.durationMs > 0);
});

test('the record of a request without an answer has no status and tells the error', async () => {
  const [result] = await run('GET /{{nope}}');
  assert.ok(result);
  const record = runRecord(result);
  assert.equal(record.status, null);
  assert.equal(record.records, null);
  assert.equal(record.size, 0);
  assert.equal(record.error?.code, 'PS520');
});

test('a body over the limit goes to the spool whole, or only its size is kept', async () => {
  const [counted] = await run('GET /large', { bodyLimit: 1000 });
  assert.equal(counted?.answer?.body.size, 300_000);
  assert.equal(counted?.answer?.body.bytes, undefined);
  const chunks: Uint8Array[] = [];
  const spool: Spool = {
    write: (chunk) => {
      chunks.push(Uint8Array.from(chunk));
      return Promise.resolve();
    },
    end: () =>
      Promise.resolve({
        path: 'memory',
        read: async function* () {
          yield* chunks;
        },
      }),
    discard: () => Promise.resolve(),
  };
  const [spooled] = await run('GET /large', { bodyLimit: 1000, ports: { openSpool: () => Promise.resolve(spool) } });
  assert.equal(Buffer.concat(chunks).length, 300_000);
  assert.equal((await spooled?.answer?.body.text())?.length, 300_000);
  const [kept] = await run('GET /large');
  assert.equal(kept?.answer?.body.bytes?.length, 300_000);
});

test('of several outcomes the first of cancelled, usage, unanswered and failed decides the exit code', () => {
  assert.equal(exitCodeOf([]), 0);
  assert.equal(exitCodeOf(['passed', 'failed']), 1);
  assert.equal(exitCodeOf(['failed', 'unanswered']), 3);
  assert.equal(exitCodeOf(['unanswered', 'usage']), 2);
  assert.equal(exitCodeOf(['usage', 'cancelled', 'failed']), 130);
});
