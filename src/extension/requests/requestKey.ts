import type { Uri } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';

/**
 * A request keeps its key while requests are added and moved, as long as it has a name or title of its own. No two
 * requests of a file have the same.
 */
export function requestKey(uri: Uri, { name, title, index, alike }: RequestEntry): string {
  const label = name?.text ?? title?.text;
  return `${uri.toString()}#${label === undefined ? `:${index}` : alike === 0 ? label : `${label}:${alike}`}`;
}
