import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { filesBelow } from '../support/filesBelow.ts';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import { Workbench } from './support/workbench.ts';

/** A window looks again when it is turned to, or when the view comes into sight. */
async function lookAgain(window: Workbench): Promise<void> {
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).first().click();
  await window.tree('History').waitFor({ state: 'hidden' });
  await window.openPowerSchool();
}

async function counted(window: Workbench, count: number): Promise<void> {
  await window
    .row('History', 'Today')
    .filter({ hasText: String(count) })
    .waitFor();
}

/** What was sent, found again: by clicks in the packaged extension, with two servers. */
describe('the history and the care for its records', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let second: RunningSandbox;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    second = await startSandbox({ students: 200, seed: 7 });
    await workbench.addServer({ name: 'Oakdale', ...second });
    await workbench.addServer({ name: 'Fernhill', ...editor.sandbox });
  });

  after(async () => {
    await editor.close();
    await second.stop();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('what was sent is listed by day, newest first, with what came', async () => {
    await workbench.openPowerSchool();
    await workbench.tree('History').getByText('What you send is listed here').waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.run(1, workbench.tab('schools.json'));
    await workbench.run(2, workbench.tab('students.json'));
    await workbench.row('History', 'Today').waitFor();
    const row = (index: number): Locator =>
      workbench.tree('History').locator(`.monaco-list-row[data-index="${index}"]`);
    await row(1)
      .filter({ hasText: /GET students.* · 200 · Fernhill · 3 records/ })
      .waitFor();
    await row(2)
      .filter({ hasText: /GET schools.*200/ })
      .waitFor();
    await workbench.screenshot('history');
  });

  test('the picture of the time, the headers and the request are one click away', async () => {
    await workbench.editor('students.json').click();
    await workbench.command('PowerSchool: Show Sent Request and Headers');
    await workbench.tab('students.exchange.ps.http').waitFor();
    await workbench.editor('students.exchange.ps.http').getByText('Download').first().waitFor();
    await workbench.screenshot('exchange');
  });

  test('run again sends it once more to the server it went to', async () => {
    const rows = workbench.tree('History').locator('.monaco-list-row', { hasText: 'GET schools' });
    await workbench.rowAction(workbench.row('History', 'GET schools'), 'Run Again');
    await rows.nth(1).waitFor();
    await workbench.tab('schools.json').waitFor();
    assert.equal(await rows.count(), 2);
  });

  test('the same request on another server opens in the diff editor, its sides named after the servers', async () => {
    await workbench.menuAction(workbench.row('History', 'GET schools'), 'Run on Another Server and Compare');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Oakdale' }).click();
    await workbench.tab('schools: Fernhill ↔ Oakdale').waitFor();
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await workbench.screenshot('history-compare');
    await workbench.page.getByRole('button', { name: 'Sort Keys' }).click();
    await workbench.page.getByRole('button', { name: 'Keep Order of Keys' }).waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+W');
  });

  test('personal fields are hidden in the preview, the history and the exchange until they are shown again', async () => {
    await workbench.row('History', 'GET students').click();
    const answer = workbench.editor('students.json');
    await answer.getByText('"Anouk"').first().waitFor();
    await workbench.tree('History').hover();
    await workbench.tree('History').getByRole('button', { name: 'Hide Known Personal Fields' }).click();
    await answer.getByText('•••••').first().waitFor();
    assert.equal(await answer.getByText('Anouk').count(), 0);
    assert.ok((await answer.getByText('"Active"').count()) > 0, 'what tells of no person stays');
    await workbench.lens('Personal fields hidden').first().waitFor();
    for (const theme of ['dark', 'highContrast', 'highContrastLight', 'light'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`history-hidden-${theme}`);
    }
    await workbench.clickLens('Personal fields hidden', answer.getByText('"Anouk"'));
  });

  test('no secret and no record is in any file of the history', async () => {
    const storage = path.join(editor.home, 'editor');
    let entries = 0;
    for await (const { file, bytes } of filesBelow(storage)) {
      for (const { clientSecret } of [editor.sandbox, second]) assert.ok(!bytes.includes(clientSecret), file);
      if (!/[\\/]history[\\/]\d{14}-/.test(file)) continue;
      entries++;
      assert.doesNotMatch(bytes.toString('utf8'), /Anouk|Bearer (?!\*\*\*)/, file);
    }
    assert.equal(entries, 4, 'two requests, one again, one elsewhere');
  });

  test('two rows that are selected are compared with each other', async () => {
    const schools = workbench.tree('History').locator('.monaco-list-row', { hasText: 'GET schools' });
    await schools.nth(1).click();
    await schools.nth(2).click({ modifiers: ['ControlOrMeta'] });
    await workbench.menuAction(schools.nth(2), 'Compare With');
    await workbench.tab(/schools: .* ↔ /).waitFor();
  });

  test('an error answer says what it means, and is saved to a file like any other', async () => {
    await workbench.closeEditors();
    await writeFile(
      path.join(editor.workspace, 'requests', 'gone.ps.http'),
      '# @name gone\nGET /ws/v1/student/99999\n',
    );
    await workbench.openFile('requests/gone.ps.http');
    await workbench.run(0, workbench.tab('gone.json'));
    await workbench
      .lens(/\(PS9\d\d\)/)
      .first()
      .waitFor();
    await workbench.editor('gone.json').click();
    await workbench.screenshot('history-error');
    await workbench.command('PowerSchool: Save Response');
    // The dialog fills itself in with the suggested name.
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'README.md' }).waitFor();
    assert.match(await workbench.quickInput.input.inputValue(), /workspace\/gone\.json$/);
    await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.notification('Saved gone.json').waitFor();
    const target = path.join(editor.workspace, 'gone.json');
    assert.match(await readFile(target, 'utf8'), /message/i);
    await workbench.clearNotifications();
  });

  test('two windows that send at once lose nothing of each other, and see what the other removed', async () => {
    const page = await workbench.page.context().browser()?.newPage();
    assert.ok(page);
    const other = new Workbench(page);
    try {
      page.setDefaultTimeout(30_000);
      await page.goto(workbench.page.url());
      await other.ready();
      await other.addServer({ name: 'Window two', ...editor.sandbox });
      await other.openPowerSchool();
      await other.openFile('requests/first-call.ps.http');
      await workbench.closeEditors();
      await workbench.openFile('requests/first-call.ps.http');
      const before = await listed();
      for (const [index, tab] of [
        [1, 'schools.json'],
        [2, 'students.json'],
      ] as const)
        await Promise.all([workbench, other].map((window) => window.run(index, window.tab(tab))));
      for (const window of [workbench, other]) {
        await lookAgain(window);
        await counted(window, before + 4);
      }
      await other.screenshot('history-two-windows');
      await other.rowAction(other.row('History', 'GET students'), 'Remove from History');
      await counted(other, before + 3);
      await lookAgain(workbench);
      await counted(workbench, before + 3);
      const files = (await storedFiles()).filter((file) => /[\\/]history[\\/]/.test(file));
      assert.equal(files.length, before + 3);
      for (const file of files) assert.ok(JSON.parse(await readFile(file, 'utf8')));
    } finally {
      await page.close();
    }
  });

  test('run again asks where to send when its server is gone', async () => {
    await workbench.menuAction(workbench.row('Servers', 'Oakdale'), 'Remove Server');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
    await workbench.row('Servers', 'Oakdale').waitFor({ state: 'hidden' });
    const rows = workbench.tree('History').locator('.monaco-list-row', { hasText: 'GET schools' });
    const before = await listed();
    await workbench.rowAction(rows.filter({ hasText: 'Oakdale' }).first(), 'Run Again');
    await workbench.quickInput.input.and(workbench.page.locator('[placeholder*="is gone"]')).waitFor();
    await workbench.screenshot('history-gone');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Fernhill' }).click();
    await workbench
      .row('History', 'Today')
      .filter({ hasText: String(before + 1) })
      .waitFor();
  });

  test('an entry is removed by a key, and the whole history after a question', async () => {
    const before = await listed();
    await workbench.row('History', 'GET gone').click();
    await workbench.tree('History').locator('.monaco-list').press('Delete');
    await workbench.row('History', 'GET gone').waitFor({ state: 'hidden' });
    assert.equal(await listed(), before - 1);
    await workbench.command('PowerSchool: Clear History');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Clear History' }).click();
    await workbench.tree('History').getByText('What you send is listed here').waitFor();
    await workbench.screenshot('history-empty');
  });

  test('Clear All Data tells what it removes, lets servers stay, and leaves no file', async () => {
    await workbench.closeEditors();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.command('PowerSchool: Run Request');
    await workbench.tab('metadata.json').waitFor();
    await workbench.row('History', 'GET metadata').waitFor();
    assert.ok((await storedFiles()).length > 0);
    await workbench.command('PowerSchool: Clear All Data');
    const list = workbench.page.locator('.quick-input-list .monaco-list-row');
    const ok = workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' });
    await list.filter({ hasText: 'Client Secrets' }).click();
    await workbench.page.getByText('3 Selected').waitFor();
    await workbench.screenshot('clear-what');
    await ok.click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('History and answers').waitFor();
    await workbench.screenshot('clear-sure');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.notification('It is removed').waitFor();
    await workbench.tab('metadata.json').waitFor({ state: 'hidden' });
    assert.deepEqual(await storedFiles(), []);
    await workbench.row('Servers', 'Fernhill').waitFor();

    await workbench.command('PowerSchool: Clear All Data');
    await list.first().waitFor();
    await ok.click();
    await dialog.getByText('Servers, Client Secrets and tokens (Fernhill)').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.tree('Servers').getByText('Connect to a PowerSchool server').waitFor();
  });

  /** How many requests the history lists for today; only those in sight have a row. */
  async function listed(): Promise<number> {
    return Number(await workbench.row('History', 'Today').locator('.label-description').textContent());
  }

  /** Everything in the storage of the extension. */
  async function storedFiles(): Promise<string[]> {
    const found: string[] = [];
    for await (const { file } of filesBelow(path.join(editor.home, 'editor')))
      if (/globalStorage[\\/]powerschool-api-explorer/.test(file)) found.push(file);
    return found;
  }
});
