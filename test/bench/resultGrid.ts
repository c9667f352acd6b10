import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { receiveBody } from '../../src/core/run/answerBody.ts';
import { TableClient } from '../../src/extension/grid/tableClient.ts';
import { BodyStore } from '../../src/extension/response/bodyStore.ts';
import { openEditor, type EditorSession } from '../e2e/support/editorSession.ts';
import { GridView } from '../e2e/support/gridView.ts';
import { serveLargeList, type LargeList } from '../e2e/support/largeList.ts';
import type { BudgetRow } from './cliBudgets.ts';
import { interleaved, nodeScript } from './measure.ts';

const MEGABYTES = 200;

/** 200 MB of records to their offsets, beside JSON.parse. */
export async function measureOffsets(rounds: number): Promise<BudgetRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-offsets-'));
  try {
    const file = path.join(folder, 'body.json');
    await writeFile(file, bodyChunks());
    const script = new URL('indexRecords.ts', import.meta.url);
    const [small, large, floor] = await interleaved(
      [
        nodeScript('offsets, as a socket gives chunks', script, [file, 64 << 10]),
        nodeScript('offsets', script, [file, 1 << 20]),
        nodeScript('JSON.parse', new URL('floors/parseRecords.mjs', import.meta.url), [file]),
      ],
      rounds,
    );
    if (!small || !large || !floor) return [];
    return [
      { work: `${MEGABYTES} MB to row offsets, chunks of 64 kB`, product: small, floor, wall: 0.4, peak: 0.35 },
      { work: `${MEGABYTES} MB to row offsets, chunks of 1 MB`, product: large, floor, wall: 0.4, peak: 0.35 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A million rows: how soon the thread gives the first ones, once the body is there. */
async function measureFirstRows(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-rows-'));
  const store = new BodyStore(folder);
  try {
    const body = await receiveBody(
      { body: bodyChunks(1_000_000), headers: [] },
      { limit: 1_000_000, openSpool: store.run().openSpool, indexLarge: true },
    );
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const begun = performance.now();
      const table = new TableClient(
        body,
        () => undefined,
        () => undefined,
      );
      await table.window(0, 64, [0, 1, 2, 3, 4, 5, 6, 7]);
      times.push(performance.now() - begun);
      await table.close();
    }
    const median = times.sort((a, b) => a - b)[2] ?? 0;
    return `${label('first rows of 1,000,000, thread started')} ${median.toFixed(0)} ms (≤ 300 ms)`;
  } finally {
    store.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * 200 MB and a million rows in the real workbench: how long each step takes, how long the extension host was held up
 * at most meanwhile, and the memory of host and page after it.
 */
export async function measureGrid(): Promise<string[]> {
  const firstRows = await measureFirstRows();
  const loopFile = path.join(process.cwd(), '.cache', `loop-${process.pid}`);
  await writeFile(loopFile, '');
  const editor = await openEditor({
    extension: 'development',
    viewport: { width: 1360, height: 900 },
    deviceScale: 2,
    env: () => ({ LOOP_FILE: loopFile }),
    hostModule: fileURLToPath(new URL('hostWatch.cjs', import.meta.url)),
  });
  const list = await serveLargeList(editor.sandbox.url);
  try {
    return [firstRows, ...(await new GridMeasurement(editor, list, loopFile).run())];
  } catch (error) {
    await editor.workbench.screenshot('bench-grid');
    throw error;
  } finally {
    await editor.close();
    await list.close();
    await rm(loopFile, { force: true });
  }
}

class GridMeasurement {
  readonly #editor: EditorSession;
  readonly #grid: GridView;
  readonly #list: LargeList;
  readonly #loopFile: string;
  readonly #lines: string[] = [];

  constructor(editor: EditorSession, list: LargeList, loopFile: string) {
    this.#editor = editor;
    this.#grid = new GridView(editor.workbench);
    this.#list = list;
    this.#loopFile = loopFile;
  }

  async run(): Promise<string[]> {
    const { workbench, sandbox, workspace } = this.#editor;
    const grid = this.#grid;
    const file = path.join(workspace, 'requests', 'large.ps.http');
    await writeFile(file, request('heavy', 'rows=300000&pad=580') + request('million', 'rows=1000000'));
    await workbench.openPowerSchool();
    const { clientId, clientSecret } = sandbox;
    await workbench.addServer({ name: 'Large', url: this.#list.url, clientId, clientSecret });
    await workbench.openFile('requests/large.ps.http');
    for (const [index, name, rows] of [
      [0, 'heavy', '300,000'],
      [1, 'million', '1,000,000'],
    ] as const) {
      await this.#time(`${name}: run, first records shown`, async () => {
        await workbench.page
          .locator('.codelens-decoration a', { hasText: /Run\s*$/ })
          .nth(index)
          .click();
        await workbench.tab(`${name}.json`).waitFor();
        // It stands above the text and below it.
        await workbench.lens(`of ${rows} records are shown`).first().waitFor({ timeout: 120_000 });
      });
      await this.#time(`${name}: table opened`, async () => {
        await workbench.lensLink('Open as Table').click();
        await grid.ready();
      });
      await this.#time(`${name}: all records read for types`, () =>
        grid.count.getByText(`${rows} rows`, { exact: true }).waitFor(),
      );
      // In a narrow table the click below would first scroll its header into view.
      await workbench.command('View: Close Editors in Other Groups');
      await grid.table.focus();
      await this.#time(`${name}: last row`, async () => {
        await grid.press('Control+End');
        await grid.table.locator(`tr[aria-rowindex="${Number(rows.replaceAll(',', '')) + 1}"] .active`).waitFor();
      });
      await grid.press('Control+Home');
      await this.#time(`${name}: sorted by text`, async () => {
        await grid.header('name.last_name').click();
        await grid.table
          .locator('td', { hasText: /^Quill 0$/ })
          // Several have this name; as they came, only the first row has it.
          .nth(1)
          .waitFor({ timeout: 120_000 });
      });
      await this.#time(`${name}: searched`, async () => {
        await grid.search.fill('quill 7919');
        await grid.count.getByText(/^\d+ of/).waitFor({ timeout: 120_000 });
      });
      await workbench.screenshot(`bench-grid-${name}`);
      await workbench.command('View: Close All Editors');
      await workbench.openFile('requests/large.ps.http');
    }
    return this.#lines;
  }

  async #time(name: string, job: () => Promise<void>): Promise<void> {
    const begun = Date.now();
    await job();
    const ended = Date.now();
    const notes = (await readFile(this.#loopFile, 'utf8')).split('\n').map((line) => line.split(' ').map(Number));
    if (notes.length < 2) throw new Error('The extension host was not watched.');
    const during = notes.filter(([time = 0]) => time >= begun && time <= ended + 50);
    const longest = during.reduce((most, note) => ((note[1] ?? 0) > (most[1] ?? 0) ? note : most), [0, 0, 0]);
    const [, late = 0, computing = 0] = longest;
    const memory = during.at(-1)?.[3] ?? notes.findLast(([, , , rss]) => rss !== undefined)?.[3] ?? 0;
    const page = await this.#grid.heap().catch(() => undefined);
    const heap = page === undefined ? '' : `, page ${page.toFixed(0)} MiB`;
    this.#lines.push(
      `${label(name)} ${String(ended - begun).padStart(6)} ms, host held up ${late.toFixed(0)} ms (≤ 50 ms), ${Math.min(late, computing).toFixed(0)} of them computing, host ${memory} MiB${heap}`,
    );
  }
}

function request(name: string, query: string): string {
  return `###\n# @name ${name}\nGET /ws/v1/large/student?${query}\n`;
}

function label(text: string): string {
  return text.padEnd(43);
}

/** A list of so many rows, or of 200 MB. */
async function* bodyChunks(rows?: number): AsyncGenerator<Uint8Array, void, undefined> {
  const fields = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`field_${at}`, `value number ${at}`]));
  const size = rows ?? Math.floor((MEGABYTES * 1e6) / (JSON.stringify(fields).length + 60));
  yield Buffer.from('{"name":"Students","record":[');
  for (let at = 0; at < size; at += 1000) {
    const some = Array.from({ length: Math.min(1000, size - at) }, (_, index) =>
      JSON.stringify({ id: at + index, name: 'Students', tables: { students: fields } }),
    );
    yield await Promise.resolve(Buffer.from((at === 0 ? '' : ',') + some.join(',')));
  }
  yield Buffer.from(']}');
}
