import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contender, interleaved, type Measured, nodeScript, startServer } from './measure.ts';

/** One row of the table: what was measured, against which floor, and what the budget allows. */
export interface BudgetRow {
  readonly work: string;
  readonly product: Measured;
  readonly floor: Measured;
  /** Largest allowed wall time as a multiple of the floor's; undefined when only shown. */
  readonly wall: number | undefined;
  /** Largest allowed peak as a multiple of the floor's. */
  readonly peak?: number | undefined;
  /** Largest allowed peak in MiB. */
  readonly peakLimit?: number | undefined;
}

/** A comparison that can be asked for by name. */
export interface CliBenchmark {
  readonly name: string;
  readonly run: (rounds: number) => Promise<BudgetRow[]>;
}

/** The built command line. */
export const CLI = new URL('../../dist/cli.js', import.meta.url);
const SERVER = new URL('recordServer.ts', import.meta.url);
const LIST = '/ws/schema/table/students?projection=*';
const ROWS = 1_000_000;
const FLAT_ROWS = [100_000, 300_000, ROWS, 3_000_000];

/** A script that does the same by hand. */
export function floor(name: string): URL {
  return new URL(`floors/${name}.mjs`, import.meta.url);
}

/** Runs contenders against a server of their own, with a folder for what they write. */
async function against(
  server: readonly number[],
  rounds: number,
  contenders: (port: number, folder: string, env: Record<string, string>) => Contender[],
): Promise<Measured[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const running = await startServer(SERVER, server);
  const env = environmentOf(running.port);
  try {
    return await interleaved(contenders(running.port, folder, env), rounds);
  } finally {
    running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function writing(contender: Contender, file: string): Contender {
  return { ...contender, writes: file };
}

/** Two of the contenders, as a row has them. */
export function pair(
  measured: readonly Measured[],
  product: number,
  floorIndex: number,
): Pick<BudgetRow, 'product' | 'floor'> {
  const one = measured[product];
  const other = measured[floorIndex];
  if (one === undefined || other === undefined) throw new Error('a contender was not measured');
  return { product: one, floor: other };
}

async function requests(rounds: number): Promise<BudgetRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const one = path.join(folder, 'one.ps.http');
  const hundred = path.join(folder, 'hundred.ps.http');
  await writeFile(one, 'GET /ws/v1/student/4101\n');
  await writeFile(hundred, Array.from({ length: 100 }, (_, id) => `###\nGET /ws/v1/student/${id}\n`).join('\n'));
  try {
    const measured = await against([1000, 1000, 0], rounds, (port, _folder, env) => [
      nodeScript('node:http, one GET', floor('oneGet'), [port]),
      nodeScript('run, one request', CLI, ['run', one, '--output', 'json'], env),
      nodeScript('get', CLI, ['get', '/ws/v1/student/4101'], env),
      nodeScript('node:http, token + 100', floor('hundredGets'), [port]),
      nodeScript('run, token + 100', CLI, ['run', hundred, '--output', 'json'], env),
    ]);
    return [
      { work: 'one request from a file', ...pair(measured, 1, 0), wall: 2.5, peak: 1.6 },
      { work: 'one get', ...pair(measured, 2, 0), wall: 2.5, peak: 1.6 },
      { work: 'token + 100 requests', ...pair(measured, 4, 3), wall: 1.8 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function student(id: number): string {
  return `/ws/v1/student/${id}`;
}

function page(number: string): string {
  return `/ws/schema/table/students?projection=*&page=${number}&pagesize=1000`;
}

/** Beside what somebody would use instead, each with its own sign-in. */
async function besidePeers(rounds: number): Promise<BudgetRow[]> {
  const { httpyacGet, installPeers } = await import('./peers.ts');
  const peers = await installPeers();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const ids = Array.from({ length: 100 }, (_, id) => id);
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const one = await write('one.ps.http', `GET ${student(4101)}\n`);
  const hundred = await write('hundred.ps.http', ids.map((id) => `###\nGET ${student(id)}\n`).join('\n'));
  const rows = 100_000;
  const loop = `# @loop for ${rows / 1000}\n`;
  const running = await startServer(SERVER, [rows, 1000, 0]);
  const { port } = running;
  const env = environmentOf(port);
  const out = path.join(folder, 'out');
  const contendersOf = {
    'one request from a file': [
      nodeScript('run, one request', CLI, ['run', one, '--output', 'json'], env),
      await peers.httpyac('httpyac', httpyacGet(student(4101)), await subfolder(folder, 'one'), port),
      await peers.newman('Newman', { paths: [student(4101)] }, await subfolder(folder, 'one'), port),
    ],
    'token + 100 requests': [
      nodeScript('run, token + 100', CLI, ['run', hundred, '--output', 'json'], env),
      await peers.httpyac(
        'httpyac',
        ids.map((id) => httpyacGet(student(id))).join('\n'),
        await subfolder(folder, 'hundred'),
        port,
      ),
      await peers.newman('Newman', { paths: ids.map(student) }, await subfolder(folder, 'hundred'), port),
    ],
    '200 MB body to disk': [
      writing(nodeScript('get -o, 200 MB', CLI, ['get', '/large?mb=200', '-o', out], env), out),
      await peers.httpyac(
        'httpyac',
        `${httpyacGet('/large?mb=200')}\n>>! ${out}-httpyac\n`,
        await subfolder(folder, 'large'),
        port,
      ),
      await peers.newman('Newman, not to disk', { paths: ['/large?mb=200'] }, await subfolder(folder, 'large'), port),
    ],
    '100,000 rows by pages': [
      writing(nodeScript('get --all-pages', CLI, ['get', LIST, '--all-pages', '-o', out], env), out),
      await peers.httpyac(
        'httpyac @loop, not to disk',
        httpyacGet(page('{{$index + 1}}'), loop),
        await subfolder(folder, 'rows'),
        port,
      ),
      await peers.newman(
        'Newman -n, not to disk',
        { paths: [page('{{page}}')], iterations: rows / 1000 },
        await subfolder(folder, 'rows'),
        port,
      ),
    ],
  };
  try {
    const result: BudgetRow[] = [];
    for (const [work, contenders] of Object.entries(contendersOf)) {
      const measured = await interleaved(contenders, rounds);
      for (const peer of [1, 2]) {
        result.push({ work: `${work}, ${contenders[peer]?.name ?? ''}`, ...pair(measured, 0, peer), wall: 1 });
      }
    }
    return result;
  } finally {
    running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function subfolder(folder: string, name: string): Promise<string> {
  const made = path.join(folder, name);
  await mkdir(made, { recursive: true });
  return made;
}

function environmentOf(port: number): Record<string, string> {
  return {
    POWERSCHOOL_URL: `http://127.0.0.1:${port}`,
    POWERSCHOOL_CLIENT_ID: 'bench',
    POWERSCHOOL_CLIENT_SECRET: 'bench',
  };
}

async function largeBody(rounds: number): Promise<BudgetRow[]> {
  const measured = await against([1000, 1000, 0], rounds, (port, folder, env) => {
    const file = path.join(folder, 'body');
    return [
      writing(nodeScript('node:http pipeline, 200 MB', floor('largeBody'), [port, 200, file]), file),
      writing(nodeScript('get -o, 200 MB', CLI, ['get', '/large?mb=200', '-o', file], env), file),
      writing(nodeScript('get -o, 20 MB', CLI, ['get', '/large?mb=20', '-o', file], env), file),
    ];
  });
  return [
    { work: '200 MB body to disk', ...pair(measured, 1, 0), wall: 1.5 },
    { work: '200 MB beside 20 MB', ...pair(measured, 1, 2), wall: undefined, peak: 1.25 },
  ];
}

async function millionRows(rounds: number): Promise<BudgetRow[]> {
  const measured = await against([ROWS, 1000, 0], rounds, (port, folder, env) => {
    const file = path.join(folder, 'out');
    const get = (name: string, ...more: string[]): Contender =>
      writing(nodeScript(name, CLI, ['get', LIST, '--all-pages', '-o', file, ...more], env), file);
    return [
      writing(nodeScript('parse + stringify loop', floor('pages'), [port, 'parse', 4, file]), file),
      writing(nodeScript('node:http slicing', floor('pages'), [port, 'slice', 4, file]), file),
      get('get --all-pages'),
      writing(nodeScript('plain CSV loop', floor('pages'), [port, 'csv', 4, file]), file),
      get('get --all-pages, CSV', '--format', 'csv'),
    ];
  });
  return [
    { work: '1,000,000 rows to NDJSON', ...pair(measured, 2, 0), wall: 0.4, peakLimit: 150 },
    { work: 'the same beside slicing', ...pair(measured, 2, 1), wall: undefined },
    { work: '1,000,000 rows to CSV', ...pair(measured, 4, 3), wall: 0.8 },
  ];
}

async function latency(rounds: number): Promise<BudgetRow[]> {
  const measured = await against([ROWS, 1000, 20], rounds, (port, folder, env) => {
    const file = path.join(folder, 'out');
    const args = ['get', LIST, '--all-pages', '--concurrency', '8', '-o', file];
    return [
      writing(nodeScript('node:http slicing, 8 in flight', floor('pages'), [port, 'slice', 8, file]), file),
      writing(nodeScript('get --all-pages, 8 in flight', CLI, args, env), file),
    ];
  });
  return [{ work: '1,000,000 rows, 20 ms latency', ...pair(measured, 1, 0), wall: 1.4, peakLimit: 150 }];
}

/** More rows than the budget names too: what grows slowly shows there. */
async function flatMemory(rounds: number): Promise<BudgetRow[]> {
  const peaks: Measured[] = [];
  for (const rows of FLAT_ROWS) peaks.push(...(await against([rows, 1000, 0], rounds, exportAll)));
  return FLAT_ROWS.slice(1).map((rows, index) => {
    const { product, floor } = pair(peaks, index + 1, 0);
    return {
      work: `memory, ${rows.toLocaleString('en')} beside 100,000 rows`,
      product,
      floor,
      wall: undefined,
      peak: 1.1,
    };
  });
}

function exportAll(_port: number, folder: string, env: Record<string, string>): Contender[] {
  const file = path.join(folder, 'out');
  return [writing(nodeScript('get --all-pages', CLI, ['get', LIST, '--all-pages', '-o', file], env), file)];
}

export const CLI_BENCHMARKS: readonly CliBenchmark[] = [
  { name: 'requests', run: requests },
  { name: 'large-body', run: largeBody },
  { name: 'million-rows', run: millionRows },
  { name: 'latency', run: latency },
  { name: 'flat-memory', run: flatMemory },
  { name: 'peers', run: besidePeers },
];

/** Where the built command line has to be. */
export const CLI_PATH = fileURLToPath(CLI);
