import { commands, languages, window, workspace, type Disposable, type Uri } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, RESPONSE_SCHEME } from '../contributions.ts';
import { ResponseDocuments } from './responseDocuments.ts';
import type { ResponseView } from './responseView.ts';

/** Response documents with their lens, and the command that shows the exchange behind one. */
export function registerResponses(): Disposable & { readonly documents: ResponseDocuments } {
  const documents = new ResponseDocuments();
  const registrations = together(
    documents,
    workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, documents),
    languages.registerCodeLensProvider({ scheme: RESPONSE_SCHEME }, documents),
    commands.registerCommand(COMMANDS.addMissingFields, async (grants: ResponseView['missingGrants']) => {
      const { addGrants } = await import('../explorer/addField.ts');
      await addGrants(grants);
    }),
    commands.registerCommand(COMMANDS.showSentRequest, async (uri?: Uri) => {
      const shown = uri ?? window.activeTextEditor?.document.uri;
      if (shown) await documents.showExchange(shown);
    }),
  );
  return { documents, dispose: () => registrations.dispose() };
}
