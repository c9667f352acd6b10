// Runs test/editor inside the extension host of a real editor: desktop VS Code where it can be downloaded, else the
// editor from the npm registry in a headless browser.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, checkout } from '../editor/checkout.mjs';
import { BROWSER_FLAGS, findBrowser } from '../editor/findBrowser.mjs';
import { installEditor } from '../editor/installEditor.mjs';
import { startEditor, workbenchUrl } from '../editor/startEditor.mjs';

/** The suite says its counts in a line that starts so. */
const COUNTS = 'SUITE ';
const LIMIT = 180_000;

/** @returns {Promise<string>} the bundled runner */
export async function bundleEditorSuite() {
  const outfile = join(cacheFolder, 'editor-suite', 'runner.cjs');
  await build({
    entryPoints: [join(checkout, 'test/editor/runner.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * @param {'current' | 'minimum'} which
 * @param {Record<string, string>} env what the extension host finds in its environment
 */
export async function runEditorSuite(which, env) {
  const tests = await bundleEditorSuite();
  const home = await mkdtemp(join(tmpdir(), 'powerschool-editor-'));
  const folder = join(home, 'workspace');
  await cp(join(checkout, 'media/sample-workspace'), folder, { recursive: true });
  const place = await installEditor(which);
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
  const editor = await startEditor(place, { home, env });
  try {
    console.log(`  in ${place.name}`);
    const page = await browser.newPage();
    let counts;
    const finished = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`The suite did not end within ${LIMIT / 1000} seconds.`)), LIMIT).unref();
      void page.exposeFunction('codeAutomationLog', (_type, args) => {
        const text = args.join(' ');
        if (text.startsWith(COUNTS)) counts = JSON.parse(text.slice(COUNTS.length));
        else if (/^\s*[✔✖]/.test(text)) console.log(text);
      });
      void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
    });
    await page.goto(workbenchUrl(editor, { folder, development: checkout, tests }));
    const code = await finished;
    if (!counts) throw new Error(`The suite ended with ${code} before it could count.\n${editor.output()}`);
    return counts;
  } finally {
    await browser.close();
    await editor.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
