import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, checkout } from '../checkout.ts';
import { startEditorServer } from '../editor/editorServer.ts';
import { CURRENT_EDITOR } from '../editor/editorVersion.ts';
import { installEditor } from '../editor/installEditor.ts';
import { workbenchAddress } from '../editor/workbenchAddress.ts';
import { runNpmScript } from '../process/npmScript.ts';
import { CommandFailure } from '../process/runCommand.ts';
import { openDefaultBrowser } from './defaultBrowser.ts';
import { openDesktopEditor } from './desktopEditor.ts';
import { developmentEnvironment, startDevelopmentSandbox } from './developmentSandbox.ts';
import { fillScratchWorkspace } from './scratchWorkspace.ts';
import { serveShortAddress } from './shortAddress.ts';

/** Kept from start to start, so that a browser finds the layout it left: it belongs to the address. */
const EDITOR_PORT = 43_117;

const home = path.join(cacheFolder, 'start');
const workspace = path.join(home, 'workspace');
const endings: (() => Promise<void> | void)[] = [];
let ending: Promise<void> | undefined;

/** Ends what was started, the last first, and then this process; however often it is asked. */
function endAll(code: number): Promise<void> {
  ending ??= (async () => {
    for (const end of endings.toReversed()) await end();
    process.exit(code);
  })();
  return ending;
}

/** When a part ends by itself, nothing is left to look at. */
function endWith(part: string, ended: Promise<number>): void {
  void ended.then((code) => {
    if (ending === undefined) console.error(`${part} ended (${code}).`);
    return endAll(code);
  });
}

async function start({ desktop, build }: { desktop: boolean; build: boolean }): Promise<void> {
  if (build) {
    console.log('Building …');
    await runNpmScript('build');
  }
  await mkdir(home, { recursive: true });
  await fillScratchWorkspace(path.join(checkout, 'media', 'sample-workspace'), workspace);

  const editor = desktop ? undefined : await installEditor(CURRENT_EDITOR);
  console.log('Starting the sandbox district …');
  const sandbox = await startDevelopmentSandbox();
  endings.push(() => sandbox.process.end());
  endWith('The sandbox district', sandbox.process.ended);
  const env = developmentEnvironment(sandbox);

  if (editor === undefined) {
    const window = await openDesktopEditor({
      home: path.join(home, 'desktop'),
      workspace,
      developmentExtension: checkout,
      env,
    });
    endings.push(() => window.close());
    endWith('VS Code', window.closed);
    announce('opens in a window of its own', sandbox.url);
    return;
  }
  console.log('Starting VS Code …');
  const connectionToken = await keptToken();
  const server = await startEditorServer(editor, {
    home: path.join(home, 'editor'),
    env,
    connectionToken,
    preferredPort: EDITOR_PORT,
    settings: { 'workbench.startupEditor': 'readme' },
  });
  endings.push(() => server.stop());
  endWith(`The editor's server, whose log is ${server.logFile},`, server.ended);
  const address = workbenchAddress(
    server.origin,
    { folder: workspace, developmentExtension: checkout },
    connectionToken,
  );
  const short = await serveShortAddress(address);
  endings.push(() => short.close());
  announce(short.address, sandbox.url);
  openDefaultBrowser(short.address);
}

function announce(place: string, sandboxUrl: string): void {
  console.log(`
  VS Code            ${place}
  Sandbox district   ${sandboxUrl} (in the editor, already signed in)
  Workspace          ${workspace}

Ctrl+C ends everything.`);
}

/** The right to connect, the same at every start: a tab that stayed open connects again. */
async function keptToken(): Promise<string> {
  const file = path.join(home, 'token');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') return kept;
  const token = randomBytes(24).toString('base64url');
  await writeFile(file, token, { mode: 0o600 });
  return token;
}

const { values } = parseArgs({
  options: { desktop: { type: 'boolean', default: false }, build: { type: 'boolean', default: true } },
  allowNegative: true,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void endAll(0));
try {
  await start(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof CommandFailure) console.error(error.output);
  await endAll(1);
}
