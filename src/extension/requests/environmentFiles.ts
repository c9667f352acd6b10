import { Uri, workspace } from 'vscode';
import {
  ENVIRONMENT_FILE,
  PRIVATE_ENVIRONMENT_FILE,
  parseEnvironmentFile,
  type EnvironmentFile,
} from '../../core/request/environment.ts';

/**
 * The environment files beside a request file and in the folders above it, up to the workspace folder; the nearest
 * first. Throws the `ExplainedError` of a file that cannot be read as one.
 */
export async function findEnvironmentFiles(requestFile: Uri): Promise<EnvironmentFile[]> {
  const top = workspace.getWorkspaceFolder(requestFile)?.uri;
  const found: EnvironmentFile[] = [];
  for (let folder = Uri.joinPath(requestFile, '..'); ; folder = Uri.joinPath(folder, '..')) {
    for (const name of [PRIVATE_ENVIRONMENT_FILE, ENVIRONMENT_FILE]) {
      const file = await readEnvironmentFile(Uri.joinPath(folder, name));
      if (file) found.push(file);
    }
    if (!top || !folder.path.startsWith(`${top.path}/`)) return found;
  }
}

async function readEnvironmentFile(uri: Uri): Promise<EnvironmentFile | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
  const parsed = parseEnvironmentFile(new TextDecoder().decode(bytes), uri.fsPath);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}
