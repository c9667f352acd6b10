import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import type { ProblemTable } from '../../problem/problemCode.ts';
import { readMessageKeys } from './messageKeys.ts';

/** What can be wrong with a file of MessageKeys by itself. */
export const MESSAGE_KEY_PROBLEMS = {
  PS485: {
    severity: 'warning',
    message: 'The key {0} is there twice.',
    mend: 'Remove one of the two.',
  },
  PS486: {
    severity: 'warning',
    message: 'The name {0} does not end in a country and a language, like .US_en.properties.',
    mend: 'Rename the file: NAME.US_en.properties.',
  },
} as const satisfies ProblemTable;

/** Checks one file of MessageKeys by itself. */
export function lintMessageKeys(fileName: string, text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (!/\.[A-Z]{2}_[a-z]{2}\.properties$/.test(name)) {
    found.push(diagnose(MESSAGE_KEY_PROBLEMS, 'PS486', { start: 0, end: 0 }, [name]));
  }
  const seen = new Set<string>();
  for (const { key, start, end } of readMessageKeys(text)) {
    if (seen.has(key)) found.push(diagnose(MESSAGE_KEY_PROBLEMS, 'PS485', { start, end }, [key]));
    seen.add(key);
  }
  return found;
}
