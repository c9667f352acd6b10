import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventEmitter, commands, languages, window, workspace, type TextDocument, type Uri } from 'vscode';
import { createClient } from '../../src/core/powerschool/createClient.ts';
import type { Server } from '../../src/core/powerschool/server.ts';
import { parseRequestFile } from '../../src/core/request/parse.ts';
import { runRequests } from '../../src/core/run/runRequests.ts';
import type { RunResult } from '../../src/core/run/runResult.ts';
import { MemorySecretStore } from '../../src/extension/adapters/memorySecrets.ts';
import { HistoryBook } from '../../src/extension/history/historyBook.ts';
import { HistoryTree } from '../../src/extension/history/historyTree.ts';
import { BodyStore } from '../../src/extension/response/bodyStore.ts';
import { answerOf, openRequest, runAndRead } from './requestRun.ts';
import { addTestServer, testSandbox } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { eventually } from './waiting.ts';

/** Nothing is hidden and shown again here. */
const NEVER = new EventEmitter<void>();

export const historyTests: EditorTest[] = [
  {
    name: 'runs are listed by day with their outcome, and no file of the history holds a secret or a record',
    run: async () => {
      await withFolder(async (folder) => {
        const bodies = new BodyStore(path.join(folder, 'results'));
        const book = openBook(folder, bodies, false);
        const { results, token } = await runOnSandbox(
          'GET /ws/v1/district/student?pagesize=2\n### gone\nGET /ws/v1/student/99999999\n### write\nPUT /ws/v1/student\n\n{"name": "Ada"}\n',
        );
        for (const [index, result] of results.entries()) {
          await book.add(result, { title: `request${index}`, source: undefined, at: Date.now() + index });
        }
        const tree = new HistoryTree(book, { root: () => Promise.resolve(undefined), onDidChange: NEVER.event });
        const [today] = await tree.getChildren();
        assert.ok(today?.kind === 'day');
        const items = await Promise.all((await tree.getChildren(today)).map((node) => tree.getTreeItem(node)));
        assert.deepEqual(
          items.map(({ label }) => label),
          ['PUT request2', 'GET request1', 'GET request0'],
        );
        assert.match(String(items[1]?.description), / · 404 · /);
        assert.ok(items[2]?.contextValue?.includes('kept'));
        const names = await readdir(path.join(folder, 'history'));
        assert.equal(names.length, 3);
        for (const name of names) {
          const text = await readFile(path.join(folder, 'history', name), 'utf8');
          for (const secret of [token, testSandbox().clientSecret, 'last_name', 'Ada'])
            assert.ok(!text.includes(secret), `${secret} in ${text}`);
        }
        tree.dispose();
        book.dispose();
        bodies.dispose();
      });
    },
  },
  {
    name: 'answers end with the session unless they are kept, and go when they are not wanted any more',
    run: async () => {
      await withFolder(async (folder) => {
        const bodies = new BodyStore(path.join(folder, 'results'));
        const { results } = await runOnSandbox('GET /ws/v1/district/student?pagesize=2\n');
        const [result] = results;
        assert.ok(result);
        const first = openBook(folder, bodies, false);
        const entry = await first.add(result, { title: 'a', source: undefined, at: Date.now() });
        assert.ok(entry && (await first.answer(entry)));
        assert.equal(await openBook(folder, bodies, false).answer(entry), undefined);

        const keeping = openBook(folder, bodies, true);
        const kept = await keeping.add(result, { title: 'b', source: undefined, at: Date.now() });
        assert.ok(kept);
        await keeping.settled();
        const next = openBook(folder, bodies, true);
        await next.entries();
        assert.equal(next.hasAnswer(kept), true);
        const body = await next.answer(kept);
        assert.equal(await body?.text(), await result.answer?.body.text());
        const off = openBook(folder, bodies, false);
        await off.settled();
        assert.equal(await off.answer(kept), undefined);
        assert.deepEqual(
          (await readdir(path.join(folder, 'history'))).filter((name) => name.endsWith('.body')),
          [],
        );
        bodies.dispose();
      });
    },
  },
  {
    name: 'an error answer stays the JSON of the server, with its explanation as a finding',
    run: async () => {
      await addTestServer('Findings');
      const document = await openRequest('# @server Findings\nGET /ws/v1/student/99999999\n');
      const text = await runAndRead(document);
      assert.ok(JSON.parse(text));
      const uri = shownUri(document);
      const [finding] = languages.getDiagnostics(uri);
      assert.match(finding?.message ?? '', /\S/);
      assert.match(JSON.stringify(finding?.code), /PS9\d\d/);
    },
  },
  {
    name: 'a body that is no text is told of, not shown',
    run: async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/pdf' });
        response.end(Buffer.from('%PDF-1.7\n\u0000\u0001garbage', 'latin1'));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        await addTestServer('Binary');
        const { port } = server.address() as AddressInfo;
        const document = await openRequest(`# @name letter\nGET http://127.0.0.1:${port}/letter\n`);
        const text = await runAndRead(document);
        assert.ok(text.includes('application/pdf') && text.includes('letter.pdf'), text);
        assert.ok(!text.includes('garbage'));
      } finally {
        server.close();
      }
    },
  },
  {
    name: 'personal fields are hidden in an open answer and shown again',
    run: async () => {
      await addTestServer('Hidden');
      const document = await openRequest('# @server Hidden\nGET /ws/v1/student/1\n');
      const before = await runAndRead(document);
      const { last_name: lastName } = (JSON.parse(before) as { student: { name: { last_name: string } } }).student.name;
      const uri = shownUri(document);
      const text = (): string =>
        window.visibleTextEditors
          .find((editor) => editor.document.uri.toString() === uri.toString())
          ?.document.getText() ?? '';
      await commands.executeCommand('powerschool.hidePersonalFields');
      try {
        await eventually(
          'hiding',
          () => (text().includes(lastName) ? undefined : true),
          workspace.onDidChangeTextDocument,
        );
        assert.equal((JSON.parse(text()) as { student: { id: number } }).student.id, 1);
      } finally {
        await commands.executeCommand('powerschool.showPersonalFields');
      }
      await eventually(
        'showing',
        () => (text().includes(lastName) ? true : undefined),
        workspace.onDidChangeTextDocument,
      );
    },
  },
];

