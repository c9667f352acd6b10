import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { filesWith } from '../support/filesBelow.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { QuickInput } from './support/quickInput.ts';
import type { Workbench } from './support/workbench.ts';
import { startSecureFront, type SecureFront } from '../support/secureFront.ts';

/** Servers by clicks: one walk, in the order a user would have it. */
describe('servers in the packaged extension', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let quickInput: QuickInput;
  let front: SecureFront;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    quickInput = workbench.quickInput;
    front = await startSecureFront(editor.sandbox.url);
    await workbench.openPowerSchool();
  });

  after(async () => {
    await editor.close();
    await front.stop();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  const item = (text: string): Locator =>
    workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  const dialogButton = (text: string): Locator =>
    workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: text });
  const dialogText = (text: string | RegExp): Locator =>
    workbench.page.locator('.monaco-dialog-box', { hasText: text });
  const statusBar = (text: string): Locator => workbench.page.locator('.statusbar-item', { hasText: text });
  const titleButton = (name: RegExp): Locator =>
    workbench.page.locator('.quick-input-titlebar').getByRole('button', { name });

  test('plain http away from this computer asks first, and Cancel stays at the address', async () => {
    await workbench.command('PowerSchool: Add Server');
    await quickInput.step('(1/4)');
    await quickInput.answer('Fernhill');
    await quickInput.step('(2/4)');
    await quickInput.answer('http://powerschool.fernhill.example');
    await dialogText('is not encrypted').waitFor();
    await workbench.screenshot('servers-plainHttp');
    await dialogButton('Cancel').click();
    await quickInput.step('(2/4)');
    await quickInput.input.fill('fernhill.schoology.com');
    await quickInput.message.filter({ hasText: 'Schoology' }).waitFor();
  });

  test('a self-signed certificate is shown and trusted in the middle of adding, with everything kept', async () => {
    await quickInput.answer(front.origin);
    await quickInput.step('(3/4)');
    await quickInput.answer(editor.sandbox.clientId);
    await quickInput.step('(4/4)');
    await titleButton(/Marked sandbox/).click();
    await item('production').click();
    await quickInput.step('(4/4)');
    await quickInput.message.filter({ hasText: 'marked production' }).waitFor();
    await quickInput.answer(editor.sandbox.clientSecret);
    await item('Trust this certificate').waitFor();
    await workbench.screenshot('servers-tls');
    await item('Trust this certificate').click();
    await dialogText('CN=powerschool.fernhill.example').waitFor();
    await dialogText(/SHA-256: ([0-9A-F]{2}:){31}[0-9A-F]{2}/).waitFor();
    await workbench.screenshot('servers-trust');
    await dialogButton('Trust This Certificate').click();
    await workbench.notification('Signed in to Fernhill').waitFor();
  });

  test('production is told by word in the tree and in the status bar', async () => {
    await workbench.row('Servers', 'Fernhill').filter({ hasText: 'production, active' }).waitFor();
    await statusBar('Fernhill (production)').waitFor();
    await workbench.screenshot('servers-production');
  });

  test('editing keeps the secret when its box stays empty', async () => {
    await workbench.command('PowerSchool: Edit Server');
    await item('Fernhill').click();
    await quickInput.step('(1/4)');
    await quickInput.answer('Fernhill Test');
    await quickInput.step('(2/4)');
    await quickInput.accept();
    await quickInput.step('(3/4)');
    await quickInput.accept();
    await quickInput.step('(4/4)');
    assert.equal(await quickInput.input.inputValue(), '', 'the secret is never shown');
    await titleButton(/Marked production/).click();
    await item('test').click();
    await quickInput.step('(4/4)');
    await quickInput.accept();
    await statusBar('Fernhill Test (test)').waitFor();
  });

  test('a change of address asks for the secret again', async () => {
    await workbench.command('PowerSchool: Edit Server');
    await item('Fernhill Test').click();
    await quickInput.step('(1/4)');
    await quickInput.accept();
    await quickInput.step('(2/4)');
    await quickInput.answer(editor.sandbox.url);
    await quickInput.step('(3/4)');
    await quickInput.accept();
    await quickInput.step('(4/4)');
    await quickInput.accept();
    await quickInput.message.filter({ hasText: 'Paste the Client Secret' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await quickInput.gone();
  });

  test('the test of a server ends with what it found', async () => {
    await workbench.command('PowerSchool: Test Server');
    await item('Fernhill Test').click();
    await item('Level of /ws/v1').waitFor();
    for (const found of ['PowerSchool version', 'Plugin', 'Largest page']) await item(found).waitFor();
    await workbench.screenshot('servers-test');
    await workbench.page.keyboard.press('Escape');
    await quickInput.gone();
  });

  test('a certificate that changed is told where a request fails, shown against the old one, and can be trusted', async () => {
    front.renew();
    await workbench.openFile('requests/first-call.ps.http');
    const told = workbench.notification('shows another certificate');
    await workbench.run(2, told);
    await told.getByRole('button', { name: 'Test Server' }).click();
    await item('PS915').waitFor();
    await workbench.screenshot('servers-changedCertificate');
    await item('Trust this certificate').click();
    await dialogText('Trusted until now').waitFor();
    await dialogButton('Trust This Certificate').click();
    await item('Level of /ws/v1').waitFor();
    await workbench.page.keyboard.press('Escape');
    await quickInput.gone();
  });

  test('a lost secret store shows Sign in again, which asks for Client ID and Secret alone', async () => {
    // The secrets of this editor live in the page.
    await workbench.page.reload();
    await workbench.ready();
    await workbench.tree('Servers').waitFor();
    await workbench.expand('Servers', 'Fernhill Test');
    await workbench.row('Servers', 'Sign in again').waitFor();
    await workbench.screenshot('servers-signInAgain');
    await workbench.row('Servers', 'Sign in again').click();
    await quickInput.step('(1/2)');
    await quickInput.answer(editor.sandbox.clientId);
    await quickInput.step('(2/2)');
    await quickInput.answer(editor.sandbox.clientSecret);
    await quickInput.gone();
    await workbench.row('Servers', 'Sign in again').waitFor({ state: 'hidden' });
  });

  test('no secret is in any file that the editor wrote', async () => {
    assert.deepEqual(await filesWith(editor.sandbox.clientSecret, editor.home), []);
  });

  test('removing a server asks first', async () => {
    await workbench.command('PowerSchool: Remove Server');
    await item('Fernhill Test').click();
    await dialogText('Remove the server Fernhill Test?').waitFor();
    await dialogButton('Remove').click();
    await workbench.row('Servers', 'Fernhill Test').waitFor({ state: 'hidden' });
    await statusBar('Fernhill Test').waitFor({ state: 'hidden' });
  });
});
