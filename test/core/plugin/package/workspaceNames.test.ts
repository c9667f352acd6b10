import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPluginPackage } from '../../../../src/core/plugin/package/pluginPackage.ts';
import { namesOf, repeatedNames } from '../../../../src/core/plugin/package/workspaceNames.ts';
import { packageOf, rosterFiles } from './packageOf.ts';

async function roster(folder: string, change: (text: string) => string = (text) => text) {
  const files = Object.fromEntries(Object.entries(rosterFiles()).map(([name, text]) => [name, change(text)]));
  return namesOf(folder, await readPluginPackage(packageOf(files)));
}

test('two plugins of one name are told at the second one, and their queries may be the same', async () => {
  const found = repeatedNames([await roster('one'), await roster('two')]);
  assert.deepEqual(
    found.map(({ folder, path, text, diagnostic: { code, range, args } }) => [
      folder,
      path,
      code,
      text.slice(range.start, range.end),
      args.map(String).join(),
    ]),
    [['two', 'plugin.xml', 'PS179', 'name="Cedar Roster"', 'Cedar Roster,one']],
  );
});

test('a query that two plugins have is told at the second one', async () => {
  const other = await roster('two', (text) => text.replace('name="Cedar Roster"', 'name="Cedar Rooms"'));
  const found = repeatedNames([await roster('one'), other]);
  assert.ok(found.length > 0);
  for (const { folder, path, diagnostic } of found) {
    assert.deepEqual([folder, path, diagnostic.code], ['two', 'queries_root/roster.named_queries.xml', 'PS484']);
    assert.equal(diagnostic.args[1], 'Cedar Roster');
  }
});

function set(code: string): (text: string) => string {
  return (text) => text.replace(/(?=<plugin\b|<queries\b)/, `<!-- powerschool-disable ${code} -->`);
}

function renamed(code: string): (text: string) => string {
  return (text) => set(code)(text).replace('name="Cedar Roster"', 'name="Cedar Rooms"');
}

test('a comment sets a shared name aside where it stands, and the other package still counts', async () => {
  assert.deepEqual(repeatedNames([await roster('one'), await roster('two', set('PS179'))]), []);
  assert.equal(repeatedNames([await roster('one', set('PS179')), await roster('two')]).length, 1);
  assert.deepEqual(repeatedNames([await roster('one'), await roster('two', renamed('PS484'))]), []);
  assert.ok(repeatedNames([await roster('one'), await roster('two', renamed('PS179'))]).length > 0);
});

test('packages that share no name, and faulty ones, bring nothing', async () => {
  const other = await roster('two', (text) =>
    text.replace('name="Cedar Roster"', 'name="Cedar Rooms"').replaceAll('org.cedar.roster', 'org.cedar.rooms'),
  );
  const faulty = namesOf('three', await readPluginPackage(packageOf({ 'plugin.xml': '<plugin name="Cedar Roster' })));
  assert.deepEqual(repeatedNames([await roster('one'), other, faulty]), []);
});
