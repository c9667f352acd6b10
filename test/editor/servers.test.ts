import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { languages, workspace } from 'vscode';
import { filesWith } from '../support/filesBelow.ts';
import { addTestServer, testSandbox } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { openRequest, runAndRead } from './requestRun.ts';
import { eventually } from './waiting.ts';

/** Symbols under which undici keeps the dispatcher that all extensions share. */
const DISPATCHERS = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));

function globalDispatchers(): unknown[] {
  return DISPATCHERS.map((symbol) => (globalThis as Record<symbol, unknown>)[symbol]);
}

export const serverTests: EditorTest[] = [
  {
    name: 'a server that is added by its arguments signs in, and a request to it is answered',
    run: async () => {
      const before = globalDispatchers();
      const { fetch } = globalThis;
      await addTestServer('Suite');
      const document = await openRequest('# @server Suite\nGET /ws/v1/metadata\n');
      const answer = JSON.parse(await runAndRead(document)) as { metadata: { plugin_id?: unknown } };
      assert.ok(answer.metadata.plugin_id !== undefined, 'metadata names the plugin only for a valid token');
      assert.deepEqual(globalDispatchers(), before, "undici's process-wide dispatcher is untouched");
      assert.equal(globalThis.fetch, fetch, 'fetch is untouched');
    },
  },
  {
    name: 'a server with a wrong secret is not saved',
    run: async () => {
      await addTestServer('Right');
      await addTestServer('Wrong', { clientSecret: 'not-the-secret' });
      const document = await openRequest(
        '# @server Wrong\nGET /ws/v1/metadata\n\n###\n# @server Right\nGET /ws/v1/metadata\n',
      );
      // The names that are known are judged at once; this one is not among them.
      const unknown = (): number[] =>
        languages
          .getDiagnostics(document.uri)
          .filter(({ code }) => JSON.stringify(code).includes('PS535'))
          .map(({ range }) => range.start.line);
      const lines = await eventually(
        'the name being unknown',
        () => (unknown().length > 0 ? unknown() : undefined),
        languages.onDidChangeDiagnostics,
      );
      assert.deepEqual(lines, [0]);
    },
  },
  {
    name: 'neither secret nor token is in any file that the editor wrote',
    run: async () => {
      const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
      assert.ok(folder);
      assert.deepEqual(await filesWith(testSandbox().clientSecret, dirname(folder)), []);
    },
  },
];
