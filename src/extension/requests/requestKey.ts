import type { Uri } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';

/** A request keeps its key while requests are added and moved, as long as it has a name or title. */
export function requestKey(uri: Uri, request: RequestEntry): string {
  return `${uri.toString()}#${request.name?.text ?? request.title?.text ?? request.index}`;
}
