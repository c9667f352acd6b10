import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { BROKEN_PACKAGE } from './support/brokenPackage.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** A package that a district inherited, with faults in every file and between them: mended by quick fixes alone. */
describe('mending a plugin', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor({
      settings: {
        // Neither the row of a file nor the hover of a row shall lie over a finding.
        'workbench.tree.enableStickyScroll': false,
        'workbench.hover.delay': 60_000,
        // The HTML server of an editor without native modules does not start, and says so again and again.
        'files.associations': { '*.html': 'plaintext' },
      },
      prepare: async (workspace) => {
        await rm(workspace, { recursive: true });
        for (const [file, text] of Object.entries(BROKEN_PACKAGE)) {
          const target = path.join(workspace, 'plugins', 'bus-lines', file);
          await mkdir(path.dirname(target), { recursive: true });
          await writeFile(target, text);
        }
      },
    });
    workbench = editor.workbench;
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  function inPackage(...parts: string[]): string {
    return path.join(editor.workspace, 'plugins', 'bus-lines', ...parts);
  }

  /** The rows of findings in the Problems panel, without those of the files. */
  async function findings(): Promise<Locator> {
    return (await workbench.problems()).filter({ has: workbench.page.locator('.marker-line') });
  }

  /**
   * Opens the quick fixes of a finding in the Problems panel and points at the first one. Undefined when the rows
   * changed meanwhile: opening a file brings what other tools say about it. A user points again.
   */
  async function firstOffer(picture: string): Promise<string | undefined> {
    const { page } = workbench;
    const row = (await findings()).first();
    await page.locator('.markers-panel').hover();
    await page.mouse.wheel(0, -5000);
    await row.click();
    const bulb = row.locator('.codicon-light-bulb:not(.disabled)');
    if (!(await shows(bulb))) return undefined;
    const said = await row.innerText();
    try {
      await bulb.click({ timeout: 4000 });
    } catch {
      return undefined;
    }
    const menu = page.locator('.monaco-menu .action-item:not(.disabled)').first();
    if (!(await shows(menu))) return undefined;
    await menu.hover();
    await workbench.screenshot(picture);
    // to silence a finding would be no mend
    assert.doesNotMatch(await menu.innerText(), /^Disable/, said);
    return said.replaceAll('\n', ' ');
  }

  test('the Plugins view counts what is wrong in the files and between them', async () => {
    await workbench.openPowerSchool();
    await workbench.row('Plugins', 'Bus Lines').filter({ hasText: '9 errors · 12 warnings' }).waitFor();
    await workbench.expand('Plugins', 'Bus Lines');
    await workbench.screenshot('mending-view');
  });

  test('in the editor, Fix All mends what has one right answer, and the lightbulb the rest of the file', async () => {
    const { page } = workbench;
    await workbench.row('Plugins', 'plugin.xml').click();
    await workbench.tab('plugin.xml').waitFor();
    await workbench.errorMarks().first().waitFor();
    await workbench.editor('plugin.xml').getByText('how the office').first().click();
    await workbench.command('Fix All');
    await workbench.editor('plugin.xml').getByText('&amp;').first().waitFor();
    await workbench
      .editor('plugin.xml')
      .getByText(/viewonly/)
      .first()
      .waitFor({ state: 'detached' });
    await workbench.screenshot('mending-fixAll');

    await workbench.editor('plugin.xml').getByText('publsher').first().click();
    const offers = await workbench.openLightBulb();
    await offers.filter({ hasText: /^Disable PS132 for the entire file/ }).waitFor();
    await workbench.screenshot('mending-lightbulb');
    await offers.filter({ hasText: 'Change to <publisher>' }).first().click();
    await workbench.editor('plugin.xml').getByText('publsher').first().waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+Home');
  });

  test('from the Problems panel, one quick fix after another empties it', async () => {
    const { page } = workbench;
    const taken: string[] = [];
    for (let attempts = 0; attempts < 60; attempts++) {
      const before = await workbench.problemCount();
      if (before === 0) break;
      const offer = await firstOffer(`mending-problem-${taken.length}`);
      if (offer === undefined) continue;
      await page.keyboard.press('Enter');
      if (await workbench.isProblemCountBelow(before)) taken.push(offer);
    }
    assert.equal(await workbench.problemCount(), 0, taken.join('\n'));
    await page.locator('.markers-panel').getByText('No problems have been detected').waitFor();
    await workbench.screenshot('mending-done');
    assert.ok(taken.length >= 15, taken.join('\n'));
    await workbench.command('File: Save All Files');
    await page.locator('.tabs-container .tab.dirty').first().waitFor({ state: 'detached' });
    const manifest = await readFile(inPackage('plugin.xml'), 'utf8');
    assert.ok(manifest.includes('<!-- how the office sorts them -->\n    <field table="STUDENTS" field="LASTFIRST"'));
    assert.deepEqual(await readdir(inPackage('queries_root')), ['buses.named_queries.xml']);
  });

  test('packaged and installed, it grants exactly its fields', async () => {
    await workbench.openPowerSchool();
    await workbench.menuAction(workbench.row('Plugins', 'Bus Lines'), 'Package Plugin');
    await workbench.notification('Packaged as').waitFor();
    await workbench.screenshot('mending-packaged');
    await workbench.clearNotifications();
    const district = await startSandbox({ students: 50, plugins: [inPackage('bus-lines-1.0.0.zip')] });
    try {
      const installed = district.plugins.at(-1);
      assert.equal(installed?.name, 'Bus Lines');
      for (const [table, field] of [
        ['STUDENTS', 'DCID'],
        ['STUDENTS', 'LASTFIRST'],
        ['STUDENTS', 'GRADE_LEVEL'],
        ['U_BUSLINES', 'STOP'],
      ] as const)
        assert.equal(installed.grants.access(table, field), 'ViewOnly', field);
      assert.equal(installed.grants.access('STUDENTS', 'DOB'), undefined);
      assert.ok(installed.credentials);
      const { clientId, clientSecret } = installed.credentials;
      await workbench.addServer({ name: 'Buses', url: district.url, clientId, clientSecret });
      const table = 'GET /ws/schema/table/students?projection=';
      await writeFile(
        inPackage('buses.ps.http'),
        `### granted\n${table}dcid,lastfirst,grade_level\n\n### not granted\n${table}dcid,dob\n`,
      );
      await workbench.openFile('bus-lines/buses.ps.http');
      await workbench.run(0, workbench.lens(/200 OK · .*50 records · Buses/));
      await workbench.run(-1, workbench.lens('Add the missing <field> lines to plugin.xml'));
      await workbench.screenshot('mending-granted');
    } finally {
      await district.stop();
    }
  });
});

async function shows(mark: Locator): Promise<boolean> {
  return mark.waitFor({ timeout: 4000 }).then(
    () => true,
    () => false,
  );
}
