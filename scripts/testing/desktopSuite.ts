import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder, checkout } from '../checkout.ts';
import type { Counts } from './counts.ts';
import { bundleEditorSuite, readSuiteCounts } from './suiteBundle.ts';

/** The host that desktop VS Code is downloaded from; not every network reaches it. */
const DOWNLOAD_HOST = 'https://update.code.visualstudio.com/api/releases/stable';

export async function canDownloadDesktop(): Promise<boolean> {
  try {
    const response = await fetch(DOWNLOAD_HOST, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Runs test/editor inside the extension host of desktop VS Code.
 *
 * @param version a release such as `1.105.1`, or `stable`
 * @param env what the extension host finds in its environment
 */
export async function runDesktopSuite(version: string, env: Readonly<Record<string, string>>): Promise<Counts> {
  const extensionTestsPath = await bundleEditorSuite();
  // Short names: the editor makes a socket below, whose path may hold about a hundred characters.
  const home = await mkdtemp(path.join(tmpdir(), 'ps-'));
  const folder = path.join(home, 'workspace');
  const countFile = path.join(home, 'counts.json');
  await cp(path.join(checkout, 'media', 'sample-workspace'), folder, { recursive: true });
  try {
    const { runTests } = await import('@vscode/test-electron');
    // It rejects when a test failed: the counts tell that too, and which.
    const ended = await runTests({
      version,
      cachePath: path.join(cacheFolder, 'desktop'),
      extensionDevelopmentPath: checkout,
      extensionTestsPath,
      launchArgs: [
        folder,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${path.join(home, 'data')}`,
      ],
      extensionTestsEnv: { ...env, POWERSCHOOL_TEST_COUNTS: countFile },
    }).catch((error: unknown) => error);
    if (!existsSync(countFile)) throw new Error('VS Code ended before the suite did.', { cause: ended });
    return await readSuiteCounts(countFile, extensionTestsPath);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
