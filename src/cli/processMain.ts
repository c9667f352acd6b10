import { type CliIo, type ParentPipe, streamOutput, type TextOutput } from './cliIo.ts';
import { main } from './main.ts';

/** Runs the command line of this process and sets its exit code. Ctrl+C cancels; a second one ends at once. */
export async function runProcess(): Promise<void> {
  const cancel = new AbortController();
  const onSignal = (): void => {
    if (cancel.signal.aborted) process.exit(130);
    cancel.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  let stderr: TextOutput | undefined;
  // Node makes a stream when it is first asked for it, and most commands need one of three.
  const io: CliIo = {
    get stdin() {
      return process.stdin;
    },
    stdout: streamOutput(process.stdout, process.env),
    get stderr() {
      return (stderr ??= streamOutput(process.stderr, process.env));
    },
    env: process.env,
    cwd: process.cwd(),
    signal: cancel.signal,
    parent: parentPipe(),
  };
  process.exitCode = await main(process.argv.slice(2), io);
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
  if (process.connected) process.disconnect();
}

function parentPipe(): ParentPipe | undefined {
  if (process.send === undefined) return undefined;
  return {
    send: (message) => {
      process.send?.(message);
    },
    onDisconnect: (listener) => {
      process.once('disconnect', listener);
    },
  };
}
