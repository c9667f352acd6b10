import type { Diagnostic } from '../problem/diagnostic.ts';
import { applyEdits, type TextEdit } from '../text/textRange.ts';
import { lintText, type LintInput } from './lintText.ts';

/** When mends stand in each other's way, so many are tried one by one. */
const TRIES = 20;

/**
 * Applies the mends that have one right answer, as long as each round leaves less wrong than before: so it always
 * ends, and a second call changes nothing. A byte order mark, comments and layout stay.
 */
export function fixAll(input: Omit<LintInput, 'bytes' | 'text'> & { readonly text: string }): string {
  const mark = input.text.startsWith('\ufeff') ? '\ufeff' : '';
  const lint = (text: string): readonly Diagnostic[] => lintText({ ...input, text }).diagnostics;
  let text = input.text.slice(mark.length);
  let found = lint(text);
  for (;;) {
    const better = nextRound(text, found, lint);
    if (better === undefined) return mark + text;
    ({ text, found } = better);
  }
}

interface Round {
  readonly text: string;
  readonly found: readonly Diagnostic[];
}

function nextRound(
  text: string,
  found: readonly Diagnostic[],
  lint: (text: string) => readonly Diagnostic[],
): Round | undefined {
  const mends = found
    .flatMap(({ fixes }) => fixes.filter(({ automatic }) => automatic).slice(0, 1))
    .map(({ edits }) => edits);
  if (mends.length === 0) return undefined;
  for (const edits of [together(mends), ...mends.slice(0, TRIES)]) {
    const next = applyEdits(text, edits);
    const left = lint(next);
    if (isLess(measure(left), measure(found))) return { text: next, found: left };
  }
  return undefined;
}

/**
 * The mends that do not touch each other. The innermost of several at one place goes first, so that an inner
 * element is closed before the outer one.
 */
function together(mends: readonly (readonly TextEdit[])[]): TextEdit[] {
  const taken: TextEdit[] = [];
  let limit = Infinity;
  for (const edits of mends.toReversed()) {
    const start = Math.min(...edits.map(({ range }) => range.start));
    const end = Math.max(...edits.map(({ range }) => range.end));
    // all that was taken before lies behind this place
    if (end >= limit) continue;
    taken.push(...edits);
    limit = start;
  }
  return taken;
}

/**
 * How much is wrong, most fundamental first: as XML, in the root, in structure, by rules. A mend may bring less
 * fundamental findings to light, never more fundamental ones.
 */
function measure(found: readonly Diagnostic[]): readonly number[] {
  const counts = [0, 0, 0, 0];
  for (const { code } of found) {
    const number = Number(code.slice(-2));
    const level = number < 30 || code === 'PS450' ? 0 : number < 32 || code === 'PS451' ? 1 : number < 45 ? 2 : 3;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, count] of a.entries()) {
    const other = b[i] ?? 0;
    if (count !== other) return count < other;
  }
  return false;
}
