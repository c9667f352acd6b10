import { formatTemplate, type Argument } from './phrase.ts';
import type { ProblemTable } from './problemCode.ts';

/** An expected failure that a user reads: what happened, what to do, and the raw cause one click away. */
export class ExplainedError extends Error {
  readonly code: string;
  readonly args: readonly Argument[];
  /** The sentence that says what to do next. */
  readonly mend: string;
  /** The server's own words, redacted; shown on request only. */
  readonly detail: string | undefined;

  constructor(
    code: string,
    message: string,
    mend: string,
    options: { args?: readonly Argument[]; detail?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ExplainedError';
    this.code = code;
    this.args = options.args ?? [];
    this.mend = mend;
    this.detail = options.detail;
  }

  /** The same error with its words changed: `change` gets every text that a user may see. */
  reworded(change: (text: string) => string): ExplainedError {
    const { code, message, mend, args, detail, cause } = this;
    return new ExplainedError(code, change(message), change(mend), {
      args: args.map((argument) => (typeof argument === 'string' ? change(argument) : argument)),
      detail: detail === undefined ? undefined : change(detail),
      cause,
    });
  }
}

/** Builds an error from its table row. */
export function explain<Code extends string>(
  table: ProblemTable<Code>,
  code: Code,
  args: readonly Argument[] = [],
  options: { detail?: string | undefined; cause?: unknown } = {},
): ExplainedError {
  const row = table[code];
  return new ExplainedError(code, formatTemplate(row.message, args), formatTemplate(row.mend, args), {
    args,
    ...options,
  });
}
