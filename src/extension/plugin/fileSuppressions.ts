import { SuppressionFixes } from '../../core/plugin/suppressionFixes.ts';
import type { Diagnostic, Fix } from '../../core/problem/diagnostic.ts';
import { parseRequestFile } from '../../core/request/parse.ts';
import { suppressionFixes } from '../../core/request/suppressions.ts';

/** The comments that set findings of a file aside. What a plugin does not grant is found in request files too. */
export function suppressionsIn(path: string, text: string): (diagnostic: Diagnostic) => readonly Fix[] {
  if (path.endsWith('.ps.http')) {
    const file = parseRequestFile(text);
    return (diagnostic) => suppressionFixes(file, diagnostic);
  }
  const fixes = new SuppressionFixes(path, text);
  return (diagnostic) => fixes.of(diagnostic);
}
