import { ExplainedError } from '../core/problem/explainedError.ts';
import { parseArguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { COMMANDS } from './commands.ts';
import type { CommandSpec } from './commandSpec.ts';
import { EXIT, exitCodeOfError } from './exitCode.ts';
import { commandHelp, generalHelp } from './help.ts';
import { OutputClosed, UsageError } from './usageError.ts';
import { VERSION } from './version.ts';

/** Runs one command line. Never throws; resolves with the exit code when nothing of it is left running. */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const code = exitCodeOfError(error, io.signal.aborted);
    await io.stderr.write(explainFailure(error, io)).catch(() => undefined);
    return code;
  }
}

async function dispatch(argv: readonly string[], io: CliIo): Promise<number> {
  const [first] = argv;
  if (first === '--version' || first === '-v') {
    await io.stdout.write(`${VERSION}\n`);
    return EXIT.good;
  }
  if (first === undefined) {
    await io.stderr.write(generalHelp());
    return EXIT.usage;
  }
  if (first === '--help' || first === '-h' || first === 'help') {
    const command = argv.length > 1 ? findCommand(argv.slice(1)) : undefined;
    if (argv.length > 1 && command === undefined) throw unknownCommand(argv[1] ?? '');
    await io.stdout.write(command === undefined ? generalHelp() : commandHelp(command.spec));
    return EXIT.good;
  }
  const command = findCommand(argv);
  if (command === undefined) throw unknownCommand(first);
  const { spec, rest } = command;
  if (rest.includes('--help') || rest.includes('-h')) {
    await io.stdout.write(commandHelp(spec));
    return EXIT.good;
  }
  const args = parseArguments(spec.options, rest);
  const run = await spec.load();
  const code = await run(args, io);
  return io.signal.aborted ? EXIT.cancelled : code;
}

/** The command whose name (one or two words) starts the line. */
function findCommand(words: readonly string[]): { spec: CommandSpec; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const spec = COMMANDS.find((command) => command.name === name);
    if (spec !== undefined) return { spec, rest: words.slice(length) };
  }
  return undefined;
}

function unknownCommand(word: string): UsageError {
  const names = COMMANDS.map(({ name }) => name);
  return new UsageError(`"${word}" is no command. There are: ${names.join(', ')}.`);
}

function explainFailure(error: unknown, io: CliIo): string {
  if (error instanceof OutputClosed) return '';
  if (io.signal.aborted) return 'Cancelled.\n';
  if (error instanceof UsageError) return `${error.message}\nSee powerschool-explorer --help.\n`;
  if (error instanceof ExplainedError) return `${error.code}: ${error.message} ${error.mend}\n`;
  return `This is a fault of powerschool-explorer itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
