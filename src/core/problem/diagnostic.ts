import type { TextEdit, TextRange } from '../text/textRange.ts';
import { formatTemplate, type ProblemTable, type Severity } from './problemCode.ts';

/** A mend that the editor offers as a quick fix and `lint --fix` applies when `automatic`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** One right answer that keeps the meaning: `--fix` and *fix all* may apply it unasked. */
  readonly automatic: boolean;
}

/** One finding in one text. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  /** Arguments of the code's templates; `message` is already filled in (English). */
  readonly args: readonly (string | number)[];
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** Builds a diagnostic from its table row: the message is "what is wrong" + " " + "what to do". */
export function diagnose<Code extends string>(
  table: ProblemTable<Code>,
  code: Code,
  range: TextRange,
  args: readonly (string | number)[] = [],
  fixes: readonly Fix[] = [],
): Diagnostic {
  const row = table[code];
  return {
    code,
    severity: row.severity,
    range,
    args,
    message: `${formatTemplate(row.message, args)} ${formatTemplate(row.mend, args)}`.trim(),
    fixes,
  };
}
