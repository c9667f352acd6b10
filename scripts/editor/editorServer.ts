import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { startKept } from '../process/keptProcess.ts';
import { readLines, runCommand } from '../process/runCommand.ts';
import type { InstalledEditor } from './installEditor.ts';

/** Settings that keep the editor quiet, offline and the same on every machine. */
export const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

export interface EditorServerOptions {
  /** The folder for user data, extensions and the server's log; kept settings of an earlier start are replaced. */
  home: string;
  settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host and everything it starts. */
  env?: Readonly<Record<string, string>>;
  /** A port to take when it is free, so that a browser finds its state again; otherwise any free one. */
  preferredPort?: number;
  /** Without it anyone on this machine may connect: for short test runs. */
  connectionToken?: string;
  /** Runs tests that the address names and reports their end; then it shows neither notifications nor dialogs. */
  automation?: boolean;
}

export interface EditorServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly logFile: string;
  /** Settles when the server has ended by itself or was stopped. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/** Starts an editor's server on 127.0.0.1 and resolves when it takes connections. It ends with this process. */
export async function startEditorServer(editor: InstalledEditor, options: EditorServerOptions): Promise<EditorServer> {
  const userData = path.join(options.home, 'user-data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(
    path.join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, undefined, 2),
  );
  const token = options.connectionToken;
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  // Names the editor that this process may itself run in, whose command line would take over.
  for (const name of ['VSCODE_IPC_HOOK_CLI', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_TEST_CONTEXT'])
    delete env[name];
  if (token !== undefined) {
    // In a file, not an argument: other users of the machine can read the arguments of a process.
    await writeFile(path.join(options.home, 'connection-token'), token, { mode: 0o600 });
  }
  const server = startKept(
    editor.node,
    [
      editor.serverMain,
      '--host=127.0.0.1',
      `--port=${await freePort(options.preferredPort)}`,
      '--accept-server-license-terms',
      '--telemetry-level=off',
      ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensionsFolder(options.home)}`,
      token === undefined
        ? '--without-connection-token'
        : `--connection-token-file=${path.join(options.home, 'connection-token')}`,
    ],
    { env },
  );
  const logFile = path.join(options.home, 'server.log');
  const log = createWriteStream(logFile);
  const port = await new Promise<string>((resolve, reject) => {
    readLines(server.stderr, (line) => log.write(`${line}\n`));
    readLines(server.stdout, (line) => {
      log.write(`${line}\n`);
      const listening = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (listening !== undefined) resolve(listening);
    });
    void server.ended.then((code) => {
      log.end();
      reject(new Error(`The editor's server ended with ${code}. Its log: ${logFile}`));
    });
  });
  return { origin: `http://127.0.0.1:${port}`, logFile, ended: server.ended, stop: () => server.end() };
}

/** Installs a packaged extension for the server that will be started with the same `home`. */
export async function installExtension(editor: InstalledEditor, home: string, vsix: string): Promise<void> {
  await mkdir(extensionsFolder(home), { recursive: true });
  await runCommand(editor.node, [
    editor.serverMain,
    '--accept-server-license-terms',
    '--telemetry-level=off',
    `--user-data-dir=${path.join(home, 'user-data')}`,
    `--extensions-dir=${extensionsFolder(home)}`,
    `--install-extension=${vsix}`,
  ]);
}

function extensionsFolder(home: string): string {
  return path.join(home, 'extensions');
}

/** The preferred port if nobody has it, otherwise 0: the server then picks one. */
async function freePort(preferred: number | undefined): Promise<number> {
  if (preferred === undefined) return 0;
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(preferred, '127.0.0.1', () => probe.close(() => resolve(preferred)));
  });
}
