import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';
import type { Workbench } from './support/workbench.ts';

/** A plugin that may read some columns asks for another one: from the refusal to the line in plugin.xml. */
describe('a column without a grant', () => {
  let editor: PackagedEditor;
  let workbench: Workbench;
  let sandbox: RunningSandbox;

  before(async () => {
    editor = await openPackagedEditor();
    workbench = editor.workbench;
    sandbox = await startSandbox({ students: 50, plugins: [join(editor.workspace, 'plugins', 'homeroom-lists')] });
    const request = 'GET /ws/schema/table/students?projection=dcid,dob\n';
    await writeFile(join(editor.workspace, 'requests', 'birthdays.ps.http'), request);
  });

  after(async () => {
    await sandbox.stop();
    await editor.close();
  });

  afterEach(async (context) => {
    if ('passed' in context && !context.passed) await workbench.screenshot(`failed-${context.name.slice(0, 40)}`);
  });

  test('the sandbox district of the editor starts, signs in, and is in the tree', async () => {
    await workbench.command('PowerSchool: Start Sandbox District');
    await workbench.notification('The sandbox district runs on http://127.0.0.1').waitFor();
    await workbench.openPowerSchool();
    await workbench.row('Servers', 'Sandbox District').filter({ hasText: 'sandbox, active' }).waitFor();
    await workbench.screenshot('sandbox');
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.run(1, workbench.lens(/200 OK · .* records · Sandbox District/));
  });

  test('the answer names the missing fields and adds them to plugin.xml', async () => {
    const { quickInput } = workbench;
    const plugin = sandbox.plugins[1];
    if (!plugin?.credentials) throw new Error('The plugin was not installed with credentials.');
    await workbench.command('PowerSchool: Add Server');
    const answers = ['Homeroom Server', sandbox.url, plugin.credentials.clientId, plugin.credentials.clientSecret];
    for (const [index, answer] of answers.entries()) {
      await quickInput.step(`(${index + 1}/4)`);
      await quickInput.answer(answer);
    }
    await quickInput.gone();
    await workbench.openFile('requests/birthdays.ps.http');
    await workbench.run(0, workbench.lens('Add the missing <field> lines to plugin.xml'));
    await workbench.screenshot('refusal');
    const choice = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'homeroom-lists' }).first();
    await workbench.clickLens('Add the missing <field> lines to plugin.xml', choice);
    await choice.click();
    await workbench.editor('plugin.xml').getByText('dob').first().waitFor();
    await workbench.screenshot('refusal-mended');
  });
});
