import type { Readable, Writable } from 'node:stream';
import { OutputClosed } from './usageError.ts';

/** Everything a command touches outside itself. */
export interface CliIo {
  readonly stdin: Input;
  /** Results, and nothing else. */
  readonly stdout: TextOutput;
  /** Everything else. */
  readonly stderr: TextOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborts when the user presses Ctrl+C. */
  readonly signal: AbortSignal;
  /** The pipe to the process that forked this one. */
  readonly parent?: ParentPipe | undefined;
}

export type Input = Readable & { readonly isTTY?: boolean };

export interface ParentPipe {
  send(message: unknown): void;
  onDisconnect(listener: () => void): void;
}

export interface TextOutput {
  readonly isTerminal: boolean;
  /** Colour and progress are welcome: a terminal, and NO_COLOR is not set. */
  readonly isLively: boolean;
  /** Resolves when the data is written and its bytes may be changed. Throws `OutputClosed` when nobody reads any more. */
  write(data: string | Uint8Array): Promise<void>;
}

/** An output over a stream of Node's. */
export function streamOutput(
  stream: Writable & { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): TextOutput {
  let failure: unknown;
  stream.on('error', (error: Error) => {
    failure ??= 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF') ? new OutputClosed() : error;
  });
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    isLively: isTerminal && (env['NO_COLOR'] ?? '') === '',
    async write(data) {
      if (failure !== undefined) throw failure;
      if (data.length === 0) return;
      await new Promise<void>((resolve) => {
        stream.write(data, () => {
          resolve();
        });
      });
      if (failure !== undefined) throw failure;
    },
  };
}

/** Reads a stream to its end. */
export async function readAll(input: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
