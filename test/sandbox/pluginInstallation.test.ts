import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { ExplainedError } from '../../src/core/problem/explainedError.ts';
import { startSandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { manifest, PluginFolder, STUDENT_LIST } from './pluginFixtures.ts';

let folder: PluginFolder;
before(async () => {
  folder = await PluginFolder.create();
});
after(() => folder.remove());

/** Starts, which must fail, and gives the sentence. */
async function refused(options: SandboxOptions): Promise<string> {
  const error: unknown = await startSandbox({ students: 5, ...options }).then(
    async (sandbox) => sandbox.stop(),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExplainedError, 'the sandbox started');
  assert.equal(error.code, 'PS999');
  assert.notEqual(error.mend, '.');
  return error.message;
}

async function refusedManifest(text: string): Promise<string> {
  return refused({ plugins: [await folder.file('plugin.xml', text)] });
}

test('a manifest that is not well-formed is refused with line and column', async () => {
  assert.match(await refusedManifest(manifest().replace('</plugin>', '')), /plugin\.xml:\d+:\d+ PS1\d\d /);
});

test('a manifest that does not fit the schema is refused', async () => {
  assert.match(await refusedManifest(manifest().replace(/<publisher[\s\S]*<\/publisher>/, '')), /publisher/);
  assert.match(await refusedManifest(manifest().replace('http://plugin', 'https://plugin')), /PS131/);
  assert.match(await refusedManifest(manifest({ fields: ['STUDENTS.DCID=Write'] })), /Write/);
});

test('a column that does not exist keeps the plugin from being enabled, whatever else is right', async () => {
  const message = await refusedManifest(
    manifest({ fields: ['STUDENTS.DCID', 'STUDENTS.STUDENT_EMAIL', 'STOREDGRADES.ID', 'USERS.ID'] }),
  );
  assert.match(
    message,
    /STUDENTS STUDENT_EMAIL Invalid Column; STOREDGRADES ID Invalid Column; USERS ID Invalid Column/,
  );
});

test('a table name that is a slip of an existing one is refused', async () => {
  assert.match(await refusedManifest(manifest({ fields: ['STUDENTZ.DCID'] })), /STUDENTZ Invalid Table/);
  assert.match(await refusedManifest(manifest({ fields: ['SECTIONMEETING.ID'] })), /SECTIONMEETING Invalid Table/);
});

test('extension tables of another district are let pass', async () => {
  const path = await folder.file('other.xml', manifest({ fields: ['U_ELSEWHERE.NOTE', 'S_AK_STU_X.CODE'] }));
  await (await startSandbox({ students: 5, plugins: [path] })).stop();
});

test('a zip with a faulty query file, without a manifest or that is no zip is refused', async () => {
  const broken = { 'plugin.xml': manifest(), 'queries_root/a.named_queries.xml': STUDENT_LIST.replace('<sql>', '') };
  assert.match(await refused({ plugins: [await folder.zip('a.zip', broken)] }), /queries_root\/a\.named_queries\.xml:/);
  const wrapped = { 'roster/plugin.xml': manifest() };
  assert.match(await refused({ plugins: [await folder.zip('b.zip', wrapped)] }), /b\.zip is refused/);
  assert.match(await refused({ plugins: [await folder.file('c.zip', 'no zip')] }), /c\.zip is refused/);
});

test('a folder is installed like its zip', async () => {
  await folder.file('package/plugin.xml', manifest({ name: 'From a folder' }));
  await folder.file('package/queries_root/a.named_queries.xml', STUDENT_LIST);
  const sandbox = await startSandbox({ students: 5, plugins: [`${folder.path}/package`] });
  assert.deepEqual(
    sandbox.plugins.map(({ name }) => name),
    ['Sandbox Data Provider', 'From a folder'],
  );
  await sandbox.stop();
});

test('two plugins of one name, a missing file and values that cannot be are refused', async () => {
  const path = await folder.file('same.xml', manifest());
  assert.match(await refused({ plugins: [path, path] }), /installed already/);
  assert.match(await refused({ plugins: [`${folder.path}/nowhere.zip`] }), /nowhere\.zip cannot be read/);
  assert.match(await refused({ students: 0 }), /number of students is 0/);
  assert.match(await refused({ port: 70_000 }), /port is 70000/);
  assert.match(await refused({ schools: 2 }), /schools is 2/);
  assert.match(await refused({ today: '2026-13-01' }), /date/);
  assert.match(await refused({ faults: { errorRate: 2 } }), /errorRate/);
});

test('a port in use is told', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  assert.ok(address !== null && typeof address === 'object');
  assert.match(await refused({ port: address.port }), new RegExp(`port ${address.port} is in use`));
  await new Promise((resolve) => other.close(resolve));
});

test('a start that fails leaves no file behind', async () => {
  await refused({ plugins: [`${folder.path}/nowhere.zip`] });
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`powerschool-sandbox-${process.pid}-`));
  assert.deepEqual(left, []);
});
