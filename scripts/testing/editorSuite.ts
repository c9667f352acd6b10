import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { checkout, resultsFolder } from '../checkout.ts';
import { BROWSER_FLAGS, getBrowser } from '../editor/browser.ts';
import { startEditorServer } from '../editor/editorServer.ts';
import type { EditorVersion } from '../editor/editorVersion.ts';
import { installEditor } from '../editor/installEditor.ts';
import { workbenchAddress } from '../editor/workbenchAddress.ts';
import type { Counts } from './counts.ts';
import { readSuiteCounts, sourcesInStacks } from './suiteBundle.ts';

/** Milliseconds that the whole suite may take. */
const LIMIT = 600_000;

export interface EditorSuite {
  readonly version: EditorVersion;
  /** The module that `bundleEditorSuite` made. */
  readonly tests: string;
  /** Gets every line that is to be shown, as it comes. */
  readonly print: (line: string) => void;
}

/**
 * Runs test/editor inside the extension host of an editor from the npm registry, in a headless browser.
 *
 * @param env what the extension host finds in its environment
 */
export async function runEditorSuite(
  { version, tests, print }: EditorSuite,
  env: Readonly<Record<string, string>>,
): Promise<Counts> {
  const [editor, executablePath] = await Promise.all([installEditor(version), getBrowser()]);
  const home = await mkdtemp(path.join(tmpdir(), 'powerschool-editor-'));
  const folder = path.join(home, 'workspace');
  const countFile = path.join(home, 'counts.json');
  await cp(path.join(checkout, 'media', 'sample-workspace'), folder, { recursive: true });
  const server = await startEditorServer(editor, {
    home,
    env: { ...env, POWERSCHOOL_TEST_COUNTS: countFile },
    automation: true,
  });
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS] });
  try {
    const page = await browser.newPage();
    const inSources = await sourcesInStacks(tests);
    const ended = suiteEnd(page, (text) => print(inSources(text)));
    await page.goto(workbenchAddress(server.origin, { folder, developmentExtension: checkout, tests }));
    try {
      await ended;
      return await readSuiteCounts(countFile, tests);
    } catch (error) {
      print(`  What the editor said and showed: ${await keepTraces(page, server.logFile, version)}`);
      throw error;
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Shows the lines of the suite as they come and resolves at its end; the page calls these two functions. */
async function suiteEnd(page: Page, print: (line: string) => void): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const text = args.map(String).join(' ');
    if (/^[✔✖﹣]/u.test(text)) print(`  ${text}`);
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The suite did not end within ${LIMIT / 1000} seconds.`)), LIMIT);
    void page.exposeFunction('codeAutomationExit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function keepTraces(page: Page, logFile: string, version: EditorVersion): Promise<string> {
  const traces = path.join(resultsFolder, `editor-${version.vscode}`);
  await mkdir(traces, { recursive: true });
  await cp(logFile, path.join(traces, 'server.log')).catch(() => undefined);
  await page.screenshot({ path: path.join(traces, 'page.png') }).catch(() => undefined);
  return traces;
}
