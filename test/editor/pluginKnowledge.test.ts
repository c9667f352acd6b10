import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  DiagnosticSeverity,
  Range,
  Uri,
  commands,
  extensions,
  window,
  workspace,
  type CodeAction,
  type Event,
  type WorkspaceEdit,
} from 'vscode';
import { MANIFEST, appears, disappears, withPackage } from './pluginPackages.ts';
import { openRequest, runAndRead } from './requestRun.ts';
import { addTestServer } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';
import { writeWatched } from './watchedFolder.ts';

interface Repository {
  readonly state: { readonly HEAD?: { readonly commit?: string }; readonly onDidChange: Event<void> };
}

interface Git {
  getAPI(version: 1): { openRepository(folder: Uri): Promise<Repository | null> };
}

function write(folder: Uri, path: string, text: string): Promise<void> {
  return writeWatched(Uri.joinPath(folder, ...path.split('/')), text);
}

function gitIn(folder: Uri, ...args: string[]): void {
  const identity = ['-c', 'user.name=Fernhill', '-c', 'user.email=data@fernhill.example'];
  execFileSync('git', [...identity, ...args], { cwd: folder.fsPath, stdio: 'pipe' });
}

export const pluginKnowledgeTests: EditorTest[] = [
  {
    name: 'the configuration of a folder sets severities and passes over files, at once',
    run: () =>
      withPackage('agreed', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        await write(folder, 'plugin.xml', MANIFEST.replace('name="NAME"', 'name="agreed" colour="red"'));
        await appears(manifest, 'PS136');
        const config = Uri.joinPath(folder, 'powerschool-explorer.json');
        await write(folder, 'powerschool-explorer.json', '{ "rules": { "PS136": "off", "PS174": "error" } }');
        await disappears(manifest, 'PS136');
        await workspace.openTextDocument(manifest);
        await write(folder, 'powerschool-explorer.json', '{ "ignore": ["queries_root"] }');
        assert.equal((await appears(manifest, 'PS136')).severity, DiagnosticSeverity.Error);
        await write(folder, 'powerschool-explorer.json', '{ "ignore": ["plugin.xml"] }');
        await disappears(manifest, 'PS136');
        await workspace.fs.delete(config);
        await appears(manifest, 'PS136');
      }),
  },
  {
    name: 'a field that the active server does not have is an error once the server told its fields',
    run: () =>
      withPackage('asked', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'asked').replace('"DCID"', '"SHOE_SIZE"'));
        assert.equal((await appears(manifest, 'PS161')).severity, DiagnosticSeverity.Warning);
        await addTestServer('Fields');
        await runAndRead(await openRequest('GET /ws/schema/table/students/metadata\n'));
        const found = await appears(manifest, 'PS178');
        assert.equal(found.severity, DiagnosticSeverity.Error);
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'asked'));
        await disappears(manifest, 'PS178');
      }),
  },
  {
    name: 'a request that reads what its plugin does not ask for is marked, and one click asks for it',
    run: () =>
      withPackage('requesting', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        const requests = Uri.joinPath(folder, 'requests', 'students.ps.http');
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'requesting').replace('"DCID"', '"LASTFIRST"'));
        await write(folder, 'requests/students.ps.http', 'GET /ws/schema/table/students?projection=dob\n');
        const marked = await appears(requests, 'PS481');
        assert.equal(marked.range.start.character, 'GET /ws/schema/table/students?projection='.length);
        await workspace.openTextDocument(requests);
        const actions = await commands.executeCommand<CodeAction[]>(
          'vscode.executeCodeActionProvider',
          requests,
          marked.range,
        );
        const command = actions.find(({ title }) => title === 'Add STUDENTS.DOB to plugin.xml')?.command;
        assert.ok(command);
        await commands.executeCommand(command.command, ...(command.arguments ?? []));
        const document = await workspace.openTextDocument(manifest);
        assert.match(document.getText(), /<field table="STUDENTS" field="DOB" access="ViewOnly"\/>/);
        await disappears(requests, 'PS481');
        await write(folder, 'requests/students.ps.http', 'GET /ws/schema/table/students?projection=dcid\n');
        await appears(manifest, 'PS477');
      }),
  },
  {
    name: 'a plugin that is called like another one of the workspace is marked until it is not',
    run: () =>
      withPackage('named-twice', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'Homeroom Lists'));
        assert.match((await appears(manifest, 'PS179')).message, /homeroom-lists/);
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'Named Once'));
        await disappears(manifest, 'PS179');
      }),
  },
  {
    name: 'fix all mends what has one right answer, and a second time changes nothing',
    run: () =>
      withPackage('fixed', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        const text = MANIFEST.replace('NAME', 'fixed').replace('"ViewOnly"', '"viewonly"').replace('email=', 'Email=');
        await write(folder, 'plugin.xml', text.replace('<oauth', '<!-- kept -->  <oauth'));
        const document = await workspace.openTextDocument(manifest);
        await window.showTextDocument(document);
        await appears(manifest, 'PS138');
        const fixAll = async (): Promise<WorkspaceEdit | undefined> => {
          const actions = await commands.executeCommand<CodeAction[]>(
            'vscode.executeCodeActionProvider',
            manifest,
            new Range(0, 0, 0, 0),
            'source.fixAll.powerschool',
          );
          return actions.find(({ edit }) => edit)?.edit;
        };
        const edit = await fixAll();
        assert.ok(edit);
        await workspace.applyEdit(edit);
        assert.equal(document.getText(), MANIFEST.replace('NAME', 'fixed').replace('<oauth', '<!-- kept -->  <oauth'));
        assert.equal(await fixAll(), undefined);
      }),
  },
  {
    name: 'another name than in the last commit is marked, and a version that was not raised',
    run: () =>
      withPackage('committed', async (folder) => {
        const manifest = Uri.joinPath(folder, 'plugin.xml');
        gitIn(folder, 'init', '--quiet');
        gitIn(folder, 'add', '.');
        gitIn(folder, 'commit', '--quiet', '--message', 'First');
        const git = extensions.getExtension<Git>('vscode.git');
        assert.ok(git);
        const repository = await (await git.activate()).getAPI(1).openRepository(folder);
        assert.ok(repository);
        await eventually('knowing the commit', () => repository.state.HEAD?.commit, repository.state.onDidChange);
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'Another'));
        const renamed = await appears(manifest, 'PS153');
        assert.match(renamed.message, /committed/);
        await appears(manifest, 'PS152');
        await write(folder, 'plugin.xml', MANIFEST.replace('NAME', 'committed').replace('1.0.0', '1.1.0'));
        await disappears(manifest, 'PS153');
        await disappears(manifest, 'PS152');
        await commands.executeCommand('git.close', repository);
      }),
  },
];
