import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import {
  Diagnostic as EditorDiagnostic,
  DiagnosticSeverity,
  Uri,
  WorkspaceEdit,
  commands,
  languages,
  window,
  workspace,
  type CodeAction,
  type CodeLens,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type Location,
} from 'vscode';
import type { EditorTest } from './suite.ts';
import { writeWatched } from './watchedFolder.ts';
import { MANIFEST, appears, disappears, root, withPackage } from './pluginPackages.ts';

async function lensesOf(uri: Uri): Promise<CodeLens[]> {
  await workspace.openTextDocument(uri);
  return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
}

async function zipsIn(folder: Uri): Promise<string[]> {
  return (await workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => name.endsWith('.zip'));
}

function mappingTo(query: string): string {
  return `<permission_mappings>\n  <permission name="/admin/home.html">\n    <implies allow="post">/ws/schema/query/${query}</implies>\n  </permission>\n</permission_mappings>\n`;
}

export const pluginMakingTests: EditorTest[] = [
  {
    name: 'a package is packed next to its plugin.xml, with the same bytes each time',
    run: () =>
      withPackage('packed', async (folder) => {
        await writeWatched(Uri.joinPath(folder, 'README.md'), '# not packed');
        const zip = Uri.joinPath(folder, 'packed-1.0.0.zip');
        const pack = async (): Promise<Uint8Array> => {
          await commands.executeCommand('powerschool.packagePlugin', Uri.joinPath(folder, 'plugin.xml'));
          return workspace.fs.readFile(zip);
        };
        const first = await pack();
        assert.deepEqual(Object.keys(unzipSync(first)), ['plugin.xml', 'queries_root/made.named_queries.xml']);
        await workspace.fs.delete(zip);
        assert.deepEqual(await pack(), first);
      }),
  },
  {
    name: 'a package with errors is not packed',
    run: async () => {
      const folder = Uri.joinPath(root(), 'plugins', 'needs-mending');
      await commands.executeCommand('powerschool.packagePlugin', Uri.joinPath(folder, 'plugin.xml'));
      assert.deepEqual(await zipsIn(folder), []);
    },
  },
  {
    name: 'a mapping to a query that is not in the package is marked, also while both files are closed',
    run: () =>
      withPackage('mapped', async (folder) => {
        const mapping = Uri.joinPath(folder, 'permissions_root', 'made.permission_mappings.xml');
        await writeWatched(mapping, mappingTo('example.fernhill.mapped.students.lists'));
        const marked = await appears(mapping, 'PS347');
        assert.equal(marked.source, 'PowerSchool');
        assert.equal(marked.severity, DiagnosticSeverity.Error);
        await writeWatched(mapping, mappingTo('example.fernhill.mapped.students.list'));
        await disappears(mapping, 'PS347');
      }),
  },
  {
    name: 'plugin.xml says which columns of the PowerQueries it does not grant, and one click adds them',
    run: () =>
      withPackage('granted', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        const lenses = await lensesOf(manifest);
        assert.match(lenses[0]?.command?.title ?? '', /1 of 2 columns of 1 PowerQuery are not granted/);
        const add = lenses[1]?.command;
        assert.ok(add);
        await commands.executeCommand(add.command, ...(add.arguments ?? []));
        const document = await workspace.openTextDocument(manifest);
        assert.match(document.getText(), /<field table="STUDENTS" field="LASTFIRST" access="ViewOnly"\/>/);
        assert.match((await lensesOf(manifest))[0]?.command?.title ?? '', /All 2 columns of 1 PowerQuery are granted/);
      }),
  },
  {
    name: 'every PowerQuery has a lens that runs it',
    run: () =>
      withPackage('lensed', async (folder) => {
        const file = Uri.joinPath(folder, 'queries_root', 'made.named_queries.xml');
        const runs = (await lensesOf(file)).filter(({ command }) => command?.command === 'powerschool.runPowerQuery');
        assert.equal(runs.length, 1);
        assert.equal(runs[0]?.range.start.line, 2);
      }),
  },
  {
    name: 'bytes that are no characters of the declared encoding are marked on open, until the file is saved',
    run: () => {
      const latin = Uint8Array.from(Buffer.from(MANIFEST.replace('NAME', 'Caf\u00e9'), 'latin1'));
      return withPackage(
        'encoded',
        async (folder) => {
          const uri = Uri.joinPath(folder, 'plugin.xml');
          const document = await workspace.openTextDocument(uri);
          const editor = await window.showTextDocument(document);
          const marked = await appears(uri, 'PS101');
          assert.equal(marked.range.start.line, 1);
          const text = document.getText();
          const at = text.indexOf('\ufffd');
          assert.ok(await editor.edit((edit) => edit.insert(document.positionAt(at), 'e')));
          await document.save();
          await disappears(uri, 'PS101');
        },
        latin,
      );
    },
  },
  {
    name: 'completion, hover and outline know the schema',
    run: () =>
      withPackage('known', async (folder) => {
        const uri = Uri.joinPath(folder, 'plugin.xml');
        const document = await workspace.openTextDocument(uri);
        const at = document.positionAt(document.getText().indexOf('ViewOnly') + 2);
        const { items } = await commands.executeCommand<CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          at,
        );
        const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        assert.ok(labels.includes('FullAccess'), labels.join());
        const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, at);
        assert.ok(hovers.length > 0);
        const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
        assert.equal(symbols[0]?.name, 'known');
      }),
  },
  {
    name: 'a PowerQuery is found from its mapping and renamed in both files',
    run: () =>
      withPackage('renamed', async (folder) => {
        const mapping = Uri.joinPath(folder, 'permissions_root', 'made.permission_mappings.xml');
        const queries = Uri.joinPath(folder, 'queries_root', 'made.named_queries.xml');
        const name = 'example.fernhill.renamed.students.list';
        await writeWatched(mapping, mappingTo(name));
        const document = await workspace.openTextDocument(mapping);
        const at = document.positionAt(document.getText().indexOf(name) + 3);
        const places = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', mapping, at);
        assert.equal(places[0]?.uri.path, queries.path);
        const edit = await commands.executeCommand<WorkspaceEdit>(
          'vscode.executeDocumentRenameProvider',
          mapping,
          at,
          'example.fernhill.renamed.students.all',
        );
        const changed = edit.entries().map(([uri]) => uri.path);
        assert.deepEqual(changed.toSorted(), [mapping.path, queries.path].toSorted());
      }),
  },
  {
    name: 'what another XML tool marks is not marked twice, and is mended all the same',
    run: () =>
      withPackage('doubled', async (folder) => {
        const uri = Uri.joinPath(folder, 'plugin.xml');
        const document = await workspace.openTextDocument(uri);
        await window.showTextDocument(document);
        const typed = new WorkspaceEdit();
        typed.insert(uri, document.positionAt(document.getText().indexOf('Reads')), '& ');
        assert.ok(await workspace.applyEdit(typed));
        const marked = await appears(uri, 'PS112');
        const other = languages.createDiagnosticCollection('other');
        try {
          const said = new EditorDiagnostic(
            marked.range,
            'The entity name must follow the &.',
            DiagnosticSeverity.Error,
          );
          said.source = 'xml';
          other.set(uri, [said]);
          await disappears(uri, 'PS112');
          const actions = await commands.executeCommand<CodeAction[]>(
            'vscode.executeCodeActionProvider',
            uri,
            marked.range,
          );
          assert.ok(actions.some(({ edit }) => edit));
          other.delete(uri);
          await appears(uri, 'PS112');
        } finally {
          other.dispose();
        }
      }),
  },
];
