import assert from 'node:assert/strict';
import { commands, languages, workspace, type CodeLens } from 'vscode';
import { addTestServer, holdingDistrict } from './sandboxServer.ts';
import { answerOf, openRequest, runAndRead } from './requestRun.ts';
import type { EditorTest } from './suite.ts';

export const requestTests: EditorTest[] = [
  {
    name: 'a .ps.http file has its language and a Run lens on every request',
    run: async () => {
      const [uri] = await workspace.findFiles('**/first-call.ps.http');
      assert.ok(uri);
      const document = await workspace.openTextDocument(uri);
      assert.equal(document.languageId, 'powerschool-http');
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
      const runs = lenses.filter(({ command }) => command?.command === 'powerschool.runRequest');
      assert.equal(runs.length, document.getText().match(/^###/gm)?.length);
    },
  },
  {
    name: 'variables are filled in, and the answer is indented JSON',
    run: async () => {
      await addTestServer('Variables');
      const document = await openRequest('@id = 1\n\n# @server Variables\nGET /ws/v1/student/{{id}}\n');
      const text = await runAndRead(document);
      assert.equal((JSON.parse(text) as { student: { id: number } }).student.id, 1);
      assert.ok(text.startsWith('{\n  "student": {\n'));
    },
  },
  {
    name: 'an error answer carries what happened, what to do, and the code that explains it',
    run: async () => {
      await addTestServer('Explained');
      const document = await openRequest('# @server Explained\nGET /ws/v1/student/99999999\n');
      await runAndRead(document);
      const shown = answerOf(document);
      assert.ok(shown);
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', shown.uri);
      const titles = lenses.map(({ command }) => command?.title ?? '');
      assert.ok(
        titles.some((title) => /\(PS9\d\d\)$/.test(title)),
        titles.join('\n'),
      );
      assert.ok(titles.some((title) => title.startsWith('404')));
    },
  },
  {
    name: 'a running request can be cancelled, and its lens says so',
    run: async () => {
      const district = await holdingDistrict(({ search }) => search === '?held=1');
      try {
        await addTestServer('Slow', { url: district.url });
        const document = await openRequest('# @server Slow\nGET /ws/v1/district?held=1\n');
        const run = commands.executeCommand('powerschool.runRequest', { uri: document.uri, index: 0 });
        await district.held;
        await commands.executeCommand('powerschool.cancel');
        await run;
        const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
        assert.ok(lenses.some(({ command }) => command?.title.includes('Cancelled')));
      } finally {
        district.release();
        await district.close();
      }
    },
  },
  {
    name: 'the language is known to the editor',
    run: async () => {
      assert.ok((await languages.getLanguages()).includes('powerschool-http'));
    },
  },
];
