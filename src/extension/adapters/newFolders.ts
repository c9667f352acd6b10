import { FileType, RelativePattern, workspace, type Uri } from 'vscode';

/** What came at once beyond this is a build or an installation. */
const MOST_AT_ONCE = 200;

const MOST_FILES = 1000;

/** The files in those of the places that are folders, and in the folders in them. */
export async function filesInFolders(places: readonly Uri[]): Promise<Uri[]> {
  const files: Uri[] = [];
  const looked: string[] = [];
  // A folder stands before what is in it.
  for (const uri of places.slice(0, MOST_AT_ONCE).sort((a, b) => a.path.length - b.path.length)) {
    if (looked.some((folder) => uri.path.startsWith(folder)) || !(await isFolder(uri))) continue;
    looked.push(`${uri.path}/`);
    files.push(...(await workspace.findFiles(new RelativePattern(uri, '**'), '**/node_modules/**', MOST_FILES)));
  }
  return files;
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    // It went away again.
    return false;
  }
}
