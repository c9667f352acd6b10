import { Uri, workspace, type TextDocument } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import type { RequestParser } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';

/** A request where it is written. */
export interface RequestPlace {
  readonly document: TextDocument;
  readonly request: RequestEntry;
}

/** The request that an answer came from, by its key; undefined when it is not there any more. */
export async function findByKey(key: string, parser: RequestParser): Promise<RequestPlace | undefined> {
  const end = key.indexOf('#');
  if (end < 0) return undefined;
  const uri = key.slice(0, end);
  const known = workspace.textDocuments.find((document) => document.uri.toString() === uri);
  try {
    const document = known ?? (await workspace.openTextDocument(Uri.parse(uri, true)));
    const request = (await parser.parse(document)).requests.find((entry) => requestKey(document.uri, entry) === key);
    return request && { document, request };
  } catch {
    return undefined;
  }
}
