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
export async function runAndRead(document: TextDocument, limit = 20_000): Promise<string> {
  const shown = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer was shown')), limit);
    const subscription = workspace.onDidOpenTextDocument((opened) => {
      if (opened.uri.scheme !== RESPONSE_SCHEME) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(opened.getText());
    });
  });
  await closeResponses();
  void commands.executeCommand('powerschool.runRequest', { uri: document.uri, index: 0 });
  return shown;
}

async function closeResponses(): Promise<void> {
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => (input as { uri?: { scheme: string } } | undefined)?.uri?.scheme === RESPONSE_SCHEME);
  await window.tabGroups.close(tabs);
  await eventually(
    'closing the answers',
    () => (workspace.textDocuments.some(({ uri }) => uri.scheme === RESPONSE_SCHEME) ? undefined : true),
    workspace.onDidCloseTextDocument,
  );
}
