import { after, before, describe, test } from 'node:test';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';

/** The walkthrough leads from nothing to an answer, by its own buttons. */
describe('the walkthrough', () => {
  let editor: PackagedEditor;

  before(async () => {
    editor = await openPackagedEditor();
  });

  after(async () => {
    await editor.close();
  });

  test('its buttons start the sandbox district and open the tree', async () => {
    const { workbench } = editor;
    const { page, quickInput } = workbench;
    await workbench.command('Welcome: Open Walkthrough...');
    await quickInput.pick('First call to PowerSchool');
    const steps = page.locator('.gettingStartedContainer');
    await steps.getByRole('button', { name: 'Start Sandbox District' }).click();
    await page.locator('.statusbar-item', { hasText: 'Sandbox District' }).waitFor();
    await workbench.clearNotifications();
    await workbench.screenshot('walkthrough-connect');
    await steps.getByText('See what the API offers').first().click();
    await steps.getByRole('button', { name: 'Open the Servers View' }).waitFor();
    await workbench.screenshot('walkthrough-explore');
    await steps.getByRole('button', { name: 'Open the Servers View' }).click();
    await workbench.row('Servers', 'Sandbox District').waitFor();
  });
});
