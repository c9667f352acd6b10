import { commands, languages, window, workspace, type Disposable, type Uri } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, RESPONSE_SCHEME } from '../contributions.ts';
import { ResponseDocuments } from './responseDocuments.ts';

/** Response documents with their lens, and the command that shows the exchange behind one. */
export function registerResponses(): Disposable & { readonly documents: ResponseDocuments } {
  const documents = new ResponseDocuments();
  const registrations = together(
    documents,
    workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, documents),
    languages.registerCodeLensProvider({ scheme: RESPONSE_SCHEME }, documents),
    commands.registerCommand(COMMANDS.showSentRequest, async (uri?: Uri) => {
      const shown = uri ?? window.activeTextEditor?.document.uri;
      if (shown) await documents.showExchange(shown);
    }),
  );
  return { documents, dispose: () => registrations.dispose() };
}
