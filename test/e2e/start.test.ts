import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { checkout } from '../../scripts/checkout.ts';
import { BROWSER_FLAGS, getBrowser } from '../../scripts/editor/browser.ts';
import { STEP_LIMIT } from './support/editorSession.ts';
import { Workbench } from './support/workbench.ts';

test('npm start opens the editor with a sandbox district signed in, and ends everything when interrupted', async (context) => {
  const start = spawn(process.execPath, [path.join(checkout, 'scripts', 'start.mjs'), '--no-build'], {
    env: { ...process.env, CI: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(start, 'exit') as Promise<[number | null]>;
  // However the test ends, and with it everything that was started.
  context.after(() => start.kill('SIGKILL'));
  const addresses: Record<string, string> = {};
  for await (const line of createInterface({ input: start.stdout })) {
    const [, name, address] = /^ {2}(\S.*?) {2,}(\S+)/.exec(line) ?? [];
    if (name !== undefined && address !== undefined) addresses[name] = address;
    if (line.startsWith('Ctrl+C')) break;
  }
  const { 'VS Code': editor = '', 'Sandbox district': sandbox = '' } = addresses;

  const browser = await chromium.launch({ executablePath: await getBrowser(), args: [...BROWSER_FLAGS] });
  const page = await browser.newPage({ viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(STEP_LIMIT);
  const workbench = new Workbench(page);
  try {
    await page.goto(editor);
    await workbench.ready();
    await page.locator('.statusbar-item', { hasText: 'Sandbox District' }).waitFor();
    // The first thing to see, and it takes the focus when it comes.
    const preview = page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'Sample workspace' }).waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.run(1, workbench.lens(/^200 OK/));
    await workbench.screenshot('start');
  } catch (error) {
    await workbench.screenshot('failed-start');
    throw error;
  } finally {
    await browser.close();
  }

  start.kill('SIGINT');
  const [code] = await ended;
  // Windows has no signals: the process is simply gone, and what it started follows.
  if (process.platform !== 'win32') assert.equal(code, 0);
  for (const address of [new URL(editor).origin, sandbox]) {
    await assert.rejects(fetch(address), `${address} no longer answers`);
  }
});
