import { workspace, type Uri } from 'vscode';
import type { EnvironmentFile } from '../../core/request/environment.ts';

/**
 * The environment files that apply to a request document. An unsaved document lies where it would be saved; without a
 * folder it has none.
 */
export async function environmentsOf(uri: Uri): Promise<readonly EnvironmentFile[]> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (uri.scheme === 'untitled' && !folder) return [];
  const { findEnvironmentFiles } = await import('./requestReading.ts');
  return findEnvironmentFiles(uri.scheme === 'untitled' && folder ? folder.with({ path: uri.path }) : uri);
}
