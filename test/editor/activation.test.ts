import assert from 'node:assert/strict';
import { commands, extensions, type Extension } from 'vscode';
import { COMMANDS } from '../../src/extension/contributions.ts';
import type { EditorTest } from './suite.ts';

const ID = 'powerschool-api-explorer.powerschool-api-explorer';

function extension(): Extension<unknown> {
  const found = extensions.getExtension(ID);
  assert.ok(found, `${ID} is installed`);
  return found;
}

export const activationTests: EditorTest[] = [
  {
    name: 'activation succeeds and exports nothing',
    run: async () => {
      assert.equal(await extension().activate(), undefined);
      assert.equal(extension().exports, undefined);
    },
  },
  {
    name: 'every contributed command is registered',
    run: async () => {
      const known = new Set(await commands.getCommands(true));
      const missing = Object.values(COMMANDS).filter((command) => !known.has(command));
      assert.deepEqual(missing, []);
    },
  },
];
