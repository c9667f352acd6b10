import path from 'node:path';
import { checkout } from '../checkout.ts';
import { runCommand } from './runCommand.ts';

/** npm as a Node program where npm runs this script: on Windows `npm` itself is a script only a shell can start. */
export function npmCommand(): [string, ...string[]] {
  const program = process.env['npm_execpath'];
  if (program !== undefined && /^npm-cli\.c?js$/.test(path.basename(program))) return [process.execPath, program];
  if (process.platform === 'win32') return ['cmd.exe', '/d', '/s', '/c', 'npm'];
  return ['npm'];
}

/**
 * Runs a script of package.json and returns what it printed.
 *
 * @throws CommandFailure with that output when the script fails
 */
export function runNpmScript(name: string): Promise<string> {
  const [command, ...first] = npmCommand();
  return runCommand(command, [...first, 'run', '--silent', name], { cwd: checkout });
}
