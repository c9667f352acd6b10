import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { Uri, commands, l10n, window, workspace } from 'vscode';
import { bodyFileName } from '../../core/output/bodyFile.ts';
import { formatSize } from '../../core/output/quantity.ts';
import { showError } from '../problems/showError.ts';
import type { ResponseView } from './responseView.ts';

/** *Save Response*: the whole body as the server sent it, to a file that the user chooses. */
export async function saveResponse(view: Pick<ResponseView, 'title' | 'headers' | 'body' | 'size'>): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const target = await window.showSaveDialog({
    title: l10n.t('Save Response'),
    defaultUri: Uri.joinPath(folder, bodyFileName(view.title, view.headers)),
  });
  if (!target) return;
  try {
    if (target.scheme === 'file') await writeFile(target.fsPath, view.body.read());
    else await workspace.fs.writeFile(target, await allOf(view.body.read()));
  } catch (error) {
    return showError(error);
  }
  const open = l10n.t('Open');
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const answer = await window.showInformationMessage(l10n.t('Saved {0} ({1}).', name, formatSize(view.size)), open);
  if (answer === open) await commands.executeCommand('vscode.open', target);
}

/** A file that is there is replaced; half of one is not left behind. */
async function writeFile(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(body, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function allOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
