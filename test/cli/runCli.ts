import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CliIo, streamOutput } from '../../src/cli/cliIo.ts';
import { main } from '../../src/cli/main.ts';
import { CLIENT_ID, CLIENT_SECRET, type PageServer } from '../support/pageServer.ts';

export const CLI = fileURLToPath(new URL('../../src/cli/cli.ts', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly entry?: string;
}

/** Runs the command line as a process of its own, with nothing of this one's environment but what Node needs. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const child = startCli(args, options);
  child.stdin?.end(options.stdin ?? '');
  return finished(child);
}

export function startCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  return spawn(process.execPath, [options.entry ?? CLI, ...args], {
    cwd: options.cwd ?? os.tmpdir(),
    env: {
      PATH: process.env['PATH'],
      SystemRoot: process.env['SystemRoot'],
      TEMP: process.env['TEMP'],
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

export function finished(child: ChildProcess): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** The same inside this process: for what needs no process of its own. */
export async function runMain(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const env = options.env ?? {};
  const out = new PassThrough();
  const err = new PassThrough();
  const io: CliIo = {
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    stdout: streamOutput(out, env),
    stderr: streamOutput(err, env),
    env,
    cwd: options.cwd ?? os.tmpdir(),
    signal: new AbortController().signal,
  };
  const texts = Promise.all([text(out), text(err)]);
  const code = await main(args, io);
  out.end();
  err.end();
  const [stdout, stderr] = await texts;
  return { code, signal: null, stdout, stderr };
}

/** The environment that names a server. */
export function serverEnv(server: Pick<PageServer, 'url'>): Record<string, string> {
  return { POWERSCHOOL_URL: server.url, POWERSCHOOL_CLIENT_ID: CLIENT_ID, POWERSCHOOL_CLIENT_SECRET: CLIENT_SECRET };
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'cli-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Resolves as soon as the condition holds; it is looked at whenever something in the folder changes. */
export async function untilFolder(folder: string, condition: () => Promise<boolean>): Promise<void> {
  let changed: (() => void) | undefined;
  const watcher = watch(folder, () => {
    changed?.();
  });
  try {
    for (;;) {
      // Listening comes first: a change while the condition is looked at counts too.
      const change = new Promise<void>((resolve) => {
        changed = resolve;
      });
      if (await condition()) return;
      await change;
    }
  } finally {
    watcher.close();
  }
}
