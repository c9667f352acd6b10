import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GridView } from './support/gridView.ts';
import { serveLargeList, type LargeList } from './support/largeList.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

const { compare } = new Intl.Collator('en');

function isSorted(cells: readonly string[]): boolean {
  return cells.every((cell, at) => at === 0 || compare(cells[at - 1] ?? '', cell) <= 0);
}

/** The records of an answer as a table, by clicks and by keys. */
describe('the table of a result', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let grid: GridView;

  before(async () => {
    editor = await openPackagedEditor({ viewport: { width: 1500, height: 900 } });
    workbench = editor.workbench;
    grid = new GridView(workbench);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openPowerSchool();
    await workbench.page.getByRole('button', { name: 'Start Sandbox District' }).click();
    await workbench.page.locator('.statusbar-item', { hasText: 'Sandbox District' }).waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.page
      .locator('.codelens-decoration a', { hasText: /Run\s*$/ })
      .nth(2)
      .click();
    await workbench.tab('students.json').waitFor();
    await workbench.clearNotifications();
    await workbench.clickLens('Open as Table', grid.table);
    await grid.ready();
    await workbench.command('View: Close Editors in Other Groups');
    await workbench.command('View: Toggle Primary Side Bar Visibility');
  });

  after(() => editor.close());

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  function clipboard(): Promise<string> {
    return workbench.page.evaluate('navigator.clipboard.readText()');
  }

  test('shows every record, nested objects as columns, and says where it stands', async () => {
    assert.equal(await grid.count.textContent(), '25 rows');
    assert.equal(await grid.table.getAttribute('aria-rowcount'), '26');
    const headers = await grid.headers();
    assert.deepEqual(headers.slice(0, 3), ['id', 'local_id', 'state_province_id']);
    assert.ok(headers.includes('name.last_name'), String(headers));
    await workbench.screenshot('grid');
  });

  test('a click on a header sorts, another one turns the order round', async () => {
    const ids = (await grid.column('local_id')).map(Number);
    await grid.header('name.first_name').click();
    await grid.header('name.first_name').and(grid.table.locator('[aria-sort="ascending"]')).waitFor();
    await grid.said.getByText('Sorted by name.first_name, ascending').waitFor();
    await waitForColumn('name.first_name', (cells) => isSorted(cells));
    await grid.header('name.first_name').click();
    await waitForColumn('name.first_name', (cells) => isSorted(cells.toReversed()));
    await grid.header('name.first_name').click();
    await waitForColumn('local_id', (cells) => cells.map(Number).every((id, at) => id === ids[at]));
  });

  test('the menu of a column filters, tells what its values are, and the filter can be taken away', async () => {
    await grid.openMenu('name.last_name');
    await grid.dialog.getByText(/different values/).waitFor();
    await workbench.screenshot('grid-menu');
    await grid.dialog.getByLabel('Filter').fill('sand');
    await grid.count.getByText(/^\d+ of 25 rows$/).waitFor();
    await grid.press('Escape');
    assert.ok((await grid.column('name.last_name')).every((name) => name.startsWith('Sand')));
    await workbench.screenshot('grid-filter');
    await grid.button(/^name.last_name sand/).click();
    await grid.count.getByText('25 rows', { exact: true }).waitFor();
  });

  test('the search looks into all columns', async () => {
    await grid.search.fill('no such student');
    await grid.count.getByText('0 of 25 rows').waitFor();
    await workbench.screenshot('grid-empty');
    await grid.search.fill('STANHOPE');
    await grid.count.getByText(/^[1-9]\d* of 25 rows$/).waitFor();
    assert.ok((await grid.column('name.last_name')).every((name) => name === 'Stanhope'));
    await grid.search.fill('');
    await grid.count.getByText('25 rows', { exact: true }).waitFor();
  });

  test('columns are pinned, moved, hidden and shown again', async () => {
    await grid.choose('name.last_name', 'Pin');
    await waitForHeaders((names) => names[0] === 'name.last_name' && names[1] === 'id');
    await grid.choose('local_id', 'Move Left');
    await waitForHeaders((names) => names[1] === 'local_id' && names[2] === 'id');
    await grid.choose('student_username', 'Hide');
    await waitForHeaders((names) => !names.includes('student_username'));
    await workbench.screenshot('grid-pinned');
    await grid.button('Columns').click();
    await grid.dialog.getByLabel('student_username').check();
    await workbench.screenshot('grid-columns');
    await grid.dialog.getByRole('button', { name: 'Reset' }).click();
    await grid.press('Escape');
    await waitForHeaders((names) => names[0] === 'id' && names.includes('student_username'));
  });

  test('a column is dragged to another place and made wider by its edge', async () => {
    const { mouse } = workbench.page;
    const from = await box('state_province_id');
    const to = await box('id');
    await mouse.move(from.x + 20, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 5, from.y + 10);
    await mouse.move(to.x + 10, to.y + 10, { steps: 4 });
    await mouse.up();
    await waitForHeaders((names) => names[0] === 'state_province_id' && names[1] === 'id');
    const narrow = await box('id');
    await mouse.move(narrow.x + narrow.width - 2, narrow.y + 10);
    await mouse.down();
    await mouse.move(narrow.x + narrow.width + 58, narrow.y + 10, { steps: 4 });
    await mouse.up();
    await eventually(async () => (await box('id')).width >= narrow.width + 50, 'the width of the column');
  });

  test('everything works by keys, and what is selected is copied', async () => {
    await (await grid.cell(1, 'id')).click();
    await grid.press('Control+Home');
    await grid.press('ArrowDown');
    await grid.press('ArrowRight');
    const second = await grid.cell(2, 'id');
    await second.and(grid.table.locator('[aria-selected="true"]')).waitFor();
    assert.equal(await second.getAttribute('id'), await grid.table.getAttribute('aria-activedescendant'));
    await grid.press('Shift+ArrowRight');
    await grid.press('Shift+ArrowDown');
    await grid.press('Control+C');
    await grid.said.getByText('2 rows copied').waitFor();
    const [ids, local] = [await grid.column('id'), await grid.column('local_id')];
    assert.equal(await clipboard(), `${ids[1]}\t${local[1]}\n${ids[2]}\t${local[2]}`);

    await workbench.command('PowerSchool: Copy Cells as JSON');
    await eventually(async () => (await clipboard()).startsWith('['), 'the clipboard');
    assert.deepEqual(JSON.parse(await clipboard()), [
      { id: Number(ids[1]), local_id: Number(local[1]) },
      { id: Number(ids[2]), local_id: Number(local[2]) },
    ]);

    await grid.table.focus();
    await grid.press('Control+Home');
    await grid.press('ArrowUp');
    await grid.press('ArrowRight');
    await grid.press('Enter');
    await grid.header('id').and(grid.table.locator('[aria-sort="ascending"]')).waitFor();
    await grid.press('Alt+ArrowRight');
    await grid.said.getByText('id is column 3 now').waitFor();
    await grid.press('Alt+ArrowDown');
    await grid.dialog.getByLabel('Filter').waitFor();
    await grid.press('Escape');
    await grid.press('Control+End');
    const columns = await grid.table.getAttribute('aria-colcount');
    await grid.table.locator(`tr[aria-rowindex="26"] [aria-colindex="${columns}"].active`).waitFor();
  });

  test('a cell opens in full beside its record, and Escape leads back', async () => {
    await grid.press('Control+Home');
    await (await grid.cell(3, 'name.last_name')).dblclick();
    const name = await (await grid.cell(3, 'name.last_name')).textContent();
    assert.equal(await grid.detail.locator('.detail-value').textContent(), name);
    await grid.detail.getByText('phones').first().waitFor();
    await workbench.screenshot('grid-detail');
    await grid.press('Escape');
    await grid.detail.waitFor({ state: 'hidden' });
    assert.ok(await grid.table.evaluate((table) => table === table.ownerDocument.activeElement));
  });

  test('what was chosen stays while another editor hides the table', async () => {
    await grid.search.fill('stanhope');
    await grid.count.getByText(/^[1-9]\d* of 25 rows$/).waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.tab('students (table)').click();
    await grid.ready();
    await grid.count.getByText(/^[1-9]\d* of 25 rows$/).waitFor();
    assert.equal(await grid.search.inputValue(), 'stanhope');
    await grid.search.fill('');
  });

  for (const theme of ['dark', 'highContrast', 'highContrastLight', 'light'] as const) {
    test(`it looks at home in the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await grid.ready();
      await (await grid.cell(4, 'id')).click();
      await grid.press('Shift+ArrowDown');
      await grid.press('Shift+ArrowRight');
      await workbench.screenshot(`grid-${theme}`);
    });
  }

  test('it closes with its tab, and its JSON is still there', async () => {
    await workbench
      .tab('students (table)')
      .getByRole('button', { name: /^Close/ })
      .click();
    await workbench.tab('students (table)').waitFor({ state: 'hidden' });
    await workbench.tab('students.json').waitFor();
  });

  async function box(name: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const found = await grid.header(name).boundingBox();
    assert.ok(found, name);
    return found;
  }

  async function waitForColumn(name: string, fits: (cells: string[]) => boolean): Promise<void> {
    await eventually(async () => fits(await grid.column(name)), `the cells of ${name}`);
  }

  async function waitForHeaders(fits: (names: string[]) => boolean): Promise<void> {
    await eventually(async () => fits(await grid.headers()), 'the headers');
  }

  /** Looks again whenever the page has drawn. */
  async function eventually(check: () => Promise<boolean>, what: string): Promise<void> {
    for (let frame = 0; frame < 600; frame++) {
      if (await check()) return;
      await workbench.page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
    }
    assert.fail(`${what} did not become what they should be`);
  }
});

describe('a million records on a sharp display', () => {
  let editor: PackagedEditor;
  let list: LargeList;

  before(async () => {
    editor = await openPackagedEditor({ viewport: { width: 1200, height: 800 }, deviceScale: 2 });
    list = await serveLargeList(editor.sandbox.url);
    await writeFile(
      join(editor.workspace, 'requests', 'million.ps.http'),
      `### A million\n# @name million\nGET /ws/v1/large/student?rows=1000000\n`,
    );
    const { clientId, clientSecret } = editor.sandbox;
    await editor.workbench.addServer({ name: 'Large District', url: list.url, clientId, clientSecret });
  });

  after(async () => {
    await editor.close();
    await list.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await editor.workbench.screenshot('failed-million');
  });

  test('the first part opens as JSON, and the table scrolls to the very last', async () => {
    const { workbench } = editor;
    const grid = new GridView(workbench);
    await workbench.openFile('requests/million.ps.http');
    await workbench.clickLens('Run', workbench.tab('million.json'));
    await workbench
      .lens(/The first [\d,]+ of 1,000,000 records are shown/)
      .first()
      .waitFor();
    await workbench.screenshot('million-json');
    await workbench.clickLens('Open as Table', grid.table);
    await grid.ready();
    await grid.count.getByText('1,000,000 rows', { exact: true }).waitFor();
    assert.equal(await grid.table.getAttribute('aria-rowcount'), '1000001');

    await grid.table.focus();
    await grid.press('Control+End');
    await grid.table.locator('tr[aria-rowindex="1000001"] .active').waitFor();
    await grid.press('Home');
    await (await grid.cell(1_000_000, 'id')).waitFor();
    assert.equal(await (await grid.cell(1_000_000, 'id')).textContent(), '1000000');
    await workbench.screenshot('million-last');
    // By the scroll bar too: as far as it goes.
    await grid.press('Control+Home');
    await (await grid.cell(1, 'id')).waitFor();
    await grid.table.evaluate((table) => {
      table.scrollTop = table.scrollHeight;
    });
    await (await grid.cell(1_000_000, 'id')).waitFor();
    const last = await (await grid.cell(1_000_000, 'id')).boundingBox();
    const table = await grid.table.boundingBox();
    assert.ok(last && table && last.y + last.height <= table.y + table.height + 1, 'the last row is whole');

    await grid.header('name.last_name').click();
    await grid.header('name.last_name').and(grid.table.locator('[aria-sort="ascending"]')).waitFor();
    await grid.search.fill('Quill 7919');
    await grid.count.getByText(/^\d+ of 1,000,000 rows$/).waitFor();
    // 7919 and what it begins, each ten times.
    await (await grid.cell(1, 'name.last_name')).getByText('Quill 7919', { exact: true }).waitFor();
    assert.ok((await grid.column('name.last_name')).every((name) => name.startsWith('Quill 7919')));
  });
});
