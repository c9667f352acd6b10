import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Selected, Selection } from './selectionWorker.ts';

/** The built program has the thread's file beside it; the sources are run as they are. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './selectionWorker.ts' : './selectionWorker.js',
  import.meta.url,
);

/**
 * Looks for JSONPaths in a large file in a thread of its own: the extension host does not wait. Undefined when it is no
 * JSON. Rejects when that needs too much memory, or when too much is found.
 */
export async function selectInFile(selection: Selection): Promise<readonly (readonly unknown[])[] | undefined> {
  const worker = new Worker(WORKER, { workerData: selection, execArgv: [] });
  const ended = once(worker, 'exit').then(() => {
    throw new Error('The thread ended.');
  });
  try {
    const [selected] = (await Promise.race([once(worker, 'message'), ended])) as [Selected];
    if ('tooMuch' in selected) throw new Error('The paths find too much.');
    return selected.found;
  } finally {
    await worker.terminate();
  }
}
