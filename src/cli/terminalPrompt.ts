import { createInterface } from 'node:readline/promises';
import type { CliIo } from './cliIo.ts';

/** Asks on the terminal; the question goes to stderr, since stdout is for results. Undefined when the input ends. */
export async function askOnTerminal(question: string, io: CliIo): Promise<string | undefined> {
  const lines = createInterface({ input: io.stdin, output: process.stderr, terminal: true });
  try {
    return await lines.question(`${question}: `, { signal: io.signal });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}
