import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TableColumn } from '../../src/core/table/tableService.ts';
import { CellSelection } from '../../src/webview/cellSelection.ts';
import { pressKey, type KeyActions, type PressedKey } from '../../src/webview/gridKeys.ts';
import { displayName, GridLayout } from '../../src/webview/gridLayout.ts';
import { fill, percent, readable } from '../../src/webview/gridText.ts';
import { RowBlocks, type Row } from '../../src/webview/rowBlocks.ts';
import { RowChoices } from '../../src/webview/rowChoices.ts';

const COLUMNS: TableColumn[] = ['id', 'name.first', 'name.last', 'grade'].map((name, slot) => ({
  slot,
  name,
  type: 'text',
  empty: 0,
}));

function layoutOf(columns: readonly TableColumn[] = COLUMNS): GridLayout {
  const layout = new GridLayout((text) => text.length * 10);
  layout.setColumns(columns);
  return layout;
}

function names(layout: GridLayout): string[] {
  return layout.shown.map(({ name }) => name);
}

function selection(): CellSelection {
  const made = new CellSelection();
  made.resize(100, 5);
  return made;
}

function press(key: string, held: Partial<PressedKey>, cells: CellSelection): string[] {
  const did: string[] = [];
  const actions: KeyActions = {
    moved: () => did.push('moved'),
    activate: (more) => did.push(more ? 'activate more' : 'activate'),
    menu: () => did.push('menu'),
    copy: () => did.push('copy'),
    search: () => did.push('search'),
    moveColumn: (step) => did.push(`column ${step}`),
    resizeColumn: (pixels) => did.push(`width ${pixels}`),
    escape: () => did.push('escape'),
  };
  const event = { key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held };
  assert.equal(pressKey(event, cells, 20, 100, actions), did.length > 0, key);
  return did;
}

function numbered(): { blocks: RowBlocks; asked: number[] } {
  const asked: number[] = [];
  const blocks = new RowBlocks((from, to) => {
    asked.push(from);
    return Promise.resolve(Array.from({ length: to - from }, (_, at): Row => [String(from + at)]));
  });
  return { blocks, asked };
}

describe('the layout', () => {
  test('pinned columns come first, and do not mix with the others', () => {
    const layout = layoutOf();
    layout.setPinned('grade', true);
    assert.deepEqual(names(layout), ['grade', 'id', 'name.first', 'name.last']);
    assert.equal(layout.pinnedCount, 1);
    assert.equal(layout.moveBy('id', -1), false);
    assert.equal(layout.moveBy('id', 1), true);
    assert.deepEqual(names(layout), ['grade', 'name.first', 'id', 'name.last']);
  });

  test('a move passes the neighbour that is shown, not a hidden one', () => {
    const layout = layoutOf();
    layout.setHidden('name.first', true);
    layout.moveBy('id', 1);
    assert.deepEqual(names(layout), ['name.last', 'id', 'grade']);
    layout.showAll();
    assert.deepEqual(names(layout), ['name.first', 'name.last', 'id', 'grade']);
  });

  test('it is kept by names, and columns that are new come last', () => {
    const before = layoutOf();
    before.moveTo('grade', 'id');
    before.setHidden('name.last', true);
    before.setWidth('id', 99);
    const after = new GridLayout((text) => text.length);
    after.restore(JSON.parse(JSON.stringify(before.state)) as typeof before.state);
    // The same request again: other slots, one column less, one more.
    const again = ['late', 'grade', 'name.last', 'id'];
    after.setColumns(again.map((name, slot) => ({ slot, name, type: 'text', empty: 0 })));
    assert.deepEqual(names(after), ['grade', 'id', 'late']);
    assert.equal(after.widthOf({ slot: 3, name: 'id', type: 'text', empty: 0 }), 99);
  });

  test('widths follow the widest cell up to a limit, and not once somebody chose', () => {
    const layout = layoutOf();
    layout.setWidth('grade', 55);
    layout.suggestWidths(COLUMNS, [
      ['1', 'Ann', 'x'.repeat(500), '9'],
      ['2', 'Maximiliane Charlotte', null, '10'],
    ]);
    const [id, first, last, grade] = COLUMNS.map((column) => layout.widthOf(column));
    assert.ok(id && first && last && id < first && first < last && last < 300, `${id} ${first} ${last}`);
    assert.equal(grade, 55);
    layout.setWidth('grade', 1);
    assert.equal(layout.widthOf(COLUMNS[3] as TableColumn), 40);
  });

  test('names are shown without what all columns of a table have in front', () => {
    assert.equal(displayName('tables.students.dcid'), 'dcid');
    assert.equal(displayName('_extension_data.u_bike.permit'), 'u_bike.permit');
    assert.equal(displayName('name.first_name'), 'name.first_name');
    assert.equal(displayName('tables'), 'tables');
  });
});

describe('the selection', () => {
  test('moves inside the table, up into the header and not beyond', () => {
    const cells = selection();
    cells.moveBy(-5, -1);
    assert.deepEqual(cells.active, { row: -1, column: 0 });
    cells.moveBy(1000, 1000);
    assert.deepEqual(cells.active, { row: 99, column: 4 });
  });

  test('extends from where it began, and never into the header', () => {
    const cells = selection();
    cells.goTo({ row: 2, column: 2 });
    cells.moveBy(-10, 1, true);
    assert.deepEqual(cells.area, { top: 0, bottom: 3, left: 2, right: 4 });
    assert.ok(cells.has({ row: 0, column: 3 }) && !cells.has({ row: 3, column: 3 }));
  });

  test('whole rows and everything', () => {
    const cells = selection();
    cells.selectRow(4, false);
    cells.selectRow(2, true);
    assert.deepEqual(cells.area, { top: 2, bottom: 5, left: 0, right: 5 });
    cells.selectAll();
    assert.deepEqual(cells.area, { top: 0, bottom: 100, left: 0, right: 5 });
    cells.resize(0, 5);
    assert.equal(cells.active.row, -1);
  });
});

