import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** What was sent, found again: by clicks in the packaged extension, with two servers. */
describe('the history and the care for its records', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let second: RunningSandbox;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    second = await startSandbox({ students: 200, seed: 7 });
    await addServer('Oakdale', second);
    await addServer('Fernhill', editor.sandbox);
  });

  after(async () => {
    await editor.close();
    await second.stop();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  async function addServer(name: string, { url, clientId, clientSecret }: RunningSandbox): Promise<void> {
    const { quickInput } = workbench;
    await workbench.command('PowerSchool: Add Server');
    for (const [step, text] of [name, url, clientId, clientSecret].entries()) {
      await quickInput.step(`(${step + 1}/4)`);
      await quickInput.answer(text);
    }
    await workbench.notification(`Signed in to ${name}`).waitFor();
    await workbench.clearNotifications();
  }

  test('what was sent is listed by day, newest first, with what came', async () => {
    await workbench.openPowerSchool();
    await workbench.tree('History').getByText('What you send is listed here').waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.lens('Run').nth(1).click();
    await workbench.tab('schools.json').waitFor();
    await workbench.lens('Run').nth(2).click();
    await workbench.tab('students.json').waitFor();
    const rows = workbench.tree('History').locator('.monaco-list-row');
    await workbench.row('History', 'Today').waitFor();
    await workbench.row('History', 'GET students').waitFor();
    assert.match((await rows.nth(1).textContent()) ?? '', /GET students.* · 200 · 3 records · Fernhill/);
    assert.match((await rows.nth(2).textContent()) ?? '', /GET schools.*200/);
    await workbench.screenshot('history');
  });

  test('the picture of the time, the headers and the request are one click away', async () => {
    await workbench.editor('students.json').click();
    await workbench.command('PowerSchool: Show Sent Request and Headers');
    await workbench.tab('students.exchange.ps.http').waitFor();
    await workbench.editor('students.exchange.ps.http').getByText('Download').first().waitFor();
    await workbench.screenshot('exchange');
  });
});
