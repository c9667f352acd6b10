// The same suite in desktop VS Code, through @vscode/test-electron: on machines that reach its download host.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { checkout } from '../editor/checkout.mjs';
import { bundleEditorSuite } from './editorSuite.mjs';

/** @param {string} version a release such as 1.105.0, or stable */
export async function runDesktopSuite(version, env) {
  const extensionTestsPath = await bundleEditorSuite();
  const home = await mkdtemp(join(tmpdir(), 'powerschool-desktop-'));
  const folder = join(home, 'workspace');
  const counts = join(home, 'counts.json');
  await cp(join(checkout, 'media/sample-workspace'), folder, { recursive: true });
  try {
    await runTests({
      version,
      extensionDevelopmentPath: checkout,
      extensionTestsPath,
      launchArgs: [
        folder,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${join(home, 'data')}`,
      ],
      extensionTestsEnv: { ...env, POWERSCHOOL_TEST_COUNTS: counts },
    }).catch(() => undefined);
    return JSON.parse(await readFile(counts, 'utf8'));
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
