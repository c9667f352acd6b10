import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** From an idea to an installed plugin, by clicks alone. */
describe('making a plugin', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  /** Searches the list and checks the first row with this label. */
  async function check(label: string): Promise<void> {
    const { page, quickInput } = workbench;
    await quickInput.input.fill(label);
    const row = page
      .locator('.quick-input-list .monaco-list-row', {
        has: page.locator('.quick-input-list-label .label-name', { hasText: new RegExp(`^${label}$`) }),
      })
      .first();
    await row.click();
    await page.locator('.quick-input-list .monaco-list-row[aria-checked="true"]').first().waitFor();
  }

  test('the view lists the packages of the workspace with their problems', async () => {
    await workbench.openPowerSchool();
    await workbench.row('Plugins', 'Homeroom Lists').waitFor();
    const row = workbench.row('Plugins', 'Bus Passes').filter({ hasText: '5 errors' });
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /^Bus Passes, 1\.0\.0, 5 errors/, 'not the tooltip');
    const labels = await workbench.tree('Plugins').locator('.label-name').allTextContents();
    assert.deepEqual(labels, ['Bus Passes', 'Homeroom Lists'], 'by name, not by folder');
    await workbench.expand('Plugins', 'Homeroom Lists');
    await workbench.expand('Plugins', 'Fields');
    await workbench.row('Plugins', 'STUDENTS').filter({ hasText: '6 fields' }).waitFor();
    await workbench.screenshot('plugins-view');
  });

  test('Lint Workspace says how many errors there are in files and between them', async () => {
    await workbench.command('PowerSchool: Lint Workspace');
    await workbench.page
      .locator('.statusbar', { hasText: 'Plugin files checked: 3, errors: 5, warnings: 0' })
      .waitFor();
  });

  test('a command without a plugin at hand lists them by name', async () => {
    await workbench.command('PowerSchool: Bump Version');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Homeroom Lists' }).filter({ hasText: '1.0.0 · plugins/homeroom-lists' }).waitFor();
    await workbench.screenshot('whichPlugin');
    await workbench.page.keyboard.press('Escape');
  });

  test('New Plugin asks step by step and writes a package without a finding', async () => {
    const { quickInput } = workbench;
    await workbench.command('PowerSchool: New Plugin');
    await quickInput.step('(1/7)');
    await quickInput.accept();
    await quickInput.message.filter({ hasText: 'Write a name' }).waitFor();
    await quickInput.input.fill('Homeroom Lists');
    await quickInput.message.filter({ hasText: 'has this name already' }).waitFor();
    await workbench.screenshot('newPlugin-nameTaken');
    await quickInput.answer('Locker Keys');
    await quickInput.step('(2/7)');
    assert.equal(await quickInput.input.inputValue(), 'Fernhill School District', 'the publisher of the others');
    await quickInput.accept();
    await quickInput.step('(3/7)');
    await quickInput.answer('nobody');
    await quickInput.message.filter({ hasText: 'Write an address' }).waitFor();
    await quickInput.answer('data@fernhill.example');
    await quickInput.step('(4/7)');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'READ' }).first().click();
    await quickInput.step('(5/7)');
    // Who looks for a phone number need not know its table.
    await quickInput.input.fill('home phone');
    await quickInput.focused.filter({ hasText: 'STUDENTS' }).filter({ hasText: 'HOME_PHONE' }).waitFor();
    await workbench.screenshot('newPlugin-tables');
    await quickInput.input.fill('homeroom');
    await check('STUDENTS');
    await quickInput.accept();
    await quickInput.step('(6/7)');
    await quickInput.input.fill('lastfirst');
    await quickInput.focused.filter({ hasText: 'LASTFIRST' }).waitFor();
    await quickInput.accept();
    await workbench.page.locator('.quick-input-count', { hasText: '2 Selected' }).waitFor();
    await workbench.screenshot('newPlugin-columns');
    await workbench.page.getByRole('button', { name: /^Back/ }).click();
    await quickInput.step('(5/7)');
    await quickInput.accept();
    await quickInput.step('(6/7)');
    await workbench.page.locator('.quick-input-count', { hasText: '2 Selected' }).waitFor();
    await quickInput.accept();
    await quickInput.step('(7/7)');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Rows of STUDENTS' }).click();
    await quickInput.gone();
    await workbench.tab('plugin.xml').waitFor();
    await workbench.lens('All 2 columns of 1 PowerQuery are granted').first().waitFor();
    await workbench.collapseAll('Plugins');
    await workbench.row('Plugins', 'Locker Keys').waitFor();
    await workbench.screenshot('newPlugin-done');
    assert.equal(await workbench.errorCount(), 5, 'no error besides those of the sample');
  });

  test('Package Plugin writes a zip that the sandbox installs, with exactly its fields', async () => {
    await workbench.command('PowerSchool: Package Plugin');
    await workbench.notification('Packaged as').waitFor();
    await workbench.screenshot('packagePlugin');
    const folder = join(editor.workspace, 'plugins', 'locker-keys');
    const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
    assert.deepEqual(zips, ['locker-keys-1.0.0.zip']);

    const district = await startSandbox({ students: 50, plugins: [join(folder, 'locker-keys-1.0.0.zip')] });
    try {
      const installed = district.plugins.at(-1);
      assert.equal(installed?.name, 'Locker Keys');
      assert.equal(installed?.grants.access('STUDENTS', 'DCID'), 'ViewOnly');
      assert.equal(installed?.grants.access('STUDENTS', 'LASTFIRST'), 'ViewOnly');
      assert.equal(installed?.grants.access('STUDENTS', 'DOB'), undefined);
      assert.ok(installed.credentials);
      const { clientId, clientSecret } = installed.credentials;
      await askDistrict(district.url, clientId, clientSecret);
    } finally {
      await district.stop();
    }
  });

  /** Signs in with the credentials of the installed plugin, then reads what it was granted and what it was not. */
  async function askDistrict(url: string, clientId: string, clientSecret: string): Promise<void> {
    const { quickInput } = workbench;
    const table = 'GET /ws/schema/table/students?projection=';
    await writeFile(
      join(editor.workspace, 'plugins', 'locker-keys', 'locker.ps.http'),
      `### granted\n${table}dcid,lastfirst\n\n### not granted\n${table}dcid,dob\n`,
    );
    await workbench.command('PowerSchool: Add Server');
    for (const [step, text] of ['Lockers', url, clientId, clientSecret].entries()) {
      await quickInput.step(`(${step + 1}/4)`);
      await quickInput.answer(text);
    }
    await workbench.notification('Signed in to Lockers').waitFor();
    await workbench.clearNotifications();
    await workbench.openFile('locker-keys/locker.ps.http');
    await workbench.run(0, workbench.lens(/200 OK · .*50 records · Lockers/));
    await workbench.screenshot('newPlugin-granted');
    await workbench.run(-1, workbench.lens('Add the missing <field> lines to plugin.xml'));
    await workbench.screenshot('newPlugin-notGranted');
  }

  test('a package with errors is not packed, and the Problems view opens', async () => {
    await workbench.openFile('needs-mending/plugin.xml');
    await workbench.command('PowerSchool: Package Plugin');
    await workbench.notification('Not packaged').waitFor();
    await workbench.page.locator('.markers-panel').waitFor();
    await workbench.screenshot('packagePlugin-refused');
  });

  test('the code of a finding leads to a page that reads like one', async () => {
    const { page } = workbench;
    await (await workbench.problems()).locator('a', { hasText: 'PS131' }).first().click();
    await workbench.tab('PS131').waitFor();
    // A preview is a frame within a frame; text with its marks would be an editor.
    const shown = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await shown.getByRole('heading', { name: 'PS131' }).waitFor();
    await workbench.screenshot('explainedCode');
  });
});
