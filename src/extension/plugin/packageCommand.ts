import { UIKind, Uri, commands, env, l10n, window, workspace } from 'vscode';
import { packagePlugin, type PackageOutcome } from '../../core/plugin/making/packagePlugin.ts';
import { COMMANDS } from '../contributions.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { readPluginFolder, type PluginFolder } from './pluginFolders.ts';

/** *Package*: saves what is open, stops at errors with the Problems view, writes the zip next to plugin.xml. */
export async function packageFolder(plugin: PluginFolder, knowledge: LintKnowledge): Promise<void> {
  await saveFilesOf(plugin);
  const files = await readPluginFolder(plugin, { unsaved: false, bytes: () => true });
  const outcome = await packagePlugin(files, await knowledge.of(plugin.manifest));
  if (outcome.kind === 'refused') return tellRefusal(outcome);
  const zip = Uri.joinPath(plugin.folder, outcome.fileName);
  await workspace.fs.writeFile(zip, outcome.bytes);
  // Not waited for: the zip is written whether or not somebody answers.
  void announce(zip);
}

async function announce(zip: Uri): Promise<void> {
  const how = l10n.t('Where Do I Install This?');
  const show = l10n.t('Show Zip');
  const picked = await window.showInformationMessage(
    l10n.t(
      'Packaged as {0}. Install it in PowerSchool under System > System Settings > Plugin Management Configuration.',
      workspace.asRelativePath(zip),
    ),
    how,
    show,
  );
  if (picked === how) await commands.executeCommand(COMMANDS.whereToInstall);
  const isHere = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  if (picked === show) await commands.executeCommand(isHere ? 'revealFileInOS' : 'revealInExplorer', zip);
}

async function saveFilesOf({ folder }: PluginFolder): Promise<void> {
  const inside = workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && uri.toString().startsWith(`${folder.toString()}/`),
  );
  for (const document of inside) await document.save();
}

async function tellRefusal({ reason, paths, findings }: Extract<PackageOutcome, { kind: 'refused' }>): Promise<void> {
  if (reason === 'noManifest') {
    void window.showErrorMessage(
      l10n.t('Not packaged: there is no plugin.xml of exactly that name at the top of the folder.'),
    );
    return;
  }
  if (reason === 'misplaced') {
    void window.showErrorMessage(
      l10n.t('Not packaged: move {0} up, PowerSchool takes no folder there.', paths.slice(0, 5).join(', ')),
    );
    return;
  }
  await commands.executeCommand('workbench.actions.view.problems');
  const errors = findings
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity === 'error').length;
  void window.showErrorMessage(
    errors === 1
      ? l10n.t(
          'Not packaged: PowerSchool would refuse it for 1 error in {0}. Mend it and package again.',
          paths.join(', '),
        )
      : l10n.t(
          'Not packaged: PowerSchool would refuse it for {0} errors in {1}. Mend them and package again.',
          errors,
          paths.join(', '),
        ),
  );
}
