import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { MissingGrantsError } from '../../../src/core/powerschool/missingGrants.ts';
import { sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { environmentOf, runText } from '../../support/requestRunner.ts';

const SECRET = 's3cr3t-value';
let server: RecordingServer;
let transport: Transport;

before(async () => {
  server = await startRecordingServer(({ url }, response) =>
    sendJson(response, { message: `not ${decodeURIComponent(url)}` }, 400),
  );
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
});

for (const use of ['{{$processEnv KEY}}', '{{private}}', '{{$prompt The password}}']) {
  for (const text of [
    `GET /x?sig=${use}`,
    `GET /x/${use}?a=1`,
    `GET https://${use}:no-port/y`,
    `GET http://${use}.invalid/`,
    `GET /x\n${use} y: 1`,
    `GET /x\nX-A: ${use}\u0001`,
    `GET /x\n\n< ./${use}.json`,
    `# @expect body $.message == "${use}"\nGET /x?a=${use}`,
  ]) {
    test(`${JSON.stringify(text)}: what is told of the run holds no secret`, async () => {
      const [result] = await runText(text, {
        transport,
        origin: server.origin,
        ports: { processEnv: () => SECRET, prompt: () => Promise.resolve(SECRET) },
        environments: [environmentOf({ $shared: { private: SECRET } }, 'http-client.private.env.json')],
      });
      assert.ok(result);
      // What was sent is for the sending alone: the history takes secrets out of it.
      const { sent: _, answer: __, error, ...told } = result;
      const words = JSON.stringify([told, error, error?.message, error?.detail]);
      assert.doesNotMatch(words, /s3cr3t/i);
      assert.ok(error !== undefined);
    });
  }
}

test('a refusal that <field> lines would cure still names them', async (t) => {
  const refusing = await startRecordingServer((_request, response) =>
    sendJson(response, { errors: [{ code: 'NoAccess', field: 'dob', resource: 'Students' }] }, 403),
  );
  t.after(() => refusing.stop());
  const text = 'GET /ws/schema/table/students?projection=dob';
  const [result] = await runText(text, { transport, origin: refusing.origin });
  assert.ok(result?.error instanceof MissingGrantsError);
  assert.deepEqual(result.error.missingGrants, [{ table: 'Students', field: 'dob', access: 'ViewOnly' }]);
});
