import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { checkout } from '../../../scripts/checkout.ts';
import { BROWSER_FLAGS, getBrowser } from '../../../scripts/editor/browser.ts';
import { installExtension, startEditorServer, type EditorServer } from '../../../scripts/editor/editorServer.ts';
import { CURRENT_EDITOR, type EditorVersion } from '../../../scripts/editor/editorVersion.ts';
import { installEditor, type InstalledEditor } from '../../../scripts/editor/installEditor.ts';
import { installOnce } from '../../../scripts/editor/installOnce.ts';
import { workbenchAddress } from '../../../scripts/editor/workbenchAddress.ts';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox.ts';
import { Workbench } from './workbench.ts';

const VSIX = path.join(checkout, 'dist', 'powerschool-api-explorer.vsix');

/** Milliseconds that one step of a user may take, on a slow machine with other work. */
export const STEP_LIMIT = 60_000;

export interface EditorSessionOptions {
  /** The vsix, installed as a user's editor installs it, or the checkout in development mode as `npm start` loads it. */
  extension: 'packaged' | 'development';
  version?: EditorVersion;
  settings?: Readonly<Record<string, unknown>>;
  /** Further packed extensions, installed before the first start. */
  otherExtensions?: readonly string[];
  /** Environment of the editor's server, made from the district that the session starts. */
  env?: (sandbox: RunningSandbox) => Readonly<Record<string, string>>;
  /** A module that runs inside the extension host, beside an extension in development mode: `run(): Promise<void>`. */
  hostModule?: string;
  /** Packages to install on the district, as paths from the checkout. */
  plugins?: readonly string[];
  /** Changes the copy of the sample workspace before the editor opens it. */
  prepare?: (workspace: string) => Promise<void>;
  /** CSS pixels. */
  viewport?: { width: number; height: number };
  /** Device pixels for one CSS pixel. */
  deviceScale?: number;
}

/** A clean editor with the extension, a sandbox district, and a copy of the sample workspace. */
export interface EditorSession {
  readonly workbench: Workbench;
  readonly sandbox: RunningSandbox;
  /** Everything that the editor writes lies below. */
  readonly home: string;
  readonly workspace: string;
  close(): Promise<void>;
}

/** Installs the vsix into the cache as a user's editor does, once for all test files, and copies what that made. */
async function putInstalled(editor: InstalledEditor, home: string): Promise<void> {
  const sum = createHash('sha256')
    .update(await readFile(VSIX))
    .digest('hex');
  const { vscode } = editor.version;
  const installed = await installOnce(`installed/${vscode}-${sum.slice(0, 16)}`, async (folder) => {
    const cache = path.dirname(folder);
    const older = (await readdir(cache)).filter((name) => name.startsWith(vscode) && name !== path.basename(folder));
    for (const name of older) if (!name.endsWith('.lock')) await rm(path.join(cache, name), { recursive: true });
    await installExtension(editor, folder, VSIX);
  });
  await cp(path.join(installed, 'extensions'), path.join(home, 'extensions'), { recursive: true });
}

/** Starts from nothing: no settings of a user, no other extension. Needs `npm run package` for the packaged one. */
export async function openEditor(options: EditorSessionOptions): Promise<EditorSession> {
  const started: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of started.toReversed()) await end();
  };
  try {
    const home = await mkdtemp(path.join(tmpdir(), 'powerschool-e2e-'));
    started.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const workspace = path.join(home, 'workspace');
    await mkdir(path.join(home, 'editor'));
    const [editor, executablePath, sandbox] = await Promise.all([
      installEditor(options.version ?? CURRENT_EDITOR),
      getBrowser(),
      startSandbox({ students: 200, plugins: options.plugins?.map((folder) => path.join(checkout, folder)) }),
      cp(path.join(checkout, 'media', 'sample-workspace'), workspace, { recursive: true }),
    ]);
    started.push(() => sandbox.stop());
    await options.prepare?.(workspace);

    const serve = async (): Promise<EditorServer> => {
      const editorHome = path.join(home, 'editor');
      if (options.extension === 'packaged') await putInstalled(editor, editorHome);
      for (const vsix of options.otherExtensions ?? []) await installExtension(editor, editorHome, vsix);
      const server = await startEditorServer(editor, {
        home: editorHome,
        automation: options.hostModule !== undefined,
        ...(options.settings === undefined ? {} : { settings: options.settings }),
        ...(options.env === undefined ? {} : { env: options.env(sandbox) }),
      });
      started.push(() => server.stop());
      return server;
    };
    const launch = async (): Promise<Browser> => {
      const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS] });
      started.push(() => browser.close());
      return browser;
    };
    const [serving, launching] = [serve(), launch()];
    // Both have started or failed before anything is ended.
    await Promise.allSettled([serving, launching]);
    const [server, browser] = [await serving, await launching];
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1360, height: 850 },
      ...(options.deviceScale === undefined ? {} : { deviceScaleFactor: options.deviceScale }),
    });
    page.setDefaultTimeout(STEP_LIMIT);
    await page.goto(
      workbenchAddress(server.origin, {
        folder: workspace,
        ...(options.extension === 'development' ? { developmentExtension: checkout } : {}),
        ...(options.hostModule === undefined ? {} : { tests: options.hostModule }),
      }),
    );
    const workbench = new Workbench(page);
    await workbench.ready();
    return { workbench, sandbox, home, workspace, close };
  } catch (error) {
    await close();
    throw error;
  }
}
