import { commands, languages, window, workspace, type Disposable, type Memento, type Uri } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, RESPONSE_SCHEME } from '../contributions.ts';
import { Grids } from '../grid/grids.ts';
import { BodyStore } from './bodyStore.ts';
import { HiddenFields } from './hiddenFields.ts';
import { ResponseDocuments } from './responseDocuments.ts';
import type { ResponseView } from './responseView.ts';

export interface Responses extends Disposable {
  readonly documents: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly hidden: HiddenFields;
  readonly grids: Grids;
}

/**
 * Response documents with their lens, and the command that shows the exchange behind one.
 * @param storage the folder for large bodies.
 * @param extensionUri the folder of the extension.
 * @param memory remembers whether personal fields are hidden in this workspace.
 */
export function registerResponses(storage: string, extensionUri: Uri, memory: Memento): Responses {
  const bodies = new BodyStore(storage);
  void removeOrphans(storage);
  const hidden = new HiddenFields(memory);
  const documents = new ResponseDocuments(bodies, hidden);
  const grids = new Grids({ documents, bodies, hidden, extensionUri });
  const registrations = together(
    bodies,
    hidden,
    documents,
    grids,
    workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, documents),
    languages.registerCodeLensProvider({ scheme: RESPONSE_SCHEME }, documents),
    commands.registerCommand(COMMANDS.addMissingFields, (grants: ResponseView['missingGrants']) =>
      commands.executeCommand(COMMANDS.addPluginField, { grants }),
    ),
    commands.registerCommand(COMMANDS.showSentRequest, async (uri?: Uri) => {
      const shown = uri ?? window.activeTextEditor?.document.uri;
      if (shown) await documents.showExchange(shown);
    }),
    commands.registerCommand(COMMANDS.saveResponse, async (uri?: Uri) => {
      const shown = uri ?? window.activeTextEditor?.document.uri;
      const view = shown && documents.viewOf(shown);
      if (!view) return;
      const { saveResponse } = await import('./shownAnswer.ts');
      await saveResponse(view);
    }),
  );
  return { documents, bodies, hidden, grids, dispose: () => registrations.dispose() };
}

async function removeOrphans(storage: string): Promise<void> {
  const { removeOrphanedBodies } = await import('./orphanedBodies.ts');
  await removeOrphanedBodies(storage, Date.now());
}