function openBook(folder: string, bodies: BodyStore, keep: boolean): HistoryBook {
  return new HistoryBook({
    folder: path.join(folder, 'history'),
    bodies,
    keepBodies: () => keep,
    log: (line) => assert.fail(line),
  });
}

function shownUri(document: TextDocument): Uri {
  const shown = answerOf(document);
  assert.ok(shown);
  return shown.uri;
}

/** Runs the text of a request file on the sandbox district. */
async function runOnSandbox(text: string): Promise<{ results: RunResult[]; token: string }> {
  const { url, clientId, clientSecret } = testSandbox();
  const server: Server = { id: 'history', name: 'History', origin: url, kind: 'sandbox' };
  const secrets = new MemorySecretStore();
  secrets.keep(server, { clientId, clientSecret });
  const client = createClient({ server, secrets });
  try {
    const results: RunResult[] = [];
    const events = runRequests({
      files: [{ path: 'history.ps.http', file: parseRequestFile(text), environments: [], roots: [] }],
      ports: {
        clientFor: () => Promise.resolve({ server, sender: client }),
        files: { realPath: (file) => Promise.resolve(file), read: (file) => readFile(file) },
        processEnv: () => undefined,
        now: () => Date.now(),
        random: () => Math.random(),
      },
    });
    for await (const event of events) if (event.kind === 'result') results.push(event.result);
    return { results, token: client.tokens.held ?? 'no token' };
  } finally {
    await client.close();
  }
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'powerschool-history-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
