import assert from 'node:assert/strict';
import { commands, workspace, type CodeLens, type TextDocument } from 'vscode';
import { answerOf, openRequest } from './requestRun.ts';
import { addTestServer, controlSandbox, holdingDistrict, testSandbox } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';

const PAGE = 10;

/** Pages that come before a run is stopped. */
const PAGES_BEFORE = 12;

interface StudentList {
  readonly students: { readonly student: readonly { readonly id: number }[] };
}

async function openList(server: string, url = testSandbox().url): Promise<TextDocument> {
  await addTestServer(server, { url });
  return openRequest(`# @server ${server}\nGET /ws/v1/district/student?pagesize=${PAGE}\n`);
}

function idsIn(text: string): number[] {
  return (JSON.parse(text) as StudentList).students.student.map(({ id }) => id);
}

async function lensesOf({ uri }: TextDocument): Promise<CodeLens[]> {
  return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
}

/** Runs all pages, stops it in some way when the first ones are here, and looks at what was left. */
async function runSome(
  name: string,
  stop: () => PromiseLike<unknown>,
  look: (document: TextDocument) => Promise<void>,
): Promise<void> {
  const district = await holdingDistrict(({ searchParams }) => Number(searchParams.get('page') ?? 0) > PAGES_BEFORE);
  try {
    const document = await openList(name, district.url);
    const run = commands.executeCommand('powerschool.runAllPages', { uri: document.uri, index: 0 });
    await district.held;
    await stop();
    district.release();
    await run;
    await controlSandbox({ maintenance: 'off' });
    await look(document);
  } finally {
    district.release();
    await controlSandbox({ maintenance: 'off' });
    await district.close();
  }
}

function shownPart(document: TextDocument): { readonly shown: TextDocument; readonly some: readonly number[] } {
  const shown = answerOf(document);
  assert.ok(shown);
  const some = idsIn(shown.getText());
  assert.ok(some.length >= PAGE && some.length % PAGE === 0);
  return { shown, some };
}

async function cancelledPages(document: TextDocument): Promise<void> {
  const { shown, some } = shownPart(document);
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
}

export const allPagesTests: EditorTest[] = [
  {
    name: 'a list has a lens for all its pages, which come as one document',
    run: async () => {
      const document = await openList('Pages');
      const lens = (await lensesOf(document)).find(({ command }) => command?.command === 'powerschool.runAllPages');
      assert.ok(lens?.command);
      await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
      const shown = answerOf(document);
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
    run: () => runSome('Cancelled', () => commands.executeCommand('powerschool.cancel'), cancelledPages),
  },
  {
    name: 'a web page in the middle ends it, with the records before, what happened, and a way to go on',
    run: () =>
      runSome(
        'Maintenance',
        () => controlSandbox({ maintenance: 'page' }),
        async (document) => {
          const { shown, some } = shownPart(document);
          const titles = (await lensesOf(shown)).map(({ command }) => command?.title ?? '');
          assert.ok(titles.some((title) => title.includes(`Continue: ${some.length} of`)));
          assert.ok(
            titles.some((title) => /\(PS9\d\d\)$/.test(title)),
            titles.join('\n'),
          );
        },
      ),
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
