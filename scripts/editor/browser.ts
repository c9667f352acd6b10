import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, checkout } from '../checkout.ts';
import { onPath, runCommand } from '../process/runCommand.ts';
import { startProgress } from '../progress.ts';
import { oneAtATime } from './installOnce.ts';

/** Flags that keep a browser quiet, off the network and able to run in a container. */
export const BROWSER_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Root cannot use Chromium's own sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The program of a browser of the Chromium family: the one that POWERSCHOOL_TEST_BROWSER names, else one that is
 * installed, else a fresh one: Debian's package when root may install it, else the one Playwright offers.
 */
export async function getBrowser(): Promise<string> {
  const named = process.env['POWERSCHOOL_TEST_BROWSER'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`POWERSCHOOL_TEST_BROWSER names ${named}, which is not there.`);
  }
  return (await presentBrowser()) ?? oneAtATime('browser', installBrowser);
}

async function installBrowser(): Promise<string> {
  const present = await presentBrowser();
  if (present !== undefined) return present;
  const progress = startProgress('Getting a browser for the tests (once)');
  try {
    const browser = (await installDebianChromium()) ?? (await installPlaywrightChromium());
    progress.end('  Got a browser');
    return browser;
  } catch (error) {
    progress.end();
    throw new Error('No browser for the tests. Install Chromium or Chrome, or name one in POWERSCHOOL_TEST_BROWSER.', {
      cause: error,
    });
  }
}

async function presentBrowser(): Promise<string | undefined> {
  return installedBrowser() ?? (await playwrightBrowser());
}

function installedBrowser(): string | undefined {
  if (process.platform === 'linux')
    return onPath('google-chrome-stable', 'google-chrome', 'chromium', 'microsoft-edge', 'chromium-browser');
  return usualPlaces().find((file) => existsSync(file));
}

function usualPlaces(): string[] {
  const { env, platform } = process;
  if (platform === 'darwin') {
    const folders = ['/Applications', path.join(env['HOME'] ?? '', 'Applications')];
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      folders.map((folder) => path.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
    (folder) => folder !== undefined,
  );
  return [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Chromium', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ].flatMap((place) => folders.map((folder) => path.join(folder, ...place)));
}

async function installDebianChromium(): Promise<string | undefined> {
  const apt = onPath('apt-get');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || apt === undefined) return undefined;
  // On Ubuntu the package only points to a snap, which a container cannot install.
  if (!/^ID=debian$/m.test(await readFile('/etc/os-release', 'utf8').catch(() => ''))) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand(apt, ['update', '-q'], { env });
  // Chromium only recommends fonts; without any, pictures of the editor hold empty boxes.
  await runCommand(
    apt,
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-dejavu-core'],
    { env },
  );
  return installedBrowser();
}

async function installPlaywrightChromium(): Promise<string> {
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: playwrightFolder() };
  const program = path.join(checkout, 'node_modules', 'playwright-core', 'cli.js');
  await runCommand(process.execPath, [program, 'install', 'chromium'], { env });
  const browser = await playwrightBrowser();
  if (browser === undefined) throw new Error('Playwright installed no browser.');
  return browser;
}

async function playwrightBrowser(): Promise<string | undefined> {
  // Playwright reads it when it is loaded.
  process.env['PLAYWRIGHT_BROWSERS_PATH'] ??= playwrightFolder();
  const { chromium } = await import('playwright-core');
  const program = chromium.executablePath();
  return existsSync(program) ? program : undefined;
}

function playwrightFolder(): string {
  return path.join(cacheFolder, 'browsers');
}
