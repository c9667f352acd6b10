import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import { PLUGIN_PROBLEMS } from '../problems/pluginProblems.ts';
import { wholeLines } from '../schema/structureFixes.ts';
import { readMessageKeys } from './messageKeys.ts';

/** Checks one file of MessageKeys by itself. */
export function lintMessageKeys(fileName: string, text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (!/\.[A-Z]{2}_[a-z]{2}\.properties$/.test(name)) {
    found.push(diagnose(PLUGIN_PROBLEMS, 'PS486', { start: 0, end: 0 }, [name]));
  }
  const seen = new Map<string, string>();
  for (const { key, start, end, lineEnd } of readMessageKeys(text)) {
    const line = text.slice(start, lineEnd);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, line);
    else {
      const edits = [{ range: wholeLines(text, start, lineEnd), text: '' }];
      // the one that counts is the last
      const fix = { title: 'Remove the second one', automatic: first === line, edits };
      found.push(diagnose(PLUGIN_PROBLEMS, 'PS485', { start, end }, [key], [fix]));
    }
  }
  return found;
}
