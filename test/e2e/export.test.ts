import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { GridView } from './support/gridView.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

const RECORDS = 200;
const LIST = '/ws/v1/district/student?expansions=demographics,addresses&pagesize=5';

/** A whole list: its pages with a cancel and a continuation, then files of it, with a cancel and a resumption. */
describe('a list that comes in pages', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor({ settings: { 'powerschool.concurrency': 2 } });
    workbench = editor.workbench;
    await writeFile(join(editor.workspace, 'requests', 'everybody.ps.http'), `### Everybody\nGET ${LIST}\n`);
  });

  after(() => editor.close());

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  /** Makes every call of the sandbox wait, so that there is something to cancel. */
  async function slow(latency: number): Promise<void> {
    const { url, controlKey } = editor.sandbox;
    const headers = { 'X-Sandbox-Key': controlKey, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ latency });
    const answer = await fetch(`${url}/sandbox/control`, { method: 'PATCH', headers, body });
    assert.ok(answer.ok);
  }

  async function pick(label: string): Promise<void> {
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', {
      has: workbench.page.getByText(label, { exact: true }),
    });
    await row.first().click();
  }

  /** Answers the dialog that asks for a file, once it shows the name it offers. */
  async function saveAs(name: string, screenshot?: string): Promise<void> {
    const ending = name.slice(name.lastIndexOf('.'));
    const input = "document.querySelector('.quick-input-widget .quick-input-box input')?.value ?? ''";
    await workbench.page.waitForFunction(`(${input}).endsWith(${JSON.stringify(ending)})`);
    if (screenshot) await workbench.screenshot(screenshot);
    await workbench.quickInput.answer(join(editor.workspace, name));
  }

  async function cancelProgress(title: string): Promise<void> {
    await workbench.notification(title).getByRole('button', { name: 'Cancel' }).first().click();
  }

  test('all pages run with progress, are cancelled, and go on where they stopped', async () => {
    const { quickInput } = workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    await workbench.command('PowerSchool: Add Server');
    for (const [index, answer] of ['Fernhill', url, clientId, clientSecret].entries()) {
      await quickInput.step(`(${index + 1}/4)`);
      await quickInput.answer(answer);
    }
    await workbench.notification('Signed in to Fernhill').waitFor();
    await workbench.clearNotifications();
    await workbench.openFile('requests/everybody.ps.http');
    await slow(500);
    await workbench.clickLens(
      'Run All Pages',
      workbench.notification('All pages of Everybody').filter({ hasText: /\d+ of 200 records · \d+\/s · \d+ s left/ }),
    );
    // However long the picture and the click take, it does not come to its end.
    await slow(60_000);
    await workbench.screenshot('allPages-progress');
    await cancelProgress('All pages of Everybody');
    await workbench.lensLink(/Continue: \d+ of 200 records are here/).waitFor();
    await slow(0);
    await workbench.screenshot('allPages-cancelled');
    await workbench.clickLens(
      /Continue: \d+ of 200 records are here/,
      workbench.lens(/200 OK · .* · 200 records · Fernhill/),
    );
    await workbench
      .lens(/Continue:/)
      .first()
      .waitFor({ state: 'hidden' });
    await workbench.screenshot('allPages');
  });

  test('the result is exported as CSV, which the user alone can read', async () => {
    await workbench.tab('Everybody.json').click();
    await workbench.command('PowerSchool: Export Result');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'NDJSON' }).waitFor();
    await workbench.screenshot('export-format');
    await pick('CSV');
    await saveAs('everybody.csv', 'export-place');
    await workbench.notification('200 records were written to everybody.csv.').waitFor();
    await workbench.screenshot('export-done');
    const file = join(editor.workspace, 'everybody.csv');
    const [header = [], ...rows] = parse(await readFile(file));
    assert.equal(rows.length, RECORDS);
    assert.ok(header.includes('name.last_name') && header.includes('demographics.birth_date'), header.join());
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    await workbench.clearNotifications();
  });

  test('a table is exported as it is filtered, with the columns that it shows', async () => {
    const grid = new GridView(workbench);
    await workbench.tab('Everybody.json').click();
    await workbench.clickLens('Open as Table', grid.table);
    await grid.ready();
    await grid.openMenu('local_id');
    await grid.dialog.getByLabel('Filter').fill('<=100025');
    await grid.count.getByText('25 of 200 rows').waitFor();
    await grid.press('Escape');
    await grid.choose('state_province_id', 'Hide');
    await workbench.command('PowerSchool: Export Result');
    await pick('CSV');
    await saveAs('filtered.csv');
    await workbench.notification('25 records were written to filtered.csv.').waitFor();
    await workbench.screenshot('export-table');
    const [header = [], ...rows] = parse(await readFile(join(editor.workspace, 'filtered.csv')));
    assert.equal(rows.length, 25);
    assert.ok(rows.every((row) => Number(row[header.indexOf('local_id')]) <= 100_025));
    assert.ok(header.includes('name.last_name') && !header.includes('state_province_id'), header.join());
    await workbench.clearNotifications();
    await workbench.command('View: Close Editor');
  });

  test('an export straight from the request is cancelled, offered again, and gone on with', async () => {
    await workbench.tab('everybody.ps.http').click();
    await workbench.editor('everybody.ps.http').getByText('GET').first().click();
    await slow(500);
    await workbench.command('PowerSchool: Export Result');
    await pick('NDJSON');
    await saveAs('everybody.ndjson');
    await workbench
      .notification('Exporting to everybody.ndjson')
      .filter({ hasText: /\d+ of 200 records · \d+\/s/ })
      .waitFor();
    await slow(60_000);
    await workbench.screenshot('export-progress');
    await cancelProgress('Exporting to everybody.ndjson');
    await workbench.notification(/The export was cancelled\. \d+ records are in everybody\.ndjson\.part\./).waitFor();
    await workbench.screenshot('export-cancelled');
    await slow(0);
    const unfinished = (await readdir(editor.workspace)).filter((name) => name.startsWith('everybody.ndjson'));
    assert.deepEqual(unfinished.sort(), ['everybody.ndjson.part', 'everybody.ndjson.part.json']);
    await workbench.clearNotifications();

    await workbench.command('PowerSchool: Export Result');
    await pick('NDJSON');
    await saveAs('everybody.ndjson');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('There is an unfinished export to everybody.ndjson.').waitFor();
    await workbench.screenshot('export-unfinished');
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await workbench.notification('200 records were written to everybody.ndjson.').waitFor();
    await workbench.clearNotifications();

    await workbench.openPowerSchool();
    const rows = workbench.tree('History').locator('.monaco-list-row', { hasText: '→ everybody.ndjson' });
    assert.match((await rows.nth(0).textContent()) ?? '', /200 · Fernhill · 200 records · 40 pages → everybody.ndjson/);
    assert.match(
      (await rows.nth(1).textContent()) ?? '',
      /200 · Fernhill · \d+ records · not all pages → everybody.ndjson/,
    );
    await rows.nth(0).click();
    await workbench.editor('Everybody.exchange.ps.http').getByText('The records went to').waitFor();
    await workbench.screenshot('export-history');
    await workbench.tab('everybody.ps.http').click();

    await workbench.command('PowerSchool: Export Result');
    await pick('NDJSON');
    await saveAs('undisturbed.ndjson');
    await workbench.notification('200 records were written to undisturbed.ndjson.').waitFor();
    const whole = await readFile(join(editor.workspace, 'undisturbed.ndjson'));
    assert.ok(whole.equals(await readFile(join(editor.workspace, 'everybody.ndjson'))));
    await workbench.clearNotifications();
  });

  test('records of a production server are exported only after a reminder', async () => {
    await workbench.openPowerSchool();
    await workbench.command('PowerSchool: Change Kind of Server');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Fernhill' }).first().click();
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Real records' }).first().click();
    await workbench.row('Servers', 'Fernhill').filter({ hasText: 'production' }).waitFor();
    await workbench.tree('History').locator('.monaco-list-row', { hasText: '200 records · 40 pages' }).last().click();
    await workbench.tab('Everybody.json').click();
    await workbench.command('PowerSchool: Export Result');
    await pick('JSON');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Export records of Fernhill (production)?').waitFor();
    await workbench.screenshot('export-production');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(!(await readdir(editor.workspace)).includes('Everybody.json'));
  });
});
