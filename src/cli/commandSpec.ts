import type { CliIo } from './cliIo.ts';
import type { Arguments } from './arguments.ts';

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Undefined for a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly help: string;
}

/** One command: how it is called, what it takes, and the module that does it, loaded when it is called. */
export interface CommandSpec {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** Sentences under the summary of its own help. */
  readonly details: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
  readonly load: () => Promise<Command>;
}

/** Resolves with the exit code. Throws `UsageError`, `ExplainedError`, or the reason of `io.signal`. */
export type Command = (args: Arguments, io: CliIo) => Promise<number>;
