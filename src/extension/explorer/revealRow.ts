import type { TreeView } from 'vscode';
import { nodeId, type ExplorerNode } from './explorerNode.ts';
import type { ServerReads } from './serverReads.ts';

const MOST_TRIES = 4;
/** Milliseconds after which the editor has told what is selected now. */
const SELECTION_DELAY = 250;

/**
 * Opens the rows above one and selects it. What the server has to be asked for on the way is asked for first. The
 * editor gives up when a row is drawn anew at that moment, so it is told again then.
 */
export async function revealRow(view: TreeView<ExplorerNode>, node: ExplorerNode, reads: ServerReads): Promise<void> {
  await askOnTheWay(node, reads);
  const expand = node.kind === 'resource' || node.kind === 'table' || node.kind === 'powerQuery';
  for (let tries = 1; ; tries++) {
    try {
      await view.reveal(node, { select: true, focus: true, expand });
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, SELECTION_DELAY));
    const [selected] = view.selection;
    if (tries === MOST_TRIES || (selected && nodeId(selected) === nodeId(node))) return;
  }
}

async function askOnTheWay(node: ExplorerNode, reads: ServerReads): Promise<void> {
  if (node.kind === 'column') {
    await Promise.all([
      reads.tables(node.parent.parent.server),
      reads.columns(node.parent.parent.server, node.table.name),
    ]);
  } else if (node.kind === 'table') await reads.tables(node.parent.server);
  else if (node.kind === 'powerQuery') await reads.powerQueries(node.parent.server);
  else if (node.kind === 'expansion' || node.kind === 'extension')
    await reads.names(node.parent.server, node.parent.resource);
}
