import { commands, languages, window, workspace, type Disposable, type Uri } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, RESPONSE_SCHEME } from '../contributions.ts';
import { BodyStore } from './bodyStore.ts';
import { ResponseDocuments } from './responseDocuments.ts';
import type { ResponseView } from './responseView.ts';

export interface Responses extends Disposable {
  readonly documents: ResponseDocuments;
  readonly bodies: BodyStore;
}

/**
 * Response documents with their lens, and the command that shows the exchange behind one.
 * @param storage the folder for large bodies.
 */
export function registerResponses(storage: string): Responses {
  const bodies = new BodyStore(storage);
  void removeOrphans(storage);
  const documents = new ResponseDocuments(bodies);
  const registrations = together(
    bodies,
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
  return { documents, bodies, dispose: () => registrations.dispose() };
}

async function removeOrphans(storage: string): Promise<void> {
  const { removeOrphanedBodies } = await import('./orphanedBodies.ts');
  await removeOrphanedBodies(storage, Date.now());
}
