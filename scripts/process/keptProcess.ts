import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** A long-lived process that cannot outlive this one. */
export interface KeptProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process has ended, with its exit code. */
  readonly ended: Promise<number>;
  /** Ends the process and everything it started. */
  end(): Promise<void>;
}

/**
 * Starts a command under a keeper, which ends it with all its children when asked, and when this process ends for
 * any reason: a server that a killed test run leaves behind would hold its port and its memory.
 */
export function startKept(
  command: string,
  args: readonly string[],
  options: { cwd?: string | undefined; env?: NodeJS.ProcessEnv | undefined } = {},
): KeptProcess {
  const keeper = spawn(process.execPath, [path.join(import.meta.dirname, 'keeper.mjs'), command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  const { stdout, stderr } = keeper;
  if (stdout === null || stderr === null) throw new Error('A kept process has pipes.');
  const ended = exitOf(keeper);
  return {
    stdout,
    stderr,
    ended,
    end: async () => {
      if (keeper.connected) keeper.send('end', () => undefined);
      await ended;
    },
  };
}

async function exitOf(child: ChildProcess): Promise<number> {
  // 'close' rather than 'exit': what the process said last has been read by then.
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
