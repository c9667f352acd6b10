import { Uri, window, workspace, type TextEditor } from 'vscode';
import { LANGUAGES } from '../contributions.ts';
import { REQUEST_FILE_ENDING } from './requestDocuments.ts';

/** Opens an unsaved request file with this text, named after `name`, in the first workspace folder when there is one. */
export async function openNewRequest(name: string, text: string): Promise<TextEditor> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const document = folder
    ? await workspace.openTextDocument(await freeUri(folder, fileNameOf(name)))
    : await workspace.openTextDocument({ language: LANGUAGES.request });
  const editor = await window.showTextDocument(document, { preview: false });
  await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), text));
  return editor;
}

function fileNameOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'request'
  );
}

/** `students.ps.http`, or `students-2.ps.http` … when a file or an open document has that name. */
async function freeUri(folder: Uri, name: string): Promise<Uri> {
  for (let number = 1; ; number++) {
    const file = Uri.joinPath(folder, `${name}${number === 1 ? '' : `-${number}`}${REQUEST_FILE_ENDING}`);
    const open = workspace.textDocuments.some(({ uri }) => uri.path === file.path);
    if (!open && !(await exists(file))) return file.with({ scheme: 'untitled' });
  }
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
