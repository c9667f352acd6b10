import { commands, l10n, window } from 'vscode';
import { COMMANDS } from '../contributions.ts';

/** *Where do I install this?*: the way through the admin portal, and what to do with the credentials after. */
export async function showInstallHelp(): Promise<void> {
  const add = l10n.t('Add Server');
  const steps = [
    l10n.t('1. Package the plugin.'),
    l10n.t(
      '2. Sign in to the admin portal of PowerSchool and open System > System Settings > Plugin Management Configuration.',
    ),
    l10n.t('3. Press Install and choose the zip.'),
    l10n.t(
      '4. Check Enable beside the plugin. The server now compares every field with its own tables; one wrong name and the plugin stays off.',
    ),
    l10n.t('5. Open the plugin and its Data Provider Configuration: there are Client ID and Client Secret.'),
    l10n.t(
      'To update it later, raise the version and press Update inside the plugin. Its credentials stay. Deleting and installing again makes new ones.',
    ),
  ];
  const picked = await window.showInformationMessage(
    l10n.t('Where a plugin is installed'),
    { modal: true, detail: steps.join('\n\n') },
    { title: add },
    { title: l10n.t('Close'), isCloseAffordance: true },
  );
  if (picked?.title === add) await commands.executeCommand(COMMANDS.addServer);
}