describe('keys', () => {
  test('move by cell, page and to the ends', () => {
    const cells = new CellSelection();
    cells.resize(100, 5);
    press('PageDown', {}, cells);
    press('End', {}, cells);
    assert.deepEqual(cells.active, { row: 20, column: 4 });
    press('End', { ctrlKey: true }, cells);
    press('Home', {}, cells);
    assert.deepEqual(cells.active, { row: 99, column: 0 });
    press('ArrowUp', { ctrlKey: true }, cells);
    press('ArrowRight', { metaKey: true }, cells);
    assert.deepEqual(cells.active, { row: 0, column: 4 });
  });

  test('in the header they sort, open the menu, move and size the column', () => {
    const cells = new CellSelection();
    cells.resize(100, 5);
    cells.goTo({ row: -1, column: 1 });
    assert.deepEqual(press(' ', { shiftKey: true }, cells), ['activate more']);
    assert.deepEqual(press('ArrowDown', { altKey: true }, cells), ['menu']);
    assert.deepEqual(press('F10', { shiftKey: true }, cells), ['menu']);
    assert.deepEqual(press('ArrowLeft', { altKey: true }, cells), ['column -1']);
    assert.deepEqual(press('ArrowRight', { altKey: true, shiftKey: true }, cells), ['width 10']);
  });

  test('what the table has no use for is left to the editor', () => {
    const cells = new CellSelection();
    cells.resize(100, 5);
    assert.deepEqual(press('p', { ctrlKey: true }, cells), []);
    assert.deepEqual(press('ArrowLeft', { altKey: true }, cells), []);
    assert.deepEqual(press('F1', {}, cells), []);
    assert.deepEqual(press('c', { ctrlKey: true }, cells), ['copy']);
  });
});

describe('rows of a window', () => {
  test('are cut out of blocks, and a block is asked for once', async () => {
    const { blocks, asked } = numbered();
    const rows = await blocks.rows(60, 130, 1000);
    assert.deepEqual([rows[0], rows.at(-1), rows.length], [['60'], ['129'], 70]);
    await blocks.rows(0, 190, 1000);
    assert.equal(new Set(asked).size, asked.length);
    assert.deepEqual(await blocks.rows(990, 1010, 1000).then(({ length }) => length), 10);
  });

  test('however far one scrolls, the page holds a few blocks', async () => {
    const { blocks, asked } = numbered();
    for (let at = 0; at < 1_000_000; at += 10_000) await blocks.rows(at, at + 40, 1_000_000);
    const before = asked.length;
    await blocks.rows(0, 40, 1_000_000);
    assert.ok(asked.length > before, 'the first block was forgotten');
  });

  test('rows of an arrangement that is over are never shown', async () => {
    const old = Promise.withResolvers<Row[]>();
    let word = 'old';
    const blocks = new RowBlocks(() => (word === 'old' ? old.promise : Promise.resolve([[word]])));
    const asked = blocks.rows(0, 1, 1);
    word = 'new';
    blocks.clear();
    old.resolve([['old']]);
    assert.deepEqual(await asked, [['new']]);
  });

  test('a block that failed is asked for again', async () => {
    let fails = true;
    const blocks = new RowBlocks(() => (fails ? Promise.reject(new Error('gone')) : Promise.resolve([['x']])));
    await assert.rejects(blocks.rows(0, 1, 1), /gone/);
    fails = false;
    assert.deepEqual(await blocks.rows(0, 1, 1), [['x']]);
  });
});

describe('choices', () => {
  test('a header goes through ascending, descending and none; more columns come after', () => {
    const choices = new RowChoices(layoutOf());
    choices.setSort('id', choices.nextSort('id'), false);
    choices.setSort('grade', choices.nextSort('grade'), true);
    choices.setSort('grade', choices.nextSort('grade'), true);
    assert.deepEqual(choices.sortKeys, [
      { slot: 0, descending: false },
      { slot: 3, descending: true },
    ]);
    assert.equal(choices.nextSort('grade'), undefined);
    choices.setSort('name.last', false, false);
    assert.deepEqual(choices.sortKeys, [{ slot: 2, descending: false }]);
  });

  test('what is hidden is not searched, and what is gone is not asked for', () => {
    const layout = layoutOf();
    const choices = new RowChoices(layout);
    choices.restore({
      sort: [{ name: 'gone', descending: true }],
      filters: [
        ['gone', 'x'],
        ['id', '>5'],
      ],
      search: 'ann',
    });
    layout.setHidden('grade', true);
    assert.deepEqual(choices.arrangement, {
      sort: [],
      filters: [{ slot: 0, text: '>5' }],
      search: 'ann',
      searched: [0, 1, 2],
    });
    assert.ok(choices.isFiltered(0) && !choices.isFiltered(1));
    choices.setFilter('id', ' ');
    assert.equal(choices.filterOf('id'), '');
  });
});

test('texts are filled, little is never nothing, lists are made readable', () => {
  assert.equal(fill('{0} of {1}', '1', 2), '1 of 2');
  assert.equal(
    percent(1, 100_000),
    (0.00001).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 2 }),
  );
  assert.match(percent(999, 1000), /99\D9/);
  assert.match(percent(1, 2), /^50\D*%$/);
  assert.equal(readable('[{"a":1}]'), '[\n  {\n    "a": 1\n  }\n]');
  assert.equal(readable('[no json'), '[no json');
});
