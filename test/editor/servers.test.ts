import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { workspace } from 'vscode';
import { addTestServer, testSandbox } from './sandboxServer.ts';
import type { EditorTest } from './suite.ts';
import { openRequest, runAndRead } from './requestRun.ts';

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
      await addTestServer('Wrong', 'not-the-secret');
      const document = await openRequest('# @server Wrong\nGET /ws/v1/metadata\n');
      await assert.rejects(runAndRead(document, 3000));
    },
  },
  {
    name: 'neither secret nor token is in any file that the editor wrote',
    run: async () => {
      const { clientSecret } = testSandbox();
      const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
      assert.ok(folder);
      const found: string[] = [];
      for (const file of await filesBelow(dirname(folder))) {
        if ((await readFile(file)).includes(clientSecret)) found.push(file);
      }
      assert.deepEqual(found, []);
    },
  },
];

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
