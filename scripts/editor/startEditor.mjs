import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Settings that keep the editor quiet and the same on every machine. */
const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.experimental.share.enabled': false,
};

/**
 * Starts the editor's server on a free port of 127.0.0.1, with folders of its own below `home`.
 *
 * @param {{ serverMain: string, node: string }} editor
 * @param {{ home: string, settings?: Record<string, unknown>, env?: Record<string, string>, port?: number, development?: boolean }} options `development`: `workbenchUrl`
 *   may name an extension folder and tests; the editor then shows notifications in its list alone, not as toasts
 */
export async function startEditor(editor, { home, settings = {}, env = {}, port, development = true }) {
  const userData = join(home, 'user-data');
  const extensions = join(home, 'extensions');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(extensions, { recursive: true });
  await writeFile(
    join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2),
  );
  const chosen = port ?? (await freePort());
  const child = spawn(
    editor.node,
    [
      editor.serverMain,
      `--host=127.0.0.1`,
      `--port=${chosen}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensions}`,
      '--without-connection-token',
      '--accept-server-license-terms',
      ...(development ? ['--enable-smoke-test-driver'] : []),
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = new Promise((resolve) => child.once('exit', resolve));

  const url = `http://127.0.0.1:${chosen}`;
  await Promise.race([
    answers(url),
    exited.then((code) => {
      throw new Error(`The editor's server ended with ${code}\n${said}`);
    }),
  ]);
  return {
    url,
    port: chosen,
    extensions,
    /** Everything the server printed. */
    output: () => said,
    /** Ends the server; it ends its extension hosts. */
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

/**
 * The address that opens a folder; with `development`, the extension in that folder runs too, and with `tests` the
 * suite in that file.
 *
 * @param {{ url: string, port: number }} server
 * @param {{ folder?: string, development?: string, tests?: string }} what absolute paths
 */
export function workbenchUrl(server, { folder, development, tests }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${asUriPath(path)}`;
  const url = new URL(server.url);
  if (folder) url.searchParams.set('folder', asUriPath(folder));
  const payload = [['skipWelcome', 'true']];
  if (development) payload.push(['extensionDevelopmentPath', remote(development)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** `C:\x` is `/c:/x` in a URI. */
function asUriPath(path) {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Resolves when the server answers; gives up after a minute. */
async function answers(url) {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      await (await fetch(url, { redirect: 'manual' })).arrayBuffer();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
