import { commands, window, workspace, type TextDocument } from 'vscode';
import { RESPONSE_SCHEME } from '../../src/extension/contributions.ts';
import { eventually } from './waiting.ts';

/** Opens an unsaved request file. */
export async function openRequest(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: 'powerschool-http', content });
  await window.showTextDocument(document);
  return document;
}

/** Runs the first request of a document and gives the text of its answer. */
export async function runAndRead(document: TextDocument, limit?: number): Promise<string> {
  void commands.executeCommand('powerschool.runRequest', { uri: document.uri, index: 0 });
  const key = document.uri.toString();
  return eventually(
    'showing the answer',
    () =>
      window.visibleTextEditors
        .map((editor) => editor.document)
        .find(({ uri }) => uri.scheme === RESPONSE_SCHEME && uri.query.startsWith(key))
        ?.getText(),
    window.onDidChangeVisibleTextEditors,
    limit,
  );
}
