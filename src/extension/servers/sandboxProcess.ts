import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { commands, l10n, type Disposable } from 'vscode';
import type { Credentials, Server } from '../../core/powerschool/server.ts';
import { CONTEXT_KEYS } from '../contributions.ts';

/** Id of the sandbox that this window started. */
export const OWN_SANDBOX_ID = 'own-sandbox';

/** How long the district may take to be built before its start counts as failed. */
const START_LIMIT = 30_000;

export interface StartedSandbox {
  readonly server: Server;
  readonly credentials: Credentials;
}

/**
 * The sandbox district as a child of this window: the command line's `sandbox`, run by the editor's own executable.
 * Credentials come over the pipe, and the child ends when the pipe closes.
 */
export class SandboxProcess implements Disposable {
  readonly #cliPath: string;
  readonly #log: (line: string) => void;
  #child: ChildProcess | undefined;
  #started: StartedSandbox | undefined;

  constructor(extensionPath: string, log: (line: string) => void) {
    this.#cliPath = join(extensionPath, 'dist', 'cli.js');
    this.#log = log;
  }

  get started(): StartedSandbox | undefined {
    return this.#started;
  }

  /** Resolves when the district answers. Rejects with what the child said when it ended first. */
  start(onExit: (ended: Server) => void): Promise<StartedSandbox> {
    const child = fork(this.#cliPath, ['sandbox', '--json'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      this.#log(text.trimEnd());
    });
    return new Promise<StartedSandbox>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.stop();
        reject(new Error(l10n.t('The sandbox district did not start within {0} seconds.', START_LIMIT / 1000)));
      }, START_LIMIT);
      child.once('message', (message: unknown) => {
        clearTimeout(timer);
        const started = readStart(message);
        if (!started)
          return reject(new Error(l10n.t('The sandbox district answered in a way that is not understood.')));
        this.#started = started;
        void commands.executeCommand('setContext', CONTEXT_KEYS.sandboxRunning, true);
        resolve(started);
      });
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(timer);
        const ended = this.#started?.server;
        this.#child = undefined;
        this.#started = undefined;
        void commands.executeCommand('setContext', CONTEXT_KEYS.sandboxRunning, false);
        reject(new Error(said.trim() || l10n.t('The sandbox district ended with code {0}.', String(code))));
        if (ended) onExit(ended);
      });
    });
  }

  stop(): void {
    if (this.#child?.connected) this.#child.disconnect();
  }

  dispose(): void {
    this.stop();
  }
}

function readStart(message: unknown): StartedSandbox | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { url, clientId, clientSecret } = message as Record<string, unknown>;
  if (typeof url !== 'string' || typeof clientId !== 'string' || typeof clientSecret !== 'string') return undefined;
  return {
    server: { id: OWN_SANDBOX_ID, name: l10n.t('Sandbox District'), origin: new URL(url).origin, kind: 'sandbox' },
    credentials: { clientId, clientSecret },
  };
}
