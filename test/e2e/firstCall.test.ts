import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { filesWith } from '../support/filesBelow.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import { serveWebPage, type WebPage } from './support/webPage.ts';
import type { Workbench } from './support/workbench.ts';

/** The four sentences of the product, each walked by clicks in the packaged extension, in the order a user would. */
describe('the packaged extension', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let portal: WebPage;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    portal = await serveWebPage();
  });

  after(async () => {
    await editor.close();
    await portal.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('adding a server keeps what was typed through failures, signs in, and says what it found', async () => {
    const { quickInput } = workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    await workbench.command('PowerSchool: Add Server');
    await quickInput.step('(1/4)');
    await quickInput.answer('Fernhill Test');

    await quickInput.step('(2/4)');
    await quickInput.answer('http://127.0.0.1:1/admin/home.html');
    await quickInput.step('(3/4)');
    await quickInput.answer(clientId);
    await quickInput.step('(4/4)');
    assert.equal(await quickInput.input.getAttribute('type'), 'password', 'the secret is masked');
    await quickInput.answer('not-the-secret');

    await quickInput.step('(2/4)');
    await quickInput.message.filter({ hasText: 'refused the connection' }).waitFor();
    await workbench.screenshot('addServer-unreachable');

    await quickInput.answer(portal.url);
    await quickInput.step('(3/4)');
    await quickInput.accept();
    await quickInput.step('(4/4)');
    await quickInput.accept();
    await quickInput.step('(2/4)');
    await quickInput.message.filter({ hasText: 'web page' }).waitFor();
    await workbench.screenshot('addServer-webPage');
    await quickInput.answer(`${url}/admin/`);
    await quickInput.step('(3/4)');
    assert.equal(await quickInput.input.inputValue(), clientId, 'the Client ID is kept');
    await quickInput.accept();
    await quickInput.step('(4/4)');
    await quickInput.accept();

    await quickInput.message.filter({ hasText: 'does not accept this Client ID and Secret' }).waitFor();
    await workbench.screenshot('addServer');
    await quickInput.answer(clientSecret);
    await quickInput.gone();
    await workbench.notification('Signed in to Fernhill Test').waitFor();
    await workbench.screenshot('addServer-done');
    await workbench.page.locator('.statusbar-item', { hasText: 'Fernhill Test' }).waitFor();
    await workbench.clearNotifications();
  });

  test('the secret is in no file that the editor wrote', async () => {
    assert.deepEqual(await filesWith(editor.sandbox.clientSecret, editor.home), []);
  });

  test('the tree shows a resource with its expansions, and New Request asks for the checked ones', async () => {
    await workbench.openPowerSchool();
    await workbench.expand('Servers', 'Fernhill Test');
    await workbench.expand('Servers', 'Student Records');
    await workbench.expand('Servers', 'Students', 3);
    await workbench.expand('Servers', 'Expansions');
    const resource = workbench.row('Servers', 'Students', 3);
    await workbench.check('demographics', resource.filter({ hasText: '1 checked' }));
    await workbench.check('phones', resource.filter({ hasText: '2 checked' }));
    await workbench.screenshot('tree');

    await workbench.rowAction(resource, 'New Request');
    await workbench.tab('students.ps.http').waitFor();
    await workbench.editor('students.ps.http').getByText('expansions=demographics,phones').first().waitFor();
  });

  test('a saved request file runs, and its answer opens beside it', async () => {
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.run(2, workbench.tab('students.json'));
    const answer = workbench.editor('students.json');
    await answer.getByText('"students"').first().waitFor();
    await workbench
      .lens(/200 OK · .* records · Fernhill Test/)
      .first()
      .waitFor();
    await workbench
      .lens(/200 OK · .* kB · \d+ records$/)
      .first()
      .waitFor();
    await workbench.screenshot('run');
    assert.equal((await answer.locator('textarea.inputarea[readonly], .native-edit-context').count()) > 0, true);
  });

  test('a broken plugin.xml is marked, and its quick fixes mend it', async () => {
    await workbench.closeEditors();
    await workbench.openFile('needs-mending/plugin.xml');
    await workbench.errorMarks().first().waitFor();
    await workbench.screenshot('manifest');
    let left = await workbench.errorCount();
    assert.equal(left, 5);
    while (left > 0) {
      await workbench.goToFirstError();
      const fixes = await workbench.openLightBulb();
      if (left === 5) await workbench.screenshot('manifest-fixes');
      await fixes.first().click();
      await workbench.errorCountBelow(left);
      const now = await workbench.errorCount();
      assert.ok(now < left, 'each quick fix takes an error away');
      left = now;
    }
    await workbench.screenshot('manifest-mended');
  });
});
