import { csvCell } from '../output/csvCell.ts';
import { csvHeader } from '../output/csvRows.ts';
import type { RecordTable } from './recordTable.ts';

export type TextFormat = 'tsv' | 'tsvWithHeader' | 'csv' | 'json';

/** A rectangle of cells: rows `from` up to `to`, the columns in the order in which they are shown. */
export interface CellRange {
  readonly from: number;
  readonly to: number;
  readonly slots: readonly number[];
}

/**
 * Cells as text for the clipboard. Tab-separated cells are quoted where a spreadsheet needs it; CSV has names and is
 * defused as an exported file is; JSON is a list of objects, their numbers as the server wrote them.
 * @param most characters after which it ends; the rows that fitted are told.
 */
export async function tableText(
  table: RecordTable,
  { from, to, slots }: CellRange,
  format: TextFormat,
  most: number,
): Promise<{ readonly text: string; readonly rows: number }> {
  const names = slots.map((slot) => table.columns[slot]?.name ?? '');
  const parts: string[] = [];
  if (format === 'csv') parts.push(csvHeader(names));
  if (format === 'tsvWithHeader') parts.push(`${names.map(tabCell).join('\t')}\n`);
  const done = { length: 0, rows: 0 };
  for (let at = from; at < to && done.length <= most; at += ROWS_AT_ONCE) {
    await table.visit(at, Math.min(to, at + ROWS_AT_ONCE), (cells) => {
      if (done.length > most) return;
      const line =
        format === 'json'
          ? `${done.rows === 0 ? '[\n' : ',\n'}  {${slots.map((slot, index) => ` ${JSON.stringify(names[index])}: ${cells.json(slot)}`).join(',')} }`
          : format === 'csv'
            ? `${slots.map((slot) => csvCell(cells.text(slot) ?? '', false)).join(',')}\r\n`
            : `${slots.map((slot) => tabCell(cells.text(slot) ?? '')).join('\t')}\n`;
      parts.push(line);
      done.length += line.length;
      done.rows++;
    });
  }
  if (format === 'json') parts.push(done.rows === 0 ? '[]\n' : '\n]\n');
  const text = parts.join('');
  // A single cell or line is pasted into a line: no line end behind it.
  return { text: format.startsWith('tsv') ? text.replace(/\n$/, '') : text, rows: done.rows };
}

const ROWS_AT_ONCE = 500;

function tabCell(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
