import path from 'node:path';
import { checkout } from '../checkout.ts';
import { startKept, type KeptProcess } from '../process/keptProcess.ts';
import { readLines } from '../process/runCommand.ts';

/** The sandbox district of one start. */
export interface DevelopmentSandbox {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly process: KeptProcess;
}

/** Starts the built command line's `sandbox` and resolves with what it says when it takes requests. */
export async function startDevelopmentSandbox(): Promise<DevelopmentSandbox> {
  const program = path.join(checkout, 'dist', 'cli.js');
  const kept = startKept(process.execPath, [program, 'sandbox', '--json']);
  const said: string[] = [];
  readLines(kept.stderr, (line) => said.push(line));
  const first = await new Promise<string>((resolve, reject) => {
    readLines(kept.stdout, resolve);
    void kept.ended.then((code) =>
      reject(new Error(`The sandbox district ended with ${code}.\n${said.slice(-20).join('\n')}`)),
    );
  });
  const { url, clientId, clientSecret } = JSON.parse(first) as Omit<DevelopmentSandbox, 'process'>;
  return { url, clientId, clientSecret, process: kept };
}

/**
 * The environment in which the extension, in development mode, finds the sandbox. A variable, because arguments are
 * shown to everyone on the machine and files stay.
 */
export function developmentEnvironment(sandbox: DevelopmentSandbox): Record<string, string> {
  const { url, clientId, clientSecret } = sandbox;
  return { POWERSCHOOL_DEV_SERVER: JSON.stringify({ name: 'Sandbox District', url, clientId, clientSecret }) };
}
