import type { CellSelection } from './cellSelection.ts';

/** The part of a key event that matters. */
export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface KeyActions {
  /** The active cell moved. */
  moved(): void;
  /** Enter in a cell, or in a header; `more` adds to the columns that are sorted. */
  activate(more: boolean): void;
  menu(): void;
  copy(): void;
  search(): void;
  /** Moves the column of the active header. */
  moveColumn(step: -1 | 1): void;
  /** Makes the column of the active header wider or narrower. */
  resizeColumn(pixels: number): void;
  escape(): void;
}

const RESIZE_STEP = 10;

function run(action: () => void): boolean {
  action();
  return true;
}

/** What a key does in the table, as in other grids: true when it did something. */
export function pressKey(
  event: PressedKey,
  selection: CellSelection,
  pageRows: number,
  rows: number,
  actions: KeyActions,
): boolean {
  const { key, shiftKey: shift, altKey: alt } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  const { row, column } = selection.active;
  const inHeader = row < 0;
  const move = (down: number, right: number): boolean => {
    selection.moveBy(down, right, shift);
    actions.moved();
    return true;
  };
  const goTo = (toRow: number, toColumn: number): boolean => {
    selection.goTo({ row: toRow, column: toColumn }, shift);
    actions.moved();
    return true;
  };
  const sideways = (step: -1 | 1): boolean => {
    if (alt && inHeader) {
      return run(() => (shift ? actions.resizeColumn(step * RESIZE_STEP) : actions.moveColumn(step)));
    }
    if (alt) return false;
    return ctrl ? goTo(row, step < 0 ? 0 : Infinity) : move(0, step);
  };
  switch (key) {
    case 'ArrowLeft':
      return sideways(-1);
    case 'ArrowRight':
      return sideways(1);
    case 'ArrowDown':
      if (alt && inHeader) return run(() => actions.menu());
      return ctrl ? goTo(rows - 1, column) : move(1, 0);
    case 'ArrowUp':
      return ctrl ? goTo(0, column) : move(-1, 0);
    case 'PageDown':
      return goTo(Math.max(0, row) + pageRows, column);
    case 'PageUp':
      return goTo(Math.max(0, row - pageRows), column);
    case 'Home':
      return goTo(ctrl ? 0 : row, 0);
    case 'End':
      return goTo(ctrl ? rows - 1 : row, Infinity);
    case 'Enter':
      return run(() => actions.activate(shift));
    case ' ':
      return inHeader ? run(() => actions.activate(shift)) : false;
    case 'Escape':
      return run(() => actions.escape());
    case 'F10':
    case 'ContextMenu':
      return inHeader && (key === 'ContextMenu' || shift) ? run(() => actions.menu()) : false;
    default:
  }
  if (!ctrl || alt) return false;
  if (key.toLowerCase() === 'a') {
    return run(() => {
      selection.selectAll();
      actions.moved();
    });
  }
  if (key.toLowerCase() === 'c') return run(() => actions.copy());
  return key.toLowerCase() === 'f' ? run(() => actions.search()) : false;
}
