import assert from 'node:assert/strict';
import { commands, window, workspace, type CodeLens, type TextDocument } from 'vscode';
import { RESPONSE_SCHEME } from '../../src/extension/contributions.ts';
import { openRequest } from './requestRun.ts';
import { addTestServer, controlSandbox, sandboxCalls } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';

const PAGE = 10;

interface StudentList {
  readonly students: { readonly student: readonly { readonly id: number }[] };
}

async function openList(server: string): Promise<TextDocument> {
  await addTestServer(server);
  return openRequest(`# @server ${server}\nGET /ws/v1/district/student?pagesize=${PAGE}\n`);
}

function shownFor(document: TextDocument): TextDocument | undefined {
  const key = document.uri.toString();
  return window.visibleTextEditors
    .map((editor) => editor.document)
    .find(({ uri }) => uri.scheme === RESPONSE_SCHEME && uri.query.startsWith(key));
}

function idsIn(text: string): number[] {
  return (JSON.parse(text) as StudentList).students.student.map(({ id }) => id);
}

async function lensesOf({ uri }: TextDocument): Promise<CodeLens[]> {
  return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
}

/** Runs all pages, and stops it in some way when some are here. */
async function runSome(document: TextDocument, stop: () => PromiseLike<unknown>): Promise<void> {
  await controlSandbox({ latency: 30 });
  try {
    const before = await sandboxCalls();
    const run = commands.executeCommand('powerschool.runAllPages', { uri: document.uri, index: 0 });
    // Each look at the counter is a call over HTTP: the loop waits for the server, not for time.
    while ((await sandboxCalls()) < before + 12) continue;
    await stop();
    await run;
  } finally {
    await controlSandbox({ latency: 0, maintenance: 'off' });
  }
}

export const allPagesTests: EditorTest[] = [
  {
    name: 'a list has a lens for all its pages, which come as one document',
    run: async () => {
      const document = await openList('Pages');
      const lens = (await lensesOf(document)).find(({ command }) => command?.command === 'powerschool.runAllPages');
      assert.ok(lens?.command);
      await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
      const shown = shownFor(document);
      assert.ok(shown);
      const ids = idsIn(shown.getText());
      assert.ok(ids.length > 3 * PAGE);
      assert.equal(new Set(ids).size, ids.length);
      const titles = (await lensesOf(shown)).map(({ command }) => command?.title ?? '');
      assert.ok(titles.some((title) => title.includes(`${ids.length} records`)));
      assert.ok(!titles.some((title) => title.includes('Continue')));
    },
  },
  {
    name: 'pages that were cancelled are kept, and Continue brings the rest',
    run: async () => {
      const document = await openList('Cancelled');
      await runSome(document, () => commands.executeCommand('powerschool.cancel'));
      const shown = shownFor(document);
      assert.ok(shown);
      const some = idsIn(shown.getText());
      assert.ok(some.length >= PAGE && some.length % PAGE === 0);
      const lens = (await lensesOf(shown)).find(({ command }) => command?.command === 'powerschool.continuePages');
      assert.match(lens?.command?.title ?? '', new RegExp(`Continue: ${some.length} of \\d+ records are here`));
      await commands.executeCommand('powerschool.continuePages', ...(lens?.command?.arguments ?? []));
      const all = await eventually(
        'all records are here',
        () => {
          const ids = idsIn(shown.getText());
          return ids.length > some.length ? ids : undefined;
        },
        workspace.onDidChangeTextDocument,
      );
      assert.deepEqual(all.slice(0, some.length), some);
      assert.equal(new Set(all).size, all.length);
      assert.ok(!(await lensesOf(shown)).some(({ command }) => command?.command === 'powerschool.continuePages'));
    },
  },
  {
    name: 'a web page in the middle ends it, with the records before, what happened, and a way to go on',
    run: async () => {
      const document = await openList('Maintenance');
      await runSome(document, () => controlSandbox({ maintenance: 'page' }));
      const shown = shownFor(document);
      assert.ok(shown);
      const some = idsIn(shown.getText());
      assert.ok(some.length >= PAGE && some.length % PAGE === 0);
      const titles = (await lensesOf(shown)).map(({ command }) => command?.title ?? '');
      assert.ok(titles.some((title) => title.includes(`Continue: ${some.length} of`)));
      assert.ok(
        titles.some((title) => /\(PS9\d\d\)$/.test(title)),
        titles.join('\n'),
      );
    },
  },
  {
    name: 'a single record has no lens for pages',
    run: async () => {
      const document = await openRequest('GET /ws/v1/student/1\n');
      const lenses = await lensesOf(document);
      assert.ok(!lenses.some(({ command }) => command?.command === 'powerschool.runAllPages'));
    },
  },
];
