import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { prepareSelected } from '../../../src/core/run/runRequests.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { plainSender } from '../../support/requestRunner.ts';

let server: RecordingServer;
let transport: Transport;

before(async () => {
  server = await startRecordingServer((_request, response) => sendJson(response, { school: { id: 120 } }));
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

beforeEach(() => {
  server.requests.length = 0;
});

const TEXT = `@what = student
### A school
# @name school
GET /ws/v1/school/120
### Its students
# @name students
GET /ws/v1/school/{{school.response.body.$.school.id}}/{{what}}
### Nonsense
# @name nonsense
GET /ws/v1/{{nowhere}}
`;

function prepare(name: string, hasServer = true): ReturnType<typeof prepareSelected> {
  return prepareSelected({
    files: [{ path: '/nowhere/a.ps.http', file: parseRequestFile(TEXT), environments: [], roots: [] }],
    select: (request) => request.name?.text === name,
    ports: {
      clientFor: () =>
        Promise.resolve(
          hasServer
            ? { server: { id: 'a', name: 'A', origin: server.origin, kind: 'test' }, sender: plainSender(transport) }
            : undefined,
        ),
      files: { realPath: (file) => Promise.resolve(file), read: () => Promise.reject(new Error('no file')) },
      processEnv: () => undefined,
      now: () => 0,
      random: Math.random,
    },
  });
}

test('a request is put together, after those whose answers it uses, and not sent', async () => {
  const ready = await prepare('students');
  assert.ok(ready !== undefined && 'prepared' in ready);
  assert.equal(ready.prepared.url.pathname, '/ws/v1/school/120/student');
  assert.equal(ready.prepared.authorize, true);
  assert.equal(ready.head.url, `${server.origin}/ws/v1/school/120/student`);
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ['/ws/v1/school/120'],
  );
});

test('a result tells why it cannot be', async () => {
  const undefinedVariable = await prepare('nonsense');
  assert.ok(undefinedVariable !== undefined && 'outcome' in undefinedVariable);
  assert.equal(undefinedVariable.outcome, 'failed');
  assert.match(undefinedVariable.error?.code ?? '', /^PS5/);
  const nowhere = await prepare('school', false);
  assert.ok(nowhere !== undefined && 'outcome' in nowhere);
  assert.deepEqual([nowhere.outcome, nowhere.error?.code], ['usage', 'PS574']);
  assert.equal(await prepare('missing'), undefined);
});
