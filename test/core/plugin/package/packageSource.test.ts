import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { zipSync } from 'fflate';
import { openPackage } from '../../../../src/core/plugin/package/folderSource.ts';
import { lintPackage } from '../../../../src/core/plugin/package/lintPackage.ts';
import { describePackage } from '../../../../src/core/plugin/package/packageDescriptor.ts';
import { readPluginPackage } from '../../../../src/core/plugin/package/pluginPackage.ts';
import { zipSource } from '../../../../src/core/plugin/package/zipSource.ts';
import { packageOf, rosterFiles } from './packageOf.ts';

let folder = '';

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plugin-package-'));
  for (const [name, text] of Object.entries(rosterFiles())) {
    await mkdir(path.dirname(path.join(folder, 'roster', name)), { recursive: true });
    await writeFile(path.join(folder, 'roster', name), text);
  }
});

after(async () => {
  await rm(folder, { recursive: true, force: true });
});

function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? Buffer.from(content) : content,
      ]),
    ),
  );
}

async function codes(bytes: Uint8Array): Promise<string[]> {
  const { files } = await lintPackage(zipSource(bytes, 'x.zip'));
  return files.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
  );
}

test('a folder, a zip and a manifest alone are read alike', async () => {
  await writeFile(path.join(folder, 'roster.zip'), zip(rosterFiles()));
  const fromFolder = describePackage(await readPluginPackage(await openPackage(path.join(folder, 'roster'))));
  const fromZip = describePackage(await readPluginPackage(await openPackage(path.join(folder, 'roster.zip'))));
  const alone = describePackage(await readPluginPackage(await openPackage(path.join(folder, 'roster', 'plugin.xml'))));
  assert.deepEqual(fromZip, fromFolder);
  assert.deepEqual(alone.grants, fromFolder.grants);
  assert.deepEqual(alone.queries, []);
});

test('a package tells what it asks for and what it brings', async () => {
  const described = describePackage(await readPluginPackage(packageOf(rosterFiles())));
  assert.equal(described.name, 'Cedar Roster');
  assert.equal(described.version, '1.4.0');
  assert.equal(described.oauth, true);
  assert.equal(described.accessLevelV1Api, 'READ');
  assert.equal(described.grants.length, 6);
  assert.deepEqual(described.grants[5], { table: 'U_CEDAR', field: 'ROOM', access: 'FullAccess' });
  const [list] = described.queries;
  assert.ok(list);
  assert.equal(list.name, 'org.cedar.roster.students.list');
  assert.equal(list.flattened, true);
  assert.equal(list.coreTable, 'students');
  assert.deepEqual(
    list.args.map(({ name, required }) => [name, required]),
    [
      ['grade', true],
      ['room', false],
    ],
  );
  assert.deepEqual(list.columns.map(({ name, column }) => [name, column])[3], ['STUDENTS.GRADE_LEVEL', undefined]);
  assert.match(list.sql, /^select s\.dcid[^]*order by s\.last_name, s\.dcid$/);
  const text = rosterFiles()[list.path] ?? '';
  assert.equal(text.slice(list.ranges.name.start, list.ranges.name.end), list.name);
  assert.match(
    text.slice(list.ranges.query.start, list.ranges.query.end),
    /^<query name="org\.cedar\.roster\.students\.list"[^]*<\/query>$/,
  );
  assert.deepEqual(described.mappings[2], {
    page: '/admin/roster/home.html',
    method: 'get',
    path: '/ws/schema/table/U_CEDAR',
  });
  assert.deepEqual(described.tables, [{ name: 'U_CEDAR', coreTable: 'STUDENTS', fields: ['ROOM', 'SINCE'] }]);
});

test('entries that would leave the package are refused and not unpacked', async () => {
  const names = ['../outside.xml', 'WEB_ROOT/../../x', '/etc/passwd', 'C:/windows/x', 'WEB_ROOT\\admin\\x.html'];
  const source = zipSource(zip({ ...rosterFiles(), ...Object.fromEntries(names.map((name) => [name, 'x'])) }), 'x.zip');
  assert.deepEqual(
    source.faults.map(({ kind, path: at }) => `${kind} ${at}`).sort(),
    names.map((name) => `unsafePath ${name}`).sort(),
  );
  assert.ok(!source.entries.some(({ path: at }) => names.includes(at)));
  assert.equal((await codes(zip({ ...rosterFiles(), '../x': '' }))).join(), 'PS469');
});

