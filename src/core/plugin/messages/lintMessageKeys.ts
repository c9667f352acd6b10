import { diagnose, type Diagnostic } from '../../problem/diagnostic.ts';
import { PLUGIN_PROBLEMS } from '../problems/pluginProblems.ts';
import { readMessageKeys } from './messageKeys.ts';

/** Checks one file of MessageKeys by itself. */
export function lintMessageKeys(fileName: string, text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (!/\.[A-Z]{2}_[a-z]{2}\.properties$/.test(name)) {
    found.push(diagnose(PLUGIN_PROBLEMS, 'PS486', { start: 0, end: 0 }, [name]));
  }
  const seen = new Set<string>();
  for (const { key, start, end } of readMessageKeys(text)) {
    if (seen.has(key)) found.push(diagnose(PLUGIN_PROBLEMS, 'PS485', { start, end }, [key]));
    seen.add(key);
  }
  return found;
}
