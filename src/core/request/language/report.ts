import { editDistance } from '../../catalog/nearest.ts';
import { diagnose, type Diagnostic, type Fix } from '../../problem/diagnostic.ts';
import { phrase, type Argument, type Phrase } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import { lineStartAt } from '../textLines.ts';
import { REQUEST_PROBLEMS, type RequestProblemCode } from '../requestProblems.ts';

/** Takes the findings of one file. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];

  add(code: RequestProblemCode, range: TextRange, args: readonly Argument[] = [], fixes: readonly Fix[] = []): void {
    this.diagnostics.push(diagnose(REQUEST_PROBLEMS, code, range, args, fixes));
  }
}

/** A fix that puts one text in the place of a range. */
export function replaceFix(title: string | Phrase, range: TextRange, text: string, automatic = false): Fix {
  return { title, edits: [{ range, text }], automatic };
}

/** A fix that takes lines away, with the line end behind them. */
export function removeLines(title: string | Phrase, text: string, range: TextRange): Fix {
  const end = text.indexOf('\n', range.end);
  const lines = { start: lineStartAt(text, range.start), end: end < 0 ? text.length : end + 1 };
  return replaceFix(title, lines, '');
}

/** The name nearest to a misspelt one, when it is near enough to be meant. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  if (wanted.length > 80) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.min(3, Math.floor(wanted.length / 3))) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** The sentence and the fix for a misspelt name. */
export function suggestion(
  written: string,
  range: TextRange,
  names: Iterable<string>,
  otherwise: string | Phrase,
): { mend: Argument; fixes: Fix[] } {
  const near = nearestName(written, names);
  if (near === undefined) return { mend: typeof otherwise === 'string' ? phrase(otherwise) : otherwise, fixes: [] };
  return { mend: didYouMean(near), fixes: [changeFix(range, near)] };
}

export function didYouMean(name: string): Phrase {
  return phrase('Did you mean "{0}"?', name);
}

/** Puts the right name in the place of a wrong one. */
export function changeFix(range: TextRange, name: string): Fix {
  return replaceFix(phrase('Change to "{0}"', name), range, name);
}
