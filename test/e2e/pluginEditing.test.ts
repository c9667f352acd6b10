import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { writeOtherXmlExtension } from './support/otherXmlExtension.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

const QUERY = 'example.fernhill.homerooms.students.list';

/** The everyday work on a plugin that is there already, with another XML extension beside. */
describe('changing a plugin', () => {
  let folder: string;
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'powerschool-other-xml-'));
    const other = path.join(folder, 'vscode-xml.vsix');
    await writeOtherXmlExtension(other);
    editor = await openPackagedEditor({
      otherExtensions: [other],
      // In a browser the editor saves by itself.
      settings: { 'files.autoSave': 'off' },
    });
    workbench = editor.workbench;
    await workbench.openPowerSchool();
    await workbench.row('Plugins', 'Homeroom Lists').waitFor();
  });

  after(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  function inPlugin(...parts: string[]): string {
    return path.join(editor.workspace, 'plugins', 'homeroom-lists', ...parts);
  }

  async function pick(label: string): Promise<void> {
    await workbench.quickInput.input.fill(label);
    const row = workbench.page
      .locator('.quick-input-list .monaco-list-row', {
        has: workbench.page.locator('.quick-input-list-label .label-name', { hasText: new RegExp(`^${label}$`) }),
      })
      .first();
    await row.click();
  }

  /** The text of an editor as far as it is drawn. */
  async function textOf(name: string): Promise<string> {
    const lines = await workbench.editor(name).locator('.view-lines .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async function save(): Promise<void> {
    await workbench.page.keyboard.press('ControlOrMeta+S');
    await workbench.page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
  }

  test('Add Field asks for a table and columns and puts lines behind the last field, unsaved', async () => {
    const { quickInput } = workbench;
    await workbench.openFile('homeroom-lists/plugin.xml');
    await workbench.lens('All 4 columns of 1 PowerQuery are granted').first().waitFor();
    await workbench.command('PowerSchool: Add Field');
    await quickInput.step('(1/2)');
    await pick('CC');
    await workbench.screenshot('addField-tables');
    await quickInput.accept();
    await quickInput.step('(2/2)');
    await pick('SECTIONID');
    await workbench.screenshot('addField-columns');
    await quickInput.accept();
    await workbench.editor('plugin.xml').getByText('"SECTIONID"').first().waitFor();
    await workbench.page.locator('.tabs-container .tab.active.dirty').waitFor();
    await workbench.screenshot('addField-done');
    await save();
    assert.match(
      await readFile(inPlugin('plugin.xml'), 'utf8'),
      /field="ENROLL_STATUS" access="ViewOnly"\/>\n {4}<field table="CC" field="SECTIONID" access="ViewOnly"\/>\n {2}<\/access_request>/,
    );
  });

  test('Bump Version offers the next versions and changes nothing else', async () => {
    const before = await readFile(inPlugin('plugin.xml'), 'utf8');
    await workbench.command('PowerSchool: Bump Version');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '1.1.0' }).first().waitFor();
    await workbench.screenshot('bumpVersion');
    await pick('1.1.0');
    await workbench.editor('plugin.xml').getByText('"1.1.0"').first().waitFor();
    await save();
    assert.equal(
      await readFile(inPlugin('plugin.xml'), 'utf8'),
      before.replace('version="1.0.0"\n', 'version="1.1.0"\n'),
    );
  });

  test('Add PowerQuery writes a query into the query file and grants what it reads', async () => {
    const { quickInput } = workbench;
    await workbench.command('PowerSchool: Add PowerQuery');
    await quickInput.step('(1/3)');
    await pick('SCHOOLS');
    await quickInput.step('(2/3)');
    await pick('NAME');
    await quickInput.accept();
    await quickInput.step('(3/3)');
    await quickInput.message.getByText('Name of the PowerQuery').waitFor();
    const suggested = await quickInput.input.inputValue();
    await quickInput.answer(QUERY);
    await quickInput.message.filter({ hasText: 'has a query of this name already' }).waitFor();
    await workbench.screenshot('addPowerQuery-name');
    await workbench.page.getByRole('button', { name: /^Back/ }).click();
    await quickInput.step('(2/3)');
    await workbench.page.locator('.quick-input-count', { hasText: '2 Selected' }).waitFor();
    await quickInput.accept();
    await quickInput.step('(3/3)');
    await quickInput.answer(suggested);
    await workbench.tab('homerooms.named_queries.xml').waitFor();
    await workbench.lens('Run PowerQuery').nth(1).waitFor();
    await workbench.screenshot('addPowerQuery-done');
    await workbench.command('File: Save All Files');
    await workbench.page.locator('.tabs-container .tab.dirty').first().waitFor({ state: 'detached' });
    assert.match(
      await readFile(inPlugin('plugin.xml'), 'utf8'),
      /<field table="SCHOOLS" field="NAME" access="ViewOnly"\/>/,
    );
    assert.equal(await workbench.errorCount(), 5, 'no error besides those of the sample');
  });

  test('in the SQL, columns and arguments are offered by what the query says', async () => {
    await workbench.openFile('queries_root/homerooms.named_queries.xml');
    const line = workbench.editor('homerooms.named_queries.xml').getByText('s.enroll_status').first();
    await line.click();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' AND s.home', { delay: 20 });
    const offers = workbench.page.locator('.suggest-widget .monaco-list-row');
    await offers.filter({ hasText: 'home_room' }).first().waitFor();
    await workbench.screenshot('sqlCompletion');
    await workbench.page.keyboard.press('Escape');
    for (let i = 0; i < ' AND s.home'.length; i++) await workbench.page.keyboard.press('Backspace');
    await workbench.page.keyboard.type(' AND s.grade_level = :', { delay: 20 });
    await offers.filter({ hasText: 'grade' }).first().waitFor();
    await workbench.screenshot('sqlCompletion-arguments');
    await workbench.page.keyboard.press('Escape');
    for (let i = 0; i < ' AND s.grade_level = :'.length; i++) await workbench.page.keyboard.press('Backspace');
    await save();
  });

  test('a query is renamed in its file and in the mappings of the package', async () => {
    await mkdir(inPlugin('permissions_root'));
    const mapping = inPlugin('permissions_root', 'homerooms.permission_mappings.xml');
    await writeFile(
      mapping,
      `<permission_mappings>\n  <permission name="/admin/home.html">\n    <implies allow="post">/ws/schema/query/${QUERY}</implies>\n  </permission>\n</permission_mappings>\n`,
    );
    await workbench.openFile('queries_root/homerooms.named_queries.xml');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.editor('homerooms.named_queries.xml').getByText(QUERY).first().click();
    await workbench.page.keyboard.press('F2');
    const box = workbench.page.locator('.rename-box input');
    await box.waitFor();
    await workbench.screenshot('renameQuery');
    await box.fill('example.fernhill.homerooms.students.all');
    await workbench.page.keyboard.press('Enter');
    await workbench.editor('homerooms.named_queries.xml').getByText('students.all').first().waitFor();
    await workbench.command('File: Save All Files');
    await workbench.page.locator('.tabs-container .tab.dirty').first().waitFor({ state: 'detached' });
    assert.match(await readFile(mapping, 'utf8'), /homerooms\.students\.all</);
    assert.match(await readFile(inPlugin('queries_root', 'homerooms.named_queries.xml'), 'utf8'), /students\.all"/);
  });

  test('Where Do I Install This leads through the admin portal', async () => {
    await workbench.command('PowerSchool: Where Do I Install');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Plugin Management Configuration').first().waitFor();
    await workbench.screenshot('whereToInstall');
    await workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('Run PowerQuery asks for its arguments and shows the answer; the server tells what it finds in the plugin', async () => {
    await workbench.command('PowerSchool: Start Sandbox District');
    await workbench.notification('The sandbox district runs on').waitFor();
    await workbench.clearNotifications();
    await workbench.openFile('queries_root/homerooms.named_queries.xml');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.clickLens('Run PowerQuery', workbench.quickInput.input);
    await workbench.screenshot('runPowerQuery-argument');
    await workbench.quickInput.answer('9');
    await workbench
      .lens(/Sandbox District/)
      .first()
      .waitFor();
    await workbench.screenshot('runPowerQuery');
    await workbench.command('PowerSchool: Validate on Server');
    await workbench
      .lens(/200 OK/)
      .first()
      .waitFor();
    await workbench.screenshot('validateOnServer');
  });

  test('beside another XML extension a fault is marked once, and mended by a quick fix', async () => {
    await workbench.closeEditors();
    await workbench.openFile('homeroom-lists/plugin.xml');
    await workbench.editor('plugin.xml').getByText('students and their homerooms').first().click();
    await workbench.page.keyboard.type('& ');
    const rows = (await workbench.problems()).filter({ hasText: /Ln 7, / });
    await rows.filter({ hasText: 'EntityNotDeclared' }).waitFor();
    await workbench.screenshot('otherXml');
    assert.equal(await rows.count(), 1, 'the other tool says it');
    await workbench.goToFirstError();
    await (await workbench.openLightBulb()).filter({ hasText: '&amp;' }).first().click();
    await workbench.editor('plugin.xml').getByText('&amp;').first().waitFor();
    await rows.first().waitFor({ state: 'detached' });
    assert.ok((await textOf('plugin.xml')).includes('&amp; '));
  });
});
