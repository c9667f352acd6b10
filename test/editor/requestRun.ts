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
export async function runAndRead(document: TextDocument): Promise<string> {
  void commands.executeCommand('powerschool.runRequest', { uri: document.uri, index: 0 });
  return eventually('showing the answer', () => answerOf(document)?.getText(), window.onDidChangeVisibleTextEditors);
}

/** The answer to a request of the document, if it is in sight. */
export function answerOf(document: TextDocument): TextDocument | undefined {
  // The sign ends the name: Untitled-1 is not Untitled-12.
  const key = `${document.uri.toString()}#`;
  return window.visibleTextEditors
    .map((editor) => editor.document)
    .find(({ uri }) => uri.scheme === RESPONSE_SCHEME && uri.query.startsWith(key));
}
