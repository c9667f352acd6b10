import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** The Servers view by keys alone, with two servers. */
describe('the Explorer', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    for (const name of ['Fernhill', 'Larkspur']) await addServer(name);
    // The first focus goes to the view as a whole, which has no rows yet.
    await palette('PowerSchool: Focus on Servers View');
    await workbench.row('Servers', 'Larkspur').waitFor();
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  async function addServer(name: string): Promise<void> {
    const { quickInput } = workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    await palette('PowerSchool: Add Server');
    for (const [step, text] of [
      ['(1/4)', name],
      ['(2/4)', url],
      ['(3/4)', clientId],
      ['(4/4)', clientSecret],
    ] as const) {
      await quickInput.step(step);
      await quickInput.answer(text);
    }
    await quickInput.gone();
    await workbench.page.locator('.statusbar-item', { hasText: name }).waitFor();
    await workbench.clearNotifications();
  }

  async function palette(title: string): Promise<void> {
    const { keyboard } = workbench.page;
    await keyboard.press('F1');
    await workbench.quickInput.input.fill(`>${title}`);
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await keyboard.press('Enter');
  }

  async function focusServers(): Promise<void> {
    await palette('PowerSchool: Focus on Servers View');
    await workbench.tree('Servers').locator('.monaco-list:focus').waitFor();
  }

  function focused(label: string): Locator {
    return workbench.tree('Servers').locator('.monaco-list-row.focused', { hasText: label });
  }

  /** Goes down to the next row with this label. */
  async function goDownTo(label: string): Promise<void> {
    for (let rows = 0; rows < 60; rows++) {
      if ((await focused(label).count()) > 0) return;
      await workbench.page.keyboard.press('ArrowDown');
    }
    assert.fail(`no row ${label} below`);
  }

  async function open(label: string): Promise<void> {
    await goDownTo(label);
    const row = focused(label).and(workbench.page.locator('[aria-expanded="true"]'));
    // A row that is drawn anew under the key loses it: a user presses again.
    for (let tries = 0; (await row.count()) === 0; tries++) {
      assert.ok(tries < 20, `${label} stays closed`);
      await workbench.page.keyboard.press('ArrowRight');
      await row.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    // The key goes to the first row below as soon as there is one.
    const level = Number(await row.getAttribute('aria-level')) + 1;
    const below = workbench.tree('Servers').locator(`.monaco-list-row.focused[aria-level="${level}"]`);
    for (let tries = 0; (await below.count()) === 0; tries++) {
      assert.ok(tries < 240, `nothing below ${label}`);
      await workbench.page.keyboard.press('ArrowRight');
      await below.waitFor({ timeout: 250 }).catch(() => undefined);
    }
  }

  /** *Find in API*, answered with its first hit. */
  async function find(words: string, hit: string): Promise<void> {
    await palette('PowerSchool: Find in API');
    await workbench.quickInput.step('Find in API');
    await workbench.quickInput.input.fill(words);
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: hit }).waitFor();
    await workbench.page.keyboard.press('Enter');
  }

  test('keys alone lead to an expansion, check it, and try the request', async () => {
    const { keyboard } = workbench.page;
    await focusServers();
    await keyboard.press('Home');
    await open('Fernhill');
    await open('Student Records');
    await open('Students');
    await open('Expansions');
    await goDownTo('demographics');
    await keyboard.press('Space');
    await focused('demographics').locator('.custom-view-tree-node-item-checkbox.checked').waitFor();
    await workbench.row('Servers', 'Students', 3).filter({ hasText: '1 checked' }).waitFor();
    await keyboard.press('Control+Enter');
    await workbench
      .lens(/200 OK/)
      .first()
      .waitFor();
    const text = await workbench.editor('students.ps.http').locator('.view-lines').innerText();
    assert.match(text, /expansions=demographics/);
    for (const theme of ['light', 'dark', 'highContrast', 'highContrastLight'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`explorer-${theme}`);
    }
    await workbench.setTheme('light');
  });

  test('what is checked for one server is not checked for the other', async () => {
    await focusServers();
    await workbench.page.keyboard.press('End');
    await open('Larkspur');
    await open('Student Records');
    await open('Students');
    await open('Expansions');
    await goDownTo('demographics');
    assert.equal(await focused('demographics').locator('.codicon-check').count(), 0);
  });

  test('any word finds a column of the server and shows it among its table', async () => {
    await find('students.dob', 'Students.');
    await focused('DOB').waitFor();
    await workbench.screenshot('explorer-found');
  });

  test('Find Student shows every id of a student', async () => {
    await palette('PowerSchool: Find Student');
    await workbench.quickInput.step('Student');
    await workbench.quickInput.input.fill('100001');
    const row = workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Student number 100001' })
      .first();
    await row.waitFor();
    await row
      .filter({ hasText: 'DCID 1' })
      .filter({ hasText: /ID 2001|ID \d+/ })
      .waitFor();
    await workbench.screenshot('explorer-student');
    await workbench.page.keyboard.press('Escape');
  });
});
