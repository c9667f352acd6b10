import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Where Chromium, Chrome and Edge usually are. `POWERSCHOOL_TEST_BROWSER` names another. */
function usualPlaces() {
  const { env, platform } = process;
  const named = env.POWERSCHOOL_TEST_BROWSER ? [env.POWERSCHOOL_TEST_BROWSER] : [];
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return [
      ...named,
      ...roots.flatMap((root) => [
        join(root, 'Google/Chrome/Application/chrome.exe'),
        join(root, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
    ];
  }
  if (platform === 'darwin') {
    return [
      ...named,
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  return [
    ...named,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
  ];
}

/**
 * The executable of a Chromium browser; installs one when there is none: the system's package as root on Debian,
 * else Playwright's own.
 *
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  const { chromium } = await import('playwright-core');
  const found = [...usualPlaces(), chromium.executablePath()].find((place) => existsSync(place));
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the browser for the tests (chromium) …');
    await run('apt-get', ['update', '-qq'], { quiet: true });
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { quiet: true, env });
  } else {
    console.log('Installing the browser for the tests (Playwright chromium) …');
    await run(process.execPath, [join('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  }
  const installed = [...usualPlaces(), chromium.executablePath()].find((place) => existsSync(place));
  if (!installed)
    throw new Error('No browser for the tests. Install Chromium or Chrome, or set POWERSCHOOL_TEST_BROWSER.');
  return installed;
}

/** Flags that keep a headless browser quiet and off the network. */
export const BROWSER_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Root has no user namespaces for the sandbox in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
