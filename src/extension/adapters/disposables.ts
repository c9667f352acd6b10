import type { Disposable } from 'vscode';

/** One disposable for several, ended in the reverse order. */
export function together(...parts: Disposable[]): Disposable {
  return {
    dispose: () => {
      for (const part of parts.reverse()) part.dispose();
    },
  };
}
