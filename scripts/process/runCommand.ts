import { existsSync } from 'node:fs';
import path from 'node:path';
import { startKept } from './keptProcess.ts';

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Gets every line that the command prints; without it nothing is shown unless the command fails. */
  onLine?: (line: string) => void;
}

/** A command that did not succeed, with what it printed last. */
export class CommandFailure extends Error {
  readonly output: string;

  constructor(command: string, code: number, output: string) {
    super(`${command} ended with ${code}`);
    this.name = 'CommandFailure';
    this.output = output;
  }
}

const KEPT_LINES = 400;

/**
 * Runs a command to its end and returns what it printed. It ends with this process: an npm that outlives a killed
 * run would write into a folder that the next run is about to clear.
 *
 * @throws CommandFailure when it cannot start or ends with another code than 0
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const kept = startKept(command, args, options);
  const lines: string[] = [];
  const keep = (line: string): void => {
    options.onLine?.(line);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  for (const stream of [kept.stdout, kept.stderr]) readLines(stream, keep);
  const code = await kept.ended;
  if (code !== 0) throw new CommandFailure([path.basename(command), ...args].join(' '), code, lines.join('\n'));
  return lines.join('\n');
}

/** Calls back for every line of a stream, also the last one without a line end. */
export function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** Where a program is on the PATH, if it is there. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      const found = endings.map((ending) => path.join(folder, name + ending)).find((file) => existsSync(file));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
