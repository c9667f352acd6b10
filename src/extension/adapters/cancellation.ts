import type { CancellationToken } from 'vscode';

/** An `AbortSignal` that follows a `CancellationToken`. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
