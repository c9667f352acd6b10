import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import type { Transport } from '../../../src/core/http/transport.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import { BodyStore } from '../../../src/extension/response/bodyStore.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText } from '../../support/requestRunner.ts';

const RECORDS = 20_000;

let server: RecordingServer;
let transport: Transport;
let root: string;

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'selection-'));
  const student = Array.from({ length: RECORDS }, (_, id) => ({ id, text: 'Zoë'.repeat(80) }));
  server = await startRecordingServer(({ url }, response) => {
    if (url === '/text') response.end('x'.repeat(200_000));
    else sendJson(response, { students: { student } });
  });
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** Runs requests whose answers lie in files. */
async function run(text: string): Promise<RunResult[]> {
  const store = new BodyStore(root);
  const ports = { openSpool: store.run().openSpool };
  try {
    return await runText(text, { transport, origin: server.origin, ports, bodyLimit: 100_000, indexLarge: true });
  } finally {
    store.dispose();
  }
}

test('paths are looked for in a large answer, in its named use too', async () => {
  const [list, one] = await run(
    [
      '# @name list',
      `# @expect body $.students.student[${RECORDS - 1}].id == ${RECORDS - 1}`,
      '# @expect body $.students.student[?@.id < 3].id == [0,1,2]',
      '# @expect body $.students.teacher not exists',
      `# @expect count == ${RECORDS}`,
      'GET /list',
      '###',
      'GET /list?id={{list.response.body.$.students.student[7].id}}',
    ].join('\n'),
  );
  assert.equal(list?.outcome, 'passed', JSON.stringify(list?.expectations));
  assert.equal(list?.answer?.body.bytes, undefined);
  assert.match(one?.url ?? '', /\?id=7$/);
});

test('a large answer that is no JSON has nothing at a path', async () => {
  const [result] = await run('# @expect body $ not exists\n# @expect body $.a exists\nGET /text');
  assert.deepEqual(
    result?.expectations.map(({ passed }) => passed),
    [true, false],
  );
});

test('a path that finds too much is told with its code, and the answer stays', async () => {
  const [list, one] = await run(
    '# @name list\n# @expect body $..text exists\n# @expect status == 200\nGET /list\n###\nGET /x?{{list.response.body.$..text}}',
  );
  assert.deepEqual([list?.outcome, list?.error?.code, list?.answer?.records], ['failed', 'PS9971', RECORDS]);
  assert.match(list?.error?.message ?? '', /^The answer of \d+\.\d MB is too large to look for \$\.\.text in it\.$/);
  assert.deepEqual(
    list?.expectations.map(({ passed }) => passed),
    [false, true],
  );
  assert.equal(one?.error?.code, 'PS9971');
});
