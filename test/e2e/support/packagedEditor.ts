import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { checkout } from '../../../scripts/editor/checkout.mjs';
import { BROWSER_FLAGS, findBrowser } from '../../../scripts/editor/findBrowser.mjs';
import { installEditor } from '../../../scripts/editor/installEditor.mjs';
import { startEditor } from '../../../scripts/editor/startEditor.mjs';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox.ts';
import { Workbench } from './workbench.ts';

const VSIX = join(checkout, 'dist', 'powerschool-api-explorer.vsix');

/** A clean editor with the packaged extension installed, a sandbox district, and a copy of the sample workspace. */
export interface PackagedEditor {
  readonly workbench: Workbench;
  readonly sandbox: RunningSandbox;
  /** Everything that the editor writes lies below. */
  readonly home: string;
  readonly workspace: string;
  close(): Promise<void>;
}

/** Starts from nothing: no settings, no other extension, the vsix installed the way a user's editor does it. */
export async function openPackagedEditor(): Promise<PackagedEditor> {
  const home = await mkdtemp(join(tmpdir(), 'powerschool-e2e-'));
  const workspace = join(home, 'workspace');
  await cp(join(checkout, 'media', 'sample-workspace'), workspace, { recursive: true });
  const place = await installEditor('current');
  const installed = spawnSync(
    place.node,
    [
      place.serverMain,
      '--install-extension',
      VSIX,
      '--extensions-dir',
      join(home, 'extensions'),
      '--accept-server-license-terms',
    ],
    { encoding: 'utf8' },
  );
  if (installed.status !== 0) throw new Error(`The vsix was not installed:\n${installed.stdout}${installed.stderr}`);
  const [sandbox, editor] = await Promise.all([
    startSandbox({ students: 200 }),
    startEditor(place, { home, development: false }),
  ]);
  const browser: Browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
  const page: Page = await browser.newPage({ viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(15_000);
  const url = new URL(editor.url);
  url.searchParams.set('folder', process.platform === 'win32' ? `/${workspace.replaceAll('\\', '/')}` : workspace);
  await page.goto(url.href);
  const workbench = new Workbench(page);
  await workbench.ready();
  return {
    workbench,
    sandbox,
    home,
    workspace,
    close: async () => {
      await browser.close();
      await editor.stop();
      await sandbox.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
