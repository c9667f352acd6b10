import { FileType, RelativePattern, Uri, workspace } from 'vscode';
import { eventually } from './waiting.ts';

/**
 * Makes a folder and waits until the editor tells of it: on Linux it watches what is in a folder only from then on.
 * A folder above that is not there is made first in the same way.
 */
export async function makeFolder(folder: Uri): Promise<void> {
  if (await isThere(folder)) return;
  const above = Uri.joinPath(folder, '..');
  await makeFolder(above);
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(above, '*'), false, true, true);
  try {
    let told = false;
    const listener = watcher.onDidCreate((uri) => {
      told ||= uri.path === folder.path;
    });
    const watched = eventually(`watching ${folder.path}`, () => (told ? true : undefined), watcher.onDidCreate);
    await workspace.fs.createDirectory(folder);
    await watched;
    listener.dispose();
  } finally {
    watcher.dispose();
  }
}

/** Writes a file whose folder is watched when it comes. */
export async function writeWatched(file: Uri, bytes: Uint8Array | string): Promise<void> {
  await makeFolder(Uri.joinPath(file, '..'));
  await workspace.fs.writeFile(file, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
}

async function isThere(folder: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(folder)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
