import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { checkout } from '../../scripts/checkout.ts';
import { CURRENT_EDITOR, MINIMUM_EDITOR } from '../../scripts/editor/editorVersion.ts';
import { workbenchAddress } from '../../scripts/editor/workbenchAddress.ts';

interface Manifest {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
}

test('the oldest editor that is tested is the oldest that package.json allows, and the types are from it', async () => {
  const manifest = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8')) as Manifest;
  const minor = MINIMUM_EDITOR.vscode.split('.').slice(0, 2).join('.');
  assert.equal(manifest.engines.vscode, `^${minor}.0`);
  assert.match(
    manifest.devDependencies['@types/vscode'] ?? '',
    new RegExp(`^~?${minor.replace('.', String.raw`\.`)}\\.`),
  );
});

test('the package code-server carries the VS Code that is named', () => {
  for (const { codeServer, vscode } of [CURRENT_EDITOR, MINIMUM_EDITOR]) {
    assert.equal(codeServer.replace(/^4/, '1'), vscode);
  }
});

test('the address names the folder and what to load from it', () => {
  const address = new URL(
    workbenchAddress('http://127.0.0.1:8000', { folder: '/a b', developmentExtension: '/x' }, 'token'),
  );
  assert.equal(address.searchParams.get('tkn'), 'token');
  assert.deepEqual(JSON.parse(address.searchParams.get('payload') ?? ''), [
    ['extensionDevelopmentPath', `vscode-remote://127.0.0.1:8000${process.platform === 'win32' ? '//x' : '/x'}`],
  ]);
});
