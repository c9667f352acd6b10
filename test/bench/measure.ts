import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** One program of a comparison. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** An exit code other than 0 is no failure: findings, for a linter. */
  readonly mayFail?: boolean | undefined;
  /** Working folder. */
  readonly cwd?: string | undefined;
  /** Removed before each run: to overwrite a large file costs more than to write one. */
  readonly writes?: string | undefined;
}

export interface Measured {
  readonly name: string;
  /** Median of whole-process runs. */
  readonly seconds: number;
  /** MiB; undefined for programs that are not Node. */
  readonly peak: number | undefined;
  /** Seconds of processor time, which a busy machine changes least; undefined for programs that are not Node. */
  readonly cpu: number | undefined;
}

type Run = Omit<Measured, 'name'>;

const peakHook = new URL('peak.mjs', import.meta.url).href;

/** A Node script; its peak memory is measured too. */
export function nodeScript(
  name: string,
  script: URL,
  args: readonly (string | number)[],
  env: Record<string, string> = {},
): Contender {
  return { name, command: process.execPath, args: ['--import', peakHook, script.pathname, ...args.map(String)], env };
}

/** Runs all contenders in turn, so many rounds, and gives the medians. The first round only warms the disk cache. */
export async function interleaved(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  try {
    const runs = contenders.map((): Run[] => []);
    for (let round = 0; round <= rounds; round++) {
      for (const [index, contender] of contenders.entries()) {
        const run = await runOnce(contender, path.join(folder, 'peak'));
        if (round > 0) runs[index]?.push(run);
      }
    }
    return contenders.map(({ name }, index) => ({
      name,
      seconds: median((runs[index] ?? []).map(({ seconds }) => seconds)) ?? Number.NaN,
      peak: median((runs[index] ?? []).map(({ peak }) => peak)),
      cpu: median((runs[index] ?? []).map(({ cpu }) => cpu)),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOnce(contender: Contender, peakFile: string): Promise<Run> {
  const { command, args, name, env, mayFail = false } = contender;
  await rm(peakFile, { force: true });
  if (contender.writes !== undefined) await rm(contender.writes, { force: true });
  const started = process.hrtime.bigint();
  const child = spawn(command, args, {
    ...(contender.cwd === undefined ? {} : { cwd: contender.cwd }),
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, PEAK_FILE: peakFile },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (code !== 0 && !mayFail) throw new Error(`${name} ended with ${code}: ${said.slice(0, 1000)}`);
  const [kibibytes, microseconds] = (await readFile(peakFile, 'utf8').catch(() => '')).split(' ');
  return {
    seconds,
    peak: microseconds === undefined ? undefined : Number(kibibytes) / 1024,
    cpu: microseconds === undefined ? undefined : Number(microseconds) / 1e6,
  };
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** A helper process that prints its port first. */
export async function startServer(
  script: URL,
  args: readonly (string | number)[],
): Promise<{ port: number; stop: () => void }> {
  const child: ChildProcess = spawn(process.execPath, [script.pathname, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { port: Number(chunk.toString()), stop: () => void child.kill() };
}
