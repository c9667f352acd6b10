import { applyEdits, type TextEdit } from '../text/textRange.ts';
import { lintText, type LintInput } from './lintText.ts';

/** Mends may bring new findings to light; this many rounds settle every file seen. */
const ROUNDS = 40;

/**
 * Applies every mend that has one right answer until nothing more can be mended, so that a second call changes
 * nothing. A byte order mark stays.
 */
export function fixAll(input: Omit<LintInput, 'bytes' | 'text'> & { readonly text: string }): string {
  const mark = input.text.startsWith('\ufeff') ? '\ufeff' : '';
  let text = input.text.slice(mark.length);
  const seen = new Set([text]);
  for (let round = 0; round < ROUNDS; round++) {
    const edits = automaticEdits(lintText({ ...input, text }).diagnostics);
    if (edits.length === 0) break;
    text = applyEdits(text, edits);
    // two mends that undo each other would go on for ever
    if (seen.has(text)) break;
    seen.add(text);
  }
  return mark + text;
}

/** The automatic mend of each finding, in order, leaving out what overlaps with one already taken. */
function automaticEdits(diagnostics: ReturnType<typeof lintText>['diagnostics']): TextEdit[] {
  const taken: TextEdit[] = [];
  let end = -1;
  for (const { fixes } of diagnostics) {
    const fix = fixes.find(({ automatic }) => automatic);
    if (fix === undefined) continue;
    const edits = [...fix.edits].sort((a, b) => a.range.start - b.range.start);
    if (edits.some(({ range }) => range.start <= end) || overlaps(edits, taken)) continue;
    taken.push(...edits);
    // one fix with places far apart ends the round: what lies between may move
    if (edits.length > 1) end = Math.max(end, edits.at(-1)?.range.end ?? end);
  }
  return taken;
}

function overlaps(edits: readonly TextEdit[], taken: readonly TextEdit[]): boolean {
  return edits.some(({ range: a }) => taken.some(({ range: b }) => a.start <= b.end && b.start <= a.end));
}
