import type { TextEdit, TextRange } from '../text/textRange.ts';
import { phrase, say, type Argument, type Phrase, type Wording } from './phrase.ts';
import type { ProblemTable, Severity } from './problemCode.ts';

/** A mend that the editor offers as a quick fix and `lint --fix` applies when `automatic`. */
export interface Fix {
  /** A plain text is one without arguments. */
  readonly title: string | Phrase;
  readonly edits: readonly TextEdit[];
  /** One right answer that keeps the meaning: `--fix` and *fix all* may apply it unasked. */
  readonly automatic: boolean;
}

/** One finding in one text. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  /** Arguments of the code's templates. */
  readonly args: readonly Argument[];
  /** What is wrong, and what to do. */
  readonly sentences: readonly Phrase[];
  /** The sentences in English. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** Builds a diagnostic from its table row: the message is "what is wrong" + " " + "what to do". */
export function diagnose<Code extends string>(
  table: ProblemTable<Code>,
  code: Code,
  range: TextRange,
  args: readonly Argument[] = [],
  fixes: readonly Fix[] = [],
): Diagnostic {
  const row = table[code];
  const sentences = [phrase(row.message, ...args), phrase(row.mend, ...args)];
  return { code, severity: row.severity, range, args, sentences, message: sentenceText(sentences), fixes };
}

/** The sentences of a diagnostic as one text. */
export function sentenceText(sentences: readonly Phrase[], wording?: Wording): string {
  return sentences
    .map((sentence) => say(sentence, wording))
    .join(' ')
    .trim();
}
