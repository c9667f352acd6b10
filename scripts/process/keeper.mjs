// Runs one command and ends it, with everything it started, when the process that asked for it is gone, however
// that one ended. Called by keptProcess.ts: arguments are the command and its arguments, the channel is the leash.
import { spawn } from 'node:child_process';
import process from 'node:process';

const [command, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';

// Ctrl+C reaches every process of the terminal: the one that asked decides what ends, and when.
process.on('SIGINT', () => undefined);

const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  // A process group of its own, so that all of it can be ended at once.
  detached: !windows,
  windowsHide: true,
});

child.once('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 143)));

let ending = false;
function endAll() {
  if (ending || child.pid === undefined) return;
  ending = true;
  if (windows) {
    spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), 5000).unref();
}

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

process.on('disconnect', endAll);
process.on('SIGTERM', endAll);
process.on('message', (message) => {
  if (message === 'end') endAll();
});
