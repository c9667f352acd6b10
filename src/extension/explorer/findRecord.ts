import { env, l10n, window, type QuickPickItem, type TextEditor } from 'vscode';
import { describeIds, type Candidate } from '../../core/catalog/lookup.ts';
import { LOOKUP_KINDS, type LookupKind } from '../../core/catalog/recordLookup.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { isRequestDocument } from '../requests/requestDocuments.ts';
import { pickRecord } from './recordPicker.ts';
import type { ServerReads } from './serverReads.ts';

/** *Find Student* and its likes: look a record up, see all of its ids, copy one or put it at the cursor. */
export async function findRecord(reads: ServerReads, server: Server, wanted?: LookupKind): Promise<void> {
  const kind = wanted ?? (await pickKind());
  if (kind === undefined) return;
  const picked = await pickRecord({ kind, server, reads, title: titleOf(kind, server) });
  if (picked?.kind === 'record') await useIds(picked.candidate);
}

async function useIds(candidate: Candidate): Promise<void> {
  const editor = window.activeTextEditor;
  const request = editor && isRequestDocument(editor.document) ? editor : undefined;
  const ids = [...candidate.ids].sort((a, b) => Number(b.inPath) - Number(a.inPath));
  const items = ids.flatMap(({ label, value, inPath }) => {
    const description = inPath ? l10n.t('what addresses want') : '';
    const copy = {
      label: `$(copy) ${l10n.t('Copy {0} {1}', label, value)}`,
      description,
      run: () => copyText(value, label),
    };
    const insert = { label: `$(insert) ${l10n.t('Insert {0} {1} at the cursor', label, value)}`, description };
    return request ? [copy, { ...insert, run: () => insertText(request, value) }] : [copy];
  });
  const title = candidate.title === '' ? candidate.value : candidate.title;
  const picked = await window.showQuickPick(items, { title, placeHolder: describeIds(candidate) });
  await picked?.run();
}

async function copyText(value: string, label: string): Promise<void> {
  await env.clipboard.writeText(value);
  window.setStatusBarMessage(l10n.t('{0} {1} copied', label, value), 4000);
}

async function insertText(editor: TextEditor, value: string): Promise<void> {
  await window.showTextDocument(editor.document, editor.viewColumn);
  await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, value);
  });
}

async function pickKind(): Promise<LookupKind | undefined> {
  const items: (QuickPickItem & { readonly lookup: LookupKind })[] = LOOKUP_KINDS.map((kind) => ({
    label: kindName(kind),
    lookup: kind,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('What do you look for?') });
  return picked?.lookup;
}

function titleOf(kind: LookupKind, server: Server): string {
  return `${kindName(kind)} · ${server.name}`;
}

function kindName(kind: LookupKind): string {
  switch (kind) {
    case 'student':
      return l10n.t('Student');
    case 'school':
      return l10n.t('School');
    case 'section':
      return l10n.t('Section');
    case 'staff':
      return l10n.t('Staff member');
    case 'user':
      return l10n.t('User (person)');
    case 'course':
      return l10n.t('Course');
    case 'term':
      return l10n.t('Term');
  }
}
