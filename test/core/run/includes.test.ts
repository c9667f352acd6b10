import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { runText, type RunSetting } from '../../support/requestRunner.ts';

let folder: string;
let server: RecordingServer;
let transport: Transport;

const BYTES = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7b, 0x76, 0x7d, 0x7d, 0xff, 0x00, 0x0d, 0x0a, 0x23, 0x0d, 0x0a]);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'includes-'));
  await mkdir(join(folder, 'work', 'requests', 'deep'), { recursive: true });
  await mkdir(join(folder, 'outside'));
  await writeFile(join(folder, 'outside', 'secret.txt'), 'outside');
  await writeFile(join(folder, 'work', 'shared.json'), '{"shared": true}');
  await writeFile(join(folder, 'work', 'requests', 'raw.bin'), BYTES);
  await writeFile(join(folder, 'work', 'requests', 'latin1.txt'), Buffer.from('Fürth {{v}}', 'latin1'));
  await writeFile(join(folder, 'work', 'requests', 'deep', 'a b.txt'), 'deep');
  server = await startRecordingServer();
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function run(body: string, setting: Partial<RunSetting> = {}): Promise<Buffer | string | undefined> {
  const path = join(folder, 'work', 'requests', 'test.ps.http');
  const text = `@v = wörth\nPOST /a\nContent-Type: text/plain\n\n${body}`;
  const [result] = await runText(text, {
    transport,
    origin: server.origin,
    path,
    roots: [join(folder, 'work')],
    ...setting,
  });
  return result?.error?.code ?? server.requests.at(-1)?.body;
}

test('a file is sent byte for byte, found from the folder of the request file', async () => {
  assert.deepEqual(await run('< ./raw.bin'), BYTES);
  assert.deepEqual(await run('< ../shared.json'), Buffer.from('{"shared": true}'));
  assert.deepEqual(await run('<   deep/a b.txt  '), Buffer.from('deep'));
  assert.deepEqual(
    await run('@name = shared\n< ../shared.json'.replace('@name = shared\n', '')),
    Buffer.from('{"shared": true}'),
  );
});

test('<@ replaces variables and leaves every other byte alone', async () => {
  const expected = Buffer.concat([BYTES.subarray(0, 3), Buffer.from('wörth'), BYTES.subarray(8)]);
  assert.deepEqual(await run('<@ ./raw.bin'), expected);
  assert.deepEqual(await run('<@latin1 ./latin1.txt'), Buffer.from('Fürth wörth'));
  assert.equal(await run('<@ ./{{nope}}.txt'), 'PS520');
});

test('files and lines can be mixed', async () => {
  assert.deepEqual(
    await run('before\n< ./deep/a b.txt\nafter\n< ./deep/a b.txt\n< ./deep/a b.txt'),
    Buffer.from('before\ndeep\nafter\ndeep\ndeep'),
  );
  const multipart = '--x\nContent-Disposition: form-data; name="f"; filename="a"\n\n< ./raw.bin\n--x--';
  const path = join(folder, 'work', 'requests', 'test.ps.http');
  await runText(`POST /a\nContent-Type: multipart/form-data; boundary=x\n\n${multipart}`, {
    transport,
    origin: server.origin,
    path,
    roots: [join(folder, 'work')],
  });
  const head = '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n';
  assert.deepEqual(server.requests.at(-1)?.body, Buffer.concat([Buffer.from(head), BYTES, Buffer.from('\r\n--x--')]));
});

test('a missing file keeps the request from being sent', async () => {
  const before = server.requests.length;
  assert.equal(await run('< ./nothing.json'), 'PS566');
  assert.equal(await run('< ./deep'), 'PS566');
  assert.equal(server.requests.length, before);
});

test('a file outside the roots is refused, by path and through a link', async () => {
  assert.equal(await run('< ../../outside/secret.txt'), 'PS565');
  assert.equal(await run(`< ${join(folder, 'outside', 'secret.txt')}`), 'PS565');
  assert.equal(await run('< ../../outside/nothing.txt'), 'PS565');
  assert.equal(await run('< ../shared.json', { roots: [join(folder, 'work', 'requests')] }), 'PS565');
  const linked = await symlink(join(folder, 'outside'), join(folder, 'work', 'requests', 'link'), 'junction').then(
    () => true,
    () => false,
  );
  if (linked) assert.equal(await run('< ./link/secret.txt'), 'PS565');
});

test('a root that is reached through a link still counts', async (context) => {
  try {
    await symlink(join(folder, 'work'), join(folder, 'alias'), 'junction');
  } catch {
    context.skip('this machine makes no links');
    return;
  }
  const path = join(folder, 'alias', 'requests', 'test.ps.http');
  assert.deepEqual(
    await run('< ../shared.json', { path, roots: [join(folder, 'work')] }),
    Buffer.from('{"shared": true}'),
  );
  assert.deepEqual(await run('< ../shared.json', { roots: [join(folder, 'alias')] }), Buffer.from('{"shared": true}'));
});
