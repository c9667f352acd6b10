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
  assert.deepEqual(await codes(bytes), ['PS470']);
});

test('an entry that lies about its size is cut at the size it claims', async () => {
  const bytes = Buffer.from(
    zip({ 'plugin.xml': rosterFiles()['plugin.xml'] ?? '', 'WEB_ROOT/x.html': 'a'.repeat(1_000_000) }),
  );
  const directory = bytes.lastIndexOf(Buffer.from('WEB_ROOT/x.html')) - 46;
  bytes.writeUInt32LE(10, directory + 24);
  const entry = zipSource(bytes, 'x.zip').entries.find(({ path: at }) => at === 'WEB_ROOT/x.html');
  await assert.rejects(entry?.read() ?? Promise.resolve(), /damaged/);
});

test('a zip of ten thousand entries is read entry by entry, not anew for each', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `WEB_ROOT/admin/page${i}.html`);
  const bytes = zip({ ...rosterFiles(), ...Object.fromEntries(names.map((name) => [name, 'x'])) });
  assert.deepEqual(await codes(bytes), []);
});

test('what stands before a zip moves its places only', async () => {
  assert.deepEqual(await codes(Buffer.concat([Buffer.from('#!/bin/sh\nexit\n'), zip(rosterFiles())])), []);
});

test('an encrypted entry is said to be encrypted', async () => {
  const bytes = Buffer.from(zip(rosterFiles()));
  bytes.writeUInt16LE(1, bytes.lastIndexOf(Buffer.from('plugin.xml')) - 46 + 8);
  const { files } = await lintPackage(zipSource(bytes, 'x.zip'));
  assert.match(files.find(({ path: at }) => at === 'plugin.xml')?.diagnostics[0]?.message ?? '', /encrypted/);
});

test('a picture that was damaged on the way is found too', async () => {
  const bytes = Buffer.from(zip({ ...rosterFiles(), 'WEB_ROOT/images/a.png': Buffer.from('PNG') }));
  const directory = bytes.lastIndexOf(Buffer.from('WEB_ROOT/images/a.png')) - 46;
  bytes.writeUInt32LE(bytes.readUInt32LE(directory + 16) ^ 1, directory + 16);
  const { files } = await lintPackage(zipSource(bytes, 'x.zip'));
  const found = files.flatMap(({ path: at, diagnostics }) => diagnostics.map(({ code }) => `${code} ${at}`));
  assert.ok(found.includes('PS471 WEB_ROOT/images/a.png'), found.join());
});

test('an entry that has another name in its own header is not taken for either', async () => {
  const bytes = Buffer.from(zip(rosterFiles()));
  const first = bytes.indexOf(Buffer.from('plugin.xml'));
  bytes.write('plugin.xmk', first);
  assert.deepEqual(await codes(bytes), ['PS471']);
});

test('a file that is in the zip twice is an error', async () => {
  const bytes = Buffer.from(zip({ ...rosterFiles(), 'plugin.xmk': rosterFiles()['plugin.xml'] ?? '' }));
  for (let at = bytes.indexOf('plugin.xmk'); at >= 0; at = bytes.indexOf('plugin.xmk')) bytes.write('plugin.xml', at);
  assert.deepEqual(await codes(bytes), ['PS473']);
});

test('a link in a zip is not unpacked', async () => {
  const bytes = Buffer.from(zip({ ...rosterFiles(), 'WEB_ROOT/link.html': '/etc/passwd' }));
  const directory = bytes.lastIndexOf(Buffer.from('WEB_ROOT/link.html')) - 46;
  bytes.writeUInt8(3, directory + 5);
  bytes.writeUInt32LE((0o120777 << 16) >>> 0, directory + 38);
  assert.deepEqual(await codes(bytes), ['PS469']);
});

test('sizes of 64 bits are read', async () => {
  const name = 'plugin.xml';
  const plain = Buffer.from(zip({ [name]: rosterFiles()[name] ?? '' }));
  const directory = plain.lastIndexOf(Buffer.from(name)) - 46;
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(plain.readUInt32LE(directory + 24)), 4);
  extra.writeBigUInt64LE(BigInt(plain.readUInt32LE(directory + 20)), 12);
  const at = directory + 46 + name.length;
  const bytes = Buffer.concat([plain.subarray(0, at), extra, plain.subarray(at)]);
  bytes.writeUInt32LE(0xffffffff, directory + 20);
  bytes.writeUInt32LE(0xffffffff, directory + 24);
  bytes.writeUInt16LE(extra.length, directory + 30);
  bytes.writeUInt32LE(plain.readUInt32LE(plain.length - 10) + extra.length, bytes.length - 10);
  const { entries, faults } = zipSource(bytes, 'x.zip');
  assert.deepEqual(faults, []);
  assert.equal(Buffer.from((await entries[0]?.read()) ?? []).toString(), rosterFiles()[name]);
});

test('the folders of a package have one spelling, except WEB_ROOT', async () => {
  const renamed = Object.fromEntries(
    Object.entries(rosterFiles()).map(([name, text]) => [
      name.replace('queries_root', 'Queries_Root').replace('WEB_ROOT', 'web_root'),
      text,
    ]),
  );
  const { files } = await lintPackage(zipSource(zip(renamed), 'x.zip'));
  const found = files.flatMap(({ path: at, diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'warning').map(({ code }) => `${code} ${at}`),
  );
  assert.deepEqual(found, ['PS474 Queries_Root/roster.named_queries.xml']);
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
