import assert from 'node:assert/strict';
import {
  CodeActionKind,
  DiagnosticSeverity,
  Range,
  commands,
  languages,
  window,
  workspace,
  type CodeAction,
  type Diagnostic,
  type Uri,
} from 'vscode';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';

async function findOne(pattern: string): Promise<Uri> {
  const [uri] = await workspace.findFiles(pattern);
  assert.ok(uri, pattern);
  return uri;
}

function errorsOf(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ severity }) => severity === DiagnosticSeverity.Error);
}

export const pluginTests: EditorTest[] = [
  {
    name: 'the plugin files of the workspace are checked without being opened',
    run: async () => {
      const uri = await findOne('**/needs-mending/plugin.xml');
      const found = await eventually(
        'diagnostics',
        () => (errorsOf(uri).length > 0 ? errorsOf(uri) : undefined),
        languages.onDidChangeDiagnostics,
      );
      assert.ok(found.every(({ source }) => source === 'PowerSchool'));
    },
  },
  {
    name: 'a fault is marked at the attribute that is wrong, and its quick fix mends it',
    run: async () => {
      const uri = await findOne('**/needs-mending/plugin.xml');
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document);
      const at = document.positionAt(document.getText().indexOf('access="viewonly"'));
      const marked = await eventually(
        'a mark on access="viewonly"',
        () => errorsOf(uri).find(({ range }) => range.start.isEqual(at)),
        languages.onDidChangeDiagnostics,
      );
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        marked.range,
        CodeActionKind.QuickFix.value,
      );
      const edit = actions.find((action) => action.edit)?.edit;
      assert.ok(edit, 'a quick fix is offered');
      await workspace.applyEdit(edit);
      assert.ok(document.getText().includes('access="ViewOnly"'));
      await eventually(
        'the mark goes away',
        () => (errorsOf(uri).some(({ range }) => range.start.isEqual(at)) ? undefined : true),
        languages.onDidChangeDiagnostics,
      );
    },
  },
  {
    name: 'a whole plugin package has no error',
    run: async () => {
      for (const pattern of ['**/homeroom-lists/plugin.xml', '**/homerooms.named_queries.xml']) {
        const uri = await findOne(pattern);
        await workspace.openTextDocument(uri);
        await commands.executeCommand('vscode.executeCodeActionProvider', uri, new Range(0, 0, 0, 0));
        assert.deepEqual(errorsOf(uri), []);
      }
    },
  },
];