test('a file that would unpack to more than the limit is not unpacked', async () => {
  const bomb = zip({ ...rosterFiles(), 'WEB_ROOT/big.html': new Uint8Array(33 * 1024 * 1024) });
  assert.ok(bomb.length < 200_000);
  assert.deepEqual(await codes(bomb), ['PS470']);
});

test('many files that together are too large are not unpacked', async () => {
  const names = Array.from({ length: 14 }, (_, i) => `WEB_ROOT/file${i}.html`);
  const bytes = Buffer.from(zip({ ...rosterFiles(), ...Object.fromEntries(names.map((name) => [name, 'x'])) }));
  for (const name of names) {
    // what the directory claims is what counts
    bytes.writeUInt32LE(20 * 1024 * 1024, bytes.lastIndexOf(Buffer.from(name)) - 46 + 24);
  }
  assert.deepEqual(await codes(bytes), ['PS470', 'PS460']);
});

test('an entry that lies about its size is cut at the size it claims', async () => {
  const bytes = Buffer.from(
    zip({ 'plugin.xml': rosterFiles()['plugin.xml'] ?? '', 'WEB_ROOT/x.html': 'a'.repeat(1_000_000) }),
  );
  const directory = bytes.lastIndexOf(Buffer.from('WEB_ROOT/x.html')) - 46;
  bytes.writeUInt32LE(10, directory + 24);
  const source = zipSource(bytes, 'x.zip');
  const entry = source.entries.find(({ path: at }) => at === 'WEB_ROOT/x.html');
  const content = await entry?.read().catch(() => undefined);
  assert.ok(content === undefined || content.length === 10);
});

test('what is no zip is one clear finding', async () => {
  assert.deepEqual(await codes(Buffer.from('no zip at all')), ['PS471']);
  assert.deepEqual(await codes(new Uint8Array(0)), ['PS471']);
  assert.deepEqual(await codes(zip(rosterFiles()).subarray(0, 500)), ['PS471']);
});

test('a damaged entry is a finding at its file, the rest is still checked', async () => {
  const bytes = Buffer.from(zip(rosterFiles()));
  const at =
    bytes.indexOf(Buffer.from('queries_root/roster.named_queries.xml')) +
    'queries_root/roster.named_queries.xml'.length;
  bytes.fill(0xff, at, at + 200);
  const { files } = await lintPackage(zipSource(bytes, 'x.zip'));
  const found = files.find(({ path: name }) => name.startsWith('queries_root/'));
  assert.deepEqual(
    found?.diagnostics.map(({ code }) => code),
    ['PS471'],
  );
  assert.ok(files.some(({ path: name, language }) => name === 'plugin.xml' && language === 'plugin'));
});

test('names that differ in letter case only are warned of', async () => {
  const { files } = await lintPackage(
    zipSource(zip({ ...rosterFiles(), 'WEB_ROOT/admin/roster/HOME.html': '' }), 'x.zip'),
  );
  assert.ok(files.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'PS472')));
});

test('links in a folder are not followed', { skip: process.platform === 'win32' }, async () => {
  const inside = path.join(folder, 'linked');
  await mkdir(inside, { recursive: true });
  await writeFile(path.join(inside, 'plugin.xml'), rosterFiles()['plugin.xml'] ?? '');
  await symlink(path.join(folder, 'roster'), path.join(inside, 'WEB_ROOT'));
  await symlink(inside, path.join(inside, 'loop'));
  const source = await openPackage(inside);
  assert.deepEqual(
    source.entries.map(({ path: name }) => name),
    ['plugin.xml'],
  );
});

test('a path that is not there rejects', async () => {
  await assert.rejects(openPackage(path.join(folder, 'nothing.zip')), { code: 'ENOENT' });
});
