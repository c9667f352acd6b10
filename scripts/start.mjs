// `npm start`: VS Code on the sample workspace, with the extension loaded and a sandbox district already signed in.
// `npm start -- --desktop` uses the VS Code that is installed. Ctrl+C ends everything.
import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { cacheFolder, checkout } from './editor/checkout.mjs';
import { installEditor } from './editor/installEditor.mjs';
import { run } from './editor/run.mjs';
import { startEditor, workbenchUrl } from './editor/startEditor.mjs';

const { values } = parseArgs({ options: { desktop: { type: 'boolean', default: false } } });
const home = join(cacheFolder, 'start');
const ending = [];
let stopping;

/** Ends what was started, the last first; once. */
function stop(code) {
  stopping ??= (async () => {
    for (const end of ending.reverse()) await end();
    process.exit(code);
  })();
  return stopping;
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

console.log('Building …');
await run('npm', ['run', '--silent', 'build'], { cwd: checkout });

// A copy, kept between starts: what is tried out there does not touch the checkout.
const workspace = join(home, 'workspace');
if (!existsSync(workspace)) {
  await mkdir(home, { recursive: true });
  await cp(join(checkout, 'media', 'sample-workspace'), workspace, { recursive: true });
}

const sandbox = await startSandbox();
const server = JSON.stringify({ name: 'Sandbox District', ...sandbox });

if (values.desktop) await openDesktop(server);
else await openInBrowser(server);

/** The sandbox district as the command line starts it; it ends with this process. */
function startSandbox() {
  const child = spawn(process.execPath, [join(checkout, 'dist', 'cli.js'), 'sandbox', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  ending.push(async () => {
    child.kill();
    await exited;
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    void exited.then((code) => {
      reject(new Error(`The sandbox district ended with ${code}.`));
      void stop(1);
    });
  });
}

async function openInBrowser(developmentServer) {
  const editor = await startEditor(await installEditor('current'), {
    home,
    settings: { 'workbench.startupEditor': 'readme' },
    env: { POWERSCHOOL_DEV_SERVER: developmentServer },
  });
  ending.push(() => editor.stop());
  const url = workbenchUrl(editor, { folder: workspace, development: checkout });
  console.log(`\nVS Code:           ${url}`);
  console.log(`Sandbox district:  ${sandbox.url}`);
  console.log('\nNotifications are behind the bell at the bottom right. Ctrl+C ends everything.');
  openDefaultBrowser(url);
}

async function openDesktop(developmentServer) {
  const code = spawn(
    process.platform === 'win32' ? 'code.cmd' : 'code',
    ['--wait', '--new-window', `--extensionDevelopmentPath=${checkout}`, workspace],
    {
      env: { ...process.env, POWERSCHOOL_DEV_SERVER: developmentServer },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  code.once('error', () => {
    console.error('There is no command "code". Install VS Code with its shell command, or use npm start alone.');
    void stop(1);
  });
  code.once('exit', (status) => void stop(status ?? 0));
  console.log(`\nSandbox district:  ${sandbox.url}\nClosing the window or Ctrl+C ends everything.`);
}

/** Opens the address for a person at this machine; elsewhere the printed address has to do. */
function openDefaultBrowser(url) {
  const { env, platform } = process;
  if (env.CI || (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return;
  const [command, args] =
    platform === 'win32'
      ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
      : [platform === 'darwin' ? 'open' : 'xdg-open', [url]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}
