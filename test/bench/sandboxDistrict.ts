import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CLI_PATH } from './cliBudgets.ts';

const STUDENTS = 1_000_000;
const PAGE = 1000;
/** Pages read, spread over the whole list. */
const PAGES = 200;

interface Start {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A district of a million students: how soon it answers, how fast it serves, what it takes. */
export async function measureSandbox(): Promise<string[]> {
  const begun = performance.now();
  const child = spawn(process.execPath, [CLI_PATH, 'sandbox', '--json', '--students', String(STUDENTS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    const text = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      void exited.then(() => reject(new Error('the sandbox ended before it answered')));
    });
    const start = JSON.parse(text) as Start;
    const headers = { Authorization: `Bearer ${await signIn(start)}`, Accept: 'application/json' };
    const answering = (performance.now() - begun) / 1000;

    const reading = performance.now();
    for (let index = 0; index < PAGES; index++) {
      const page = 1 + Math.floor((index * STUDENTS) / PAGE / PAGES);
      const answer = await fetch(`${start.url}/ws/v1/district/student?page=${page}&pagesize=${PAGE}`, { headers });
      const { students } = (await answer.json()) as { students: { student: unknown[] } };
      if (students.student.length !== PAGE) throw new Error(`page ${page} has ${students.student.length} students`);
    }
    const rows = (PAGES * PAGE) / ((performance.now() - reading) / 1000);
    return [
      `sandbox, 1,000,000 students, first answer   ${answering.toFixed(1)} s (≤ 10 s)`,
      `sandbox, pages of 1,000 students            ${Math.round(rows).toLocaleString('en-US')} rows/s (≥ 5,000)`,
      `sandbox, peak memory                        ${peakOf(child.pid)} (≤ 300 MiB)`,
    ];
  } finally {
    child.kill();
    await exited;
  }
}

async function signIn({ url, clientId, clientSecret }: Start): Promise<string> {
  const answer = await fetch(`${url}/oauth/access_token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body: 'grant_type=client_credentials',
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Linux keeps the highest resident size of a process; elsewhere it is not told. */
function peakOf(pid: number | undefined): string {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? 'unknown' : `${Math.round(Number(kilobytes) / 1024)} MiB`;
  } catch {
    return 'unknown on this system';
  }
}
