import { commands, type Disposable } from 'vscode';
import { COMMANDS } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import type { ClearAllOptions } from './clearAllData.ts';

/** *Clear All Data*: its code comes when it is asked for. */
export function registerCare(options: ClearAllOptions): Disposable {
  return commands.registerCommand(COMMANDS.clearAllData, async () => {
    try {
      const { clearAllData } = await import('./clearAllData.ts');
      await clearAllData(options);
    } catch (error) {
      await showError(error);
    }
  });
}
