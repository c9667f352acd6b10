import { after, before, describe, test } from 'node:test';
import { openPackagedEditor, type PackagedEditor } from './support/packagedEditor.ts';

/** Pictures to look at: what a colour or an icon of ours does in a theme shows only there. */
describe('the extension in every kind of theme, on a sharp display', () => {
  let editor: PackagedEditor;

  before(async () => {
    editor = await openPackagedEditor({ viewport: { width: 1200, height: 750 }, deviceScale: 2 });
    const { workbench } = editor;
    await workbench.openPowerSchool();
    await workbench.page.getByRole('button', { name: 'Start Sandbox District' }).click();
    await workbench.page.locator('.statusbar-item', { hasText: 'Sandbox District' }).waitFor();
    await workbench.openFile('requests/first-call.ps.http');
    await workbench.run(2, workbench.tab('students.json'));
    await workbench.clearNotifications();
  });

  after(async () => {
    await editor.close();
  });

  for (const theme of ['light', 'dark', 'highContrast', 'highContrastLight'] as const) {
    test(`a request and its answer, ${theme}`, async () => {
      await editor.workbench.setTheme(theme);
      await editor.workbench.screenshot(`theme-${theme}`);
    });
  }
});
