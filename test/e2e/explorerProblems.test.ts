import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** What a server refuses stands in the Servers view as a row, and the row leads to the mend: by clicks alone. */
describe('a row that says what went wrong', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openPowerSchool();
    const { url, clientId, clientSecret } = editor.sandbox;
    await workbench.addServer({ name: 'Fernhill', url, clientId, clientSecret });
    await workbench.expand('Servers', 'Fernhill');
  });

  after(async () => {
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  const row = (text: string): Locator =>
    workbench.tree('Servers').locator('.monaco-list-row', { hasText: text }).first();

  /** Turns the sandbox district into one that fails, as its administrator or its network would. */
  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, controlKey } = editor.sandbox;
    const answer = await fetch(`${url}/sandbox/control${path}`, {
      method,
      headers: { 'X-Sandbox-Key': controlKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.json();
  }

  function plugin(): string {
    const [builtIn] = editor.sandbox.plugins;
    assert.ok(builtIn);
    return `/plugins/${builtIn.id}`;
  }

  test('a server in trouble: the row says so, and a click asks again', async () => {
    await control('PATCH', '', { errorRate: 1 });
    await workbench.expand('Servers', 'Tables');
    const problem = row('The server failed while it worked on the request');
    await problem.waitFor();
    await workbench.screenshot('explorerProblems-trouble');
    await workbench.rowAction(problem, 'Ask the Server Again');
    await problem.waitFor();
    await control('PATCH', '', { errorRate: 0 });
    await problem.click();
    await problem.waitFor({ state: 'hidden' });
    await workbench.row('Servers', 'Tables').filter({ hasText: /\d+/ }).waitFor();
    await workbench.collapseAll('Servers');
    await workbench.expand('Servers', 'Fernhill');
  });

  test('a missing right: explained, asked for, and gone when it was given', async () => {
    await control('PATCH', plugin(), { accessLevelV1Api: 'NONE' });
    await workbench.expand('Servers', 'Student Records');
    await workbench.expand('Servers', 'Students');
    await workbench.expand('Servers', 'Extensions');
    const problem = row('needs accessLevelV1Api');
    await problem.waitFor();
    await problem.hover();
    await workbench.screenshot('explorerProblems-right');

    await workbench.rowAction(problem, 'Copy Request for Access');
    await workbench.page.locator('.statusbar-item', { hasText: 'A text for the administrator is copied' }).waitFor();
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.match(copied, /Fernhill \(http:\/\/127\.0\.0\.1:\d+\) was refused: Students/);
    assert.match(copied, /accessLevelV1Api="READ"/);
    assert.ok(!copied.includes(editor.sandbox.clientSecret));

    await workbench.rowAction(problem, 'Explain');
    await workbench.tab(/PS947|reference/i).waitFor();
    const page = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe');
    await page.getByRole('heading', { name: 'PS947' }).waitFor();
    await workbench.screenshot('explorerProblems-explained');

    await control('PATCH', plugin(), { accessLevelV1Api: 'FULL' });
    await workbench.menuAction(problem, 'Ask the Server Again');
    await problem.waitFor({ state: 'hidden' });
    await workbench.screenshot('explorerProblems-given');
  });

  test('credentials that were made anew: a click asks for them, and the list comes', async () => {
    const { clientId, clientSecret } = (await control('POST', `${plugin()}/regenerate`)) as Record<string, string>;
    await workbench.collapseAll('Servers');
    await workbench.expand('Servers', 'Fernhill');
    await workbench.expand('Servers', 'PowerQueries');
    const problem = row('The server does not accept this Client ID and Secret');
    await problem.waitFor();
    await workbench.screenshot('explorerProblems-signIn');
    await problem.click();
    const { quickInput } = workbench;
    await quickInput.step('(1/2)');
    await quickInput.answer(clientId ?? '');
    await quickInput.step('(2/2)');
    await quickInput.answer(clientSecret ?? '');
    await quickInput.gone();
    await problem.waitFor({ state: 'hidden' });
    await workbench.row('Servers', 'API calls').waitFor();
    await workbench.screenshot('explorerProblems-signedIn');
  });
});
