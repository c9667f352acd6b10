import { l10n, window, type QuickPickItem } from 'vscode';
import type { RecordFormat } from '../../core/output/recordEncoder.ts';

/** How records look in the file. */
export interface ExportForm {
  readonly format: RecordFormat;
  readonly byteOrderMark: boolean;
}

type FormItem = QuickPickItem & { readonly form: ExportForm };

/** The ending of files of a format, and what save dialogs call them. */
export function endingOf(format: RecordFormat): { readonly ending: string; readonly name: string } {
  switch (format) {
    case 'csv':
      return { ending: 'csv', name: 'CSV' };
    case 'ndjson':
      return { ending: 'ndjson', name: 'NDJSON' };
    case 'json':
      return { ending: 'json', name: 'JSON' };
  }
}

/** Asks for the format; undefined when dismissed. */
export async function pickForm(title: string): Promise<ExportForm | undefined> {
  const items = [
    formItem('CSV', l10n.t('A table. Texts that a spreadsheet would run as formulas get an apostrophe.'), 'csv'),
    formItem(
      l10n.t('CSV for Excel'),
      l10n.t('The same with a byte order mark, so that Excel reads every letter right.'),
      'csv',
      true,
    ),
    formItem('NDJSON', l10n.t('A record a line, as the server sent it.'), 'ndjson'),
    formItem('JSON', l10n.t('One array of all records.'), 'json'),
  ];
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Which format?'),
    matchOnDetail: true,
    // Asked from the palette while a table has the focus, the editor gives the focus back to the table a moment later.
    ignoreFocusOut: true,
  });
  return picked?.form;
}

function formItem(label: string, detail: string, format: RecordFormat, byteOrderMark = false): FormItem {
  return { label, detail, form: { format, byteOrderMark } };
}
