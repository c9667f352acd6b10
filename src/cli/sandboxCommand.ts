import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EXIT } from './exitCode.ts';
import { UsageError } from './usageError.ts';

/** `sandbox`: an invented district on this computer, until Ctrl+C or until the process that forked us ends. */
export async function runSandbox(args: Arguments, io: CliIo): Promise<number> {
  if (args.positionals.length > 0) throw new UsageError(`sandbox takes no argument; "${args.positionals[0]}" is one.`);
  const options = {
    port: args.count('port', 0, 65535) ?? 0,
    students: args.count('students', 0, 10_000_000),
    seed: args.count('seed', 0),
    latency: args.count('latency', 0, 600_000),
    plugins: args.texts('plugin'),
  };
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const sandbox = await startSandbox(options);
  try {
    const { url, clientId, clientSecret } = sandbox;
    io.parent?.send({ url, clientId, clientSecret });
    if (args.flag('json')) await io.stdout.write(`${JSON.stringify({ url, clientId, clientSecret })}\n`);
    else if (io.parent === undefined) await io.stdout.write(welcome(url, clientId, clientSecret));
    return await ended(io);
  } finally {
    await sandbox.stop();
  }
}

/** Resolves when somebody wants it to end. */
function ended(io: CliIo): Promise<number> {
  return new Promise((resolve) => {
    io.parent?.onDisconnect(() => {
      resolve(EXIT.good);
    });
    const cancelled = (): void => {
      resolve(EXIT.cancelled);
    };
    if (io.signal.aborted) cancelled();
    else io.signal.addEventListener('abort', cancelled, { once: true });
  });
}

function welcome(url: string, clientId: string, clientSecret: string): string {
  return `Sandbox district at ${url}

  POWERSCHOOL_URL=${url}
  POWERSCHOOL_CLIENT_ID=${clientId}
  POWERSCHOOL_CLIENT_SECRET=${clientSecret}

Invented data, on this computer only. Ctrl+C ends it.
`;
}
