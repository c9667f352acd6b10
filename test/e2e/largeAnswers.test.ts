import assert from 'node:assert/strict';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { noSmallDisk, smallDisk } from '../support/smallDisk.ts';
import { GridView } from './support/gridView.ts';
import { serveLargeList, type LargeList } from './support/largeList.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** Answers that are larger than a document, than the memory of a thread, and than the disk. */
describe('answers that are too large for something', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let list: LargeList;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    list = await serveLargeList(editor.sandbox.url);
    const requests = [
      '### Large\n# @name large\nGET /ws/v1/large/student?rows=20000&pad=200\n',
      '### Pages\n# @name pages\nGET /ws/v1/large/student?rows=29990&pad=200&pagesize=500\n',
    ];
    await writeFile(path.join(editor.workspace, 'requests', 'large.ps.http'), requests.join('\n'));
    await workbench.addServer({ ...editor.sandbox, url: list.url, name: 'Fernhill' });
    await workbench.openPowerSchool();
    await workbench.openFile('requests/large.ps.http');
  });

  after(async () => {
    await list.close();
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  /** The folder in which this window keeps large answers. */
  async function bodyFolder(): Promise<string> {
    const files = await readdir(path.join(editor.home, 'editor'), { recursive: true, withFileTypes: true });
    const owner = files.find(({ name }) => name === 'owner.json');
    assert.ok(owner);
    return owner.parentPath;
  }

  test('a document holds the first part, says so at both ends, and leads to the whole', async () => {
    await workbench.run(0, workbench.tab('large.json'));
    await workbench
      .lens(/The first [\d,]+ of 20,000 records are shown/)
      .first()
      .waitFor();
    await workbench.screenshot('large-part');
    await workbench.editor('large.json').click();
    await workbench.page.keyboard.press('ControlOrMeta+End');
    const { page } = workbench;
    await page.locator('.view-line', { hasText: /^}$/ }).last().waitFor();
    await workbench.screenshot('large-part-end');
    await page.locator('.codelens-decoration a', { hasText: 'Save Whole Response' }).last().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'README.md' }).waitFor();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.notification('Saved large.json').waitFor();
    const saved = await readFile(path.join(editor.workspace, 'large.json'), 'utf8');
    assert.equal((JSON.parse(saved) as { students: { student: unknown[] } }).students.student.length, 20_000);
    await workbench.clearNotifications();
  });

  test('two parts that are compared are called parts', async () => {
    await workbench.rowAction(workbench.row('History', 'GET large'), 'Run Again');
    const rows = workbench.tree('History').locator('.monaco-list-row', { hasText: 'GET large' });
    await rows.nth(1).waitFor();
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await workbench.menuAction(rows.nth(1), 'Compare With');
    await workbench.tab(/large: .* ↔ .* \(first part\)/).waitFor();
    await workbench.notification(/Only the first part of these answers is compared/).waitFor();
    await workbench.screenshot('large-compare');
    await workbench.clearNotifications();
    await workbench.page.keyboard.press('ControlOrMeta+W');
  });

  test('a table whose thread ended says why and is opened again', async () => {
    const folder = await bodyFolder();
    const names = (await readdir(folder)).filter((name) => name !== 'owner.json');
    const files = await Promise.all(
      names.map(async (name) => ({ file: path.join(folder, name), bytes: await readFile(path.join(folder, name)) })),
    );
    for (const { file } of files) await truncate(file, 1000);
    await workbench.tab('large.json').click();
    const grid = new GridView(workbench);
    await workbench.clickLens('Open as Table', grid.note(/The table ended: .*Open it again.*\(PS9972\)/));
    await workbench.screenshot('table-ended');
    for (const { file, bytes } of files) await writeFile(file, bytes);
    await grid.button('Open Again').click();
    await grid.ready();
    await grid.count.getByText('20,000 rows').waitFor();
    await workbench.screenshot('table-again');
    await workbench.closeEditors();
  });

  test(
    'all pages on a disk that is full keep what is there, and go on when there is room',
    { skip: noSmallDisk() },
    async () => {
      const disk = await smallDisk(await bodyFolder());
      try {
        disk.grow(6);
        await workbench.openFile('requests/large.ps.http');
        await workbench.editor('large.ps.http').getByText('pagesize').first().click();
        await workbench.command('PowerSchool: Run All Pages');
        await workbench.lensLink(/Continue: [\d,]+ records are here/).waitFor();
        await workbench
          .lens(/\(PS9970\)/)
          .first()
          .waitFor();
        await workbench.screenshot('disk-full');
        assert.match(
          (await workbench.row('History', 'GET pages').textContent()) ?? '',
          /200 .*records · not all pages/,
        );
        disk.grow(64);
        await workbench.clickLens(/Continue: [\d,]+ records are here/, workbench.lens(/29,990 records · Fernhill/));
        await workbench
          .lens(/Continue:/)
          .first()
          .waitFor({ state: 'hidden' });
        await workbench.row('History', 'GET pages').filter({ hasText: '29,990 records · 60 pages' }).waitFor();
        await workbench.screenshot('disk-room');
        const grid = new GridView(workbench);
        await workbench.clickLens('Open as Table', grid.table);
        await grid.ready();
        await grid.count.getByText('29,990 rows').waitFor();
        for (const name of (await readdir(disk.folder)).filter((name) => name !== 'owner.json'))
          assert.ok((await stat(path.join(disk.folder, name))).size > 1_000_000);
        await workbench.closeEditors();
      } finally {
        await disk.remove();
      }
    },
  );
});
