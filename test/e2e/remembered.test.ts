import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import { watchDistrict, type WatchedDistrict } from '../support/watchedDistrict.ts';
import type { Workbench } from './support/workbench.ts';

/** What the Servers view asks of a server, and what it still knows in the next window. */
describe('the Servers view asks little and forgets nothing', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let district: WatchedDistrict;

  before(async () => {
    editor = await openPackagedEditor({ viewport: { width: 1360, height: 1300 } });
    workbench = editor.workbench;
    const { url, clientId, clientSecret } = editor.sandbox;
    district = await watchDistrict(url);
    await workbench.openPowerSchool();
    await workbench.addServer({ name: 'Fernhill', url: district.url, clientId, clientSecret });
    district.asked.length = 0;
  });

  after(async () => {
    await editor.close();
    await district.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('areas and resources are shown without asking, a list is asked for once', async () => {
    await workbench.expand('Servers', 'Fernhill');
    await workbench.expand('Servers', 'Student Records');
    await workbench.expand('Servers', 'Students');
    await workbench.row('Servers', 'Extensions').waitFor();
    assert.deepEqual(district.asked, []);
    await workbench.expand('Servers', 'Extensions');
    await workbench.row('Servers', 'u_bikepermits').waitFor();
    const lists = district.asked.filter((path) => path === '/ws/v1/district/student');
    assert.equal(lists.length, 1);
    await workbench.row('Servers', 'Student Records').click();
    await workbench.expand('Servers', 'Tables');
    await workbench.row('Servers', 'Tables').filter({ hasText: /\d+/ }).waitFor();
    assert.equal(district.asked.filter((path) => path === '/ws/schema/table').length, 1);
  });

  test('Refresh Servers asks again, and what is open stays open', async () => {
    const before = district.asked.length;
    await workbench.command('PowerSchool: Refresh Servers');
    await workbench.row('Servers', 'API calls').waitFor();
    await workbench.expand('Servers', 'API calls');
    for (let tries = 0; district.asked.length === before; tries++) {
      assert.ok(tries < 600, 'the server was not asked again');
      await workbench.page.waitForTimeout(100);
    }
    const open = workbench.row('Servers', 'Tables').and(workbench.page.locator('[aria-expanded="true"]'));
    await open.waitFor();
  });

  test('after a reload, without the secret, what the server told is shown, and nothing is sent', async () => {
    const tables = await workbench.row('Servers', 'Tables').innerText();
    district.asked.length = 0;
    await workbench.page.reload();
    await workbench.ready();
    await workbench.openPowerSchool();
    await workbench.expand('Servers', 'Fernhill');
    // The secret store of this editor ends with the window, like a computer without a keyring.
    await workbench.row('Servers', 'Sign in again').waitFor();
    await workbench.expand('Servers', 'Tables');
    await workbench.row('Servers', 'API calls').waitFor();
    assert.equal(await workbench.row('Servers', 'Tables').innerText(), tables);
    await workbench.expand('Servers', 'Student Records');
    await workbench.expand('Servers', 'Students');
    await workbench.expand('Servers', 'Extensions');
    await workbench.row('Servers', 'u_bikepermits').waitFor();
    await workbench.row('Servers', 'Fernhill').filter({ hasText: '25.9' }).waitFor();
    assert.deepEqual(district.asked, []);
    await workbench.screenshot('explorer-remembered');
  });
});
