import { homedir } from 'node:os';
import { basename } from 'node:path';
import { Uri, l10n, window, workspace } from 'vscode';
import type { ExportState } from '../../core/output/exportState.ts';
import { findUnfinished } from '../../core/output/partFile.ts';
import type { RecordFormat } from '../../core/output/recordEncoder.ts';
import { kindLabel } from '../servers/serverKind.ts';
import { endingOf } from './exportForm.ts';
import type { ExportSource } from './exportSource.ts';

/** Reminds of what leaves the server: real children's records, or fields that are hidden on the screen. */
export async function confirmExport({ server }: ExportSource, hidden: boolean): Promise<boolean> {
  const real = server?.kind === 'production';
  if (!real && !hidden) return true;
  const go = l10n.t('Export');
  const lines = [
    ...(real
      ? [
          l10n.t(
            'The file will hold real records of people. Keep it where only those who may see them can, and delete it when it is no longer needed.',
          ),
        ]
      : []),
    ...(hidden ? [l10n.t('Personal fields are hidden on the screen only: the file will hold them.')] : []),
  ];
  const question = server
    ? l10n.t('Export records of {0} ({1})?', server.name, kindLabel(server.kind))
    : l10n.t('Export these records?');
  return (await window.showWarningMessage(question, { modal: true, detail: lines.join('\n\n') }, go)) === go;
}

/** Asks where the file goes; undefined when dismissed. Only disks of this computer: a part file grows there. */
export async function pickPlace(title: string, format: RecordFormat): Promise<string | undefined> {
  const { ending, name } = endingOf(format);
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ?? Uri.file(homedir());
  const uri = await window.showSaveDialog({
    title: l10n.t('Export Result'),
    saveLabel: l10n.t('Export'),
    defaultUri: Uri.joinPath(folder, `${title}.${ending}`),
    filters: { [name]: [ending] },
  });
  if (uri === undefined) return undefined;
  if (uri.scheme === 'file') return uri.fsPath;
  await window.showErrorMessage(l10n.t('An export can only be written to a folder on a disk.'));
  return undefined;
}

/** What to do about an unfinished export to the same file: its state to go on with it, `new`, or undefined to stop. */
export async function askUnfinished(file: string, source: ExportSource): Promise<ExportState | 'new' | undefined> {
  const state = await findUnfinished(file);
  if (state === undefined) return 'new';
  const resume = l10n.t('Resume');
  const restart = l10n.t('Start Again');
  const detail = l10n.t(
    '{0} records from {1} are in it. Starting again gives them up.',
    state.records.toLocaleString(),
    `${state.origin}${state.path}`,
  );
  const actions = source.kind === 'pages' && state.path !== '' ? [resume, restart] : [restart];
  const answer = await window.showWarningMessage(
    l10n.t('There is an unfinished export to {0}.', basename(file)),
    { modal: true, detail },
    ...actions,
  );
  if (answer === resume) return state;
  return answer === restart ? 'new' : undefined;
}
