import {
  WorkspaceEdit,
  l10n,
  workspace,
  type CodeAction,
  type Diagnostic as EditorDiagnostic,
  type Range,
  type TextDocument,
} from 'vscode';
import type { FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { renamingFor } from '../../core/plugin/package/layoutMends.ts';
import { mendInManifest } from '../../core/plugin/package/manifestMends.ts';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { say } from '../../core/problem/phrase.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { COMMANDS } from '../contributions.ts';
import { editOf, wording } from '../problems/editorDiagnostics.ts';
import { quickFix } from '../problems/quickFixes.ts';
import { suppressionsIn } from './fileSuppressions.ts';
import type { FileFindings } from './packageLinter.ts';
import { uriOf, type PluginFolder } from './pluginFolders.ts';

/** The fixes of what is wrong with a file in its package: in the file, in plugin.xml, or by another name. */
export async function packageFixes(
  { plugin, text, diagnostics, shown: marks }: FileFindings,
  { uri }: TextDocument,
  range: Range,
): Promise<CodeAction[]> {
  const lines = new LineIndex(text);
  const suppressionsFor = suppressionsIn(uri.path, text);
  const actions: CodeAction[] = [];
  for (const [index, diagnostic] of diagnostics.entries()) {
    const shown = marks[index];
    if (!shown?.range.intersection(range)) continue;
    const grants = missingGrants(diagnostic);
    if (grants.length > 0) {
      const action = quickFix(l10n.t('Add {0} to plugin.xml', namesOf(grants)), [shown]);
      action.command = {
        title: action.title,
        command: COMMANDS.addPluginField,
        arguments: [{ uri: plugin.manifest, grants }],
      };
      action.isPreferred = true;
      actions.push(action);
    }
    const inManifest = await mendInManifestOf(plugin, diagnostic, shown);
    if (inManifest) actions.push(inManifest);
    const path = decodeURIComponent(uri.toString().slice(plugin.folder.toString().length + 1));
    const renaming = renamingFor(diagnostic, path);
    if (renaming) {
      const edit = new WorkspaceEdit();
      edit.renameFile(uriOf(plugin, renaming.from), uriOf(plugin, renaming.to));
      actions.push(quickFix(l10n.t('Rename to {0}', renaming.to), [shown], edit));
    }
    for (const fix of [...diagnostic.fixes, ...suppressionsFor(diagnostic)])
      actions.push(quickFix(say(fix.title, wording), [shown], editOf(uri, lines, fix.edits)));
  }
  return actions;
}

/** The fields that a query or a request reads and plugin.xml does not ask for. */
function missingGrants({ code, args }: Diagnostic): FieldGrant[] {
  const [first = '', second = '', third = ''] = args.map(String);
  if (code === 'PS475') return [{ table: second, column: third }];
  if (code === 'PS481' && third === 'ViewOnly') return [{ table: first, column: second }];
  if (code !== 'PS476') return [];
  return args
    .slice(1)
    .map(String)
    .map((key) => {
      const [table = '', column = ''] = key.split('.');
      return { table, column };
    });
}

function namesOf(grants: readonly FieldGrant[]): string {
  return grants.map(({ table, column }) => `${table}.${column}`).join(', ');
}

/** What a request needs is an attribute of plugin.xml: it is changed there, unsaved. */
async function mendInManifestOf(
  { manifest }: PluginFolder,
  diagnostic: Diagnostic,
  shown: EditorDiagnostic,
): Promise<CodeAction | undefined> {
  if (diagnostic.code !== 'PS481' && diagnostic.code !== 'PS482') return undefined;
  const text = (await workspace.openTextDocument(manifest)).getText();
  const fix = mendInManifest(diagnostic, text);
  if (!fix) return undefined;
  const title = l10n.t('Write {0} in plugin.xml', say(fix.title, wording));
  return quickFix(title, [shown], editOf(manifest, new LineIndex(text), fix.edits));
}
