import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { startKept } from '../../scripts/process/keptProcess.ts';

/** A process that starts another; that one listens and prints its port. A connection to it ends when it ends. */
const LISTENER = `
  const server = require('node:net').createServer(() => undefined);
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
const PARENT = `
  require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(LISTENER)}], { stdio: 'inherit' });
  setInterval(() => undefined, 1000);
`;

async function connect(lines: NodeJS.ReadableStream): Promise<Socket> {
  const [port] = (await once(createInterface({ input: lines }), 'line')) as [string];
  const socket = createConnection(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

/** A connection to a process that was killed ends with an error on some systems, which is an end too. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

test('ending a kept process ends what it started', async () => {
  const kept = startKept(process.execPath, ['-e', PARENT]);
  const socket = await connect(kept.stdout);
  const closed = closing(socket);
  await kept.end();
  await closed;
});

test('a kept process ends with its keeper, also when nobody could say so', async () => {
  const module = JSON.stringify(import.meta.resolve('../../scripts/process/keptProcess.ts'));
  const owner = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { startKept } = await import(${module});
       startKept(process.execPath, ['-e', ${JSON.stringify(PARENT)}]).stdout.pipe(process.stdout);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const socket = await connect(owner.stdout);
  const closed = closing(socket);
  owner.kill('SIGKILL');
  await closed;
});

test('the exit code of a kept process is told', async () => {
  const kept = startKept(process.execPath, ['-e', 'process.exit(7)']);
  kept.stdout.resume();
  kept.stderr.resume();
  assert.equal(await kept.ended, 7);
});
