import assert from 'node:assert/strict';
import {
  Position,
  Selection,
  Uri,
  commands,
  languages,
  window,
  workspace,
  type CodeAction,
  type CodeLens,
  type CompletionList,
  type Diagnostic,
  type Location,
  type TextDocument,
} from 'vscode';
import { openRequest } from './requestRun.ts';
import { watchDistrict } from '../support/watchedDistrict.ts';
import { addTestServer, testSandbox } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';
import { writeWatched } from './watchedFolder.ts';

/** Writes files into a new folder of the workspace and opens the first. */
async function openFiles(folder: string, files: Readonly<Record<string, string>>): Promise<TextDocument> {
  const top = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(top);
  const uris: Uri[] = [];
  for (const [name, text] of Object.entries(files)) {
    const uri = Uri.joinPath(top, folder, name);
    await writeWatched(uri, text);
    uris.push(uri);
  }
  const [first] = uris;
  assert.ok(first);
  const document = await workspace.openTextDocument(first);
  await window.showTextDocument(document);
  return document;
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function lensTitles(document: TextDocument): Promise<string[]> {
  return Promise.resolve(commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).then(
    (lenses) => lenses.map(({ command }) => command?.title ?? ''),
  );
}

async function labelsAt(document: TextDocument, offset: number): Promise<string[]> {
  const list = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    document.positionAt(offset),
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

export const requestLanguageTests: EditorTest[] = [
  {
    name: 'a request file that another language claims has its lenses, completion and commands',
    run: async () => {
      await addTestServer('Claimed');
      const opened = await openFiles('claimed', {
        'claimed.ps.http': '# @server Claimed\n# @expect status == 200\nGET /ws/v1/district\n',
      });
      const document = await languages.setTextDocumentLanguage(opened, 'plaintext');
      assert.equal(document.languageId, 'plaintext');
      await window.showTextDocument(document);
      assert.ok((await lensTitles(document)).some((title) => title.endsWith('Run')));
      assert.ok((await labelsAt(document, document.getText().indexOf('status'))).includes('duration'));
      await commands.executeCommand('powerschool.runRequest');
      assert.ok((await lensTitles(document)).some((title) => title.includes('200 OK')));
    },
  },
  {
    name: 'completion asks the server that the request names for its expansions, tables and columns',
    run: async () => {
      const district = await watchDistrict(testSandbox().url);
      const asked = (): number => district.asked.filter((path) => path === '/ws/v1/district/student').length;
      await addTestServer('Asked', { url: district.url });
      const text =
        '# @server Asked\nGET /ws/v1/district/student?expansions=\n\n###\n# @server Asked\nGET /ws/schema/table/u_';
      const document = await openRequest(text);
      try {
        assert.equal(asked(), 0);
        const expansions = await labelsAt(document, text.indexOf('\n\n###'));
        assert.ok(expansions.includes('demographics'), expansions.join());
        assert.equal(asked(), 1, 'the server was asked');
        // A slow answer is not waited for, and there when completion is asked again, as the next key does.
        const until = performance.now() + 60_000;
        let tables: string[];
        do tables = await labelsAt(document, text.length);
        while (!tables.some((name) => name.startsWith('u_')) && performance.now() < until);
        assert.ok(
          tables.some((name) => name.startsWith('u_')),
          tables.slice(0, 20).join(),
        );
        await labelsAt(document, text.indexOf('\n\n###'));
        assert.equal(asked(), 1, 'each thing is asked once');
      } finally {
        await district.close();
      }
    },
  },
  {
    name: 'the requests that a selection touches run, others do not',
    run: async () => {
      await addTestServer('Selected');
      const block = '# @server Selected\nGET /ws/v1/district\n';
      const document = await openRequest([block, block, block].join('\n###\n'));
      const editor = window.activeTextEditor;
      assert.equal(editor?.document, document);
      const selection = new Selection(new Position(0, 3), new Position(5, 2));
      // Set from here it may be overtaken by the cursor's first place, which the editor is still to tell.
      await window.showTextDocument(document, { selection });
      await eventually(
        'the selection',
        () => (editor.selection.isEqual(selection) ? true : undefined),
        window.onDidChangeTextEditorSelection,
      );
      await commands.executeCommand('powerschool.runRequest');
      const titles = await lensTitles(document);
      assert.equal(titles.filter((title) => title.includes('200 OK')).length, 2, titles.join('\n'));
    },
  },
  {
    name: 'requests with the same title have an outcome each',
    run: async () => {
      await addTestServer('Alike');
      const block = '### Alike\n# @server Alike\nGET /ws/v1/';
      const document = await openRequest(`${block}district\n\n${block}district/nothing\n`);
      await commands.executeCommand('powerschool.runAll');
      const titles = (await lensTitles(document)).filter((title) => /\d{3} /.test(title));
      assert.match(titles[0] ?? '', /200 OK/);
      assert.match(titles[1] ?? '', /404/);
    },
  },
  {
    name: 'a .http file of another tool becomes a request file beside it, for the active server and without its token',
    run: async () => {
      await addTestServer('Imported');
      const text =
        '@host = https://other.example\n\nGET {{host}}/ws/v1/district\nAuthorization: Bearer abc\nAccept: application/json\n';
      const old = await openFiles('imported', { 'old.http': text });
      await commands.executeCommand('powerschool.importHttp', old.uri);
      const document = window.activeTextEditor?.document;
      assert.ok(document);
      assert.ok(document.uri.path.endsWith('/imported/old.ps.http'), document.uri.path);
      assert.equal(
        document.getText(),
        '@host = https://other.example\n\nGET /ws/v1/district\nAccept: application/json\n',
      );
      assert.equal(old.getText(), text, 'the file itself stays');
      await commands.executeCommand('powerschool.importHttp', old.uri);
      assert.ok(
        window.activeTextEditor?.document.uri.path.endsWith('/imported/old-2.ps.http'),
        'nothing is written over',
      );
    },
  },
  {
    name: 'a variable of an environment leads to its line, and one that is not chosen offers to choose',
    run: async () => {
      const environments = JSON.stringify({ north: { other: '1', school: '2' } }, undefined, 2);
      const document = await openFiles('environments', {
        'school.ps.http': 'GET /ws/v1/school/{{school}}\n',
        'http-client.env.json': environments,
      });
      await eventually(
        'finding the variable',
        () => languages.getDiagnostics(document.uri).find(({ message }) => message.includes('"school"')),
        languages.onDidChangeDiagnostics,
      );
      const place = new Position(0, 22);
      const [found] = languages.getDiagnostics(document.uri);
      assert.ok(found);
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        found.range,
      );
      assert.ok(actions.some(({ command }) => command?.command === 'powerschool.selectEnvironment'));
      await writeWatched(
        Uri.joinPath(document.uri, '..', 'http-client.env.json'),
        environments.replace('"north"', '"$shared"'),
      );
      await eventually(
        'the variable having a value',
        () => (languages.getDiagnostics(document.uri).length === 0 ? true : undefined),
        languages.onDidChangeDiagnostics,
      );
      const definitions = await commands.executeCommand<Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        place,
      );
      assert.equal(definitions[0]?.range.start.line, 3);
    },
  },
  {
    name: 'what is right here is disabled by a comment, in a request file and in plugin.xml',
    run: async () => {
      const manifest = `<plugin xmlns="http://plugin.powerschool.pearson.com" name="Comments" version="1.0.0"
  description="Reads a field that needs care.">
  <oauth/>
  <access_request>
    <field table="STUDENTS" field="SSN" access="ViewOnly"/>
  </access_request>
  <publisher name="Fernhill"><contact email="it@fernhill.example"/></publisher>
</plugin>
`;
      const request = 'GET /ws/v1/district/student?expansions=phone\n';
      for (const [name, text, code, commented] of [
        ['comments.ps.http', request, 'PS544', `# powerschool-disable-next-line PS544\n${request}`],
        [
          'plugin.xml',
          manifest,
          'PS159',
          manifest.replace('    <field', '    <!-- powerschool-disable-next-line PS159 -->\n    <field'),
        ],
      ] as const) {
        const document = await openFiles('comments', { [name]: text });
        const marked = await eventually(
          code,
          () => languages.getDiagnostics(document.uri).find((found) => codeOf(found) === code),
          languages.onDidChangeDiagnostics,
        );
        const actions = await commands.executeCommand<CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          marked.range,
        );
        const titles = actions.map(({ title }) => title);
        assert.ok(titles.includes(`Disable ${code} for the entire file`), titles.join());
        const edit = actions.find(({ title }) => title === `Disable ${code} for this line`)?.edit;
        assert.ok(edit, titles.join());
        await workspace.applyEdit(edit);
        assert.equal(document.getText(), commented);
        await eventually(
          'the mark going away',
          () => (languages.getDiagnostics(document.uri).some((found) => codeOf(found) === code) ? undefined : true),
          languages.onDidChangeDiagnostics,
        );
        await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        // other tests count the packages of the workspace
        await workspace.fs.delete(document.uri);
      }
    },
  },
];
