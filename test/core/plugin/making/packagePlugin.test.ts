import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import { createPluginFiles } from '../../../../src/core/plugin/making/newPlugin.ts';
import type { PackageFile } from '../../../../src/core/plugin/making/packageEntries.ts';
import { packagePlugin, type PackageOutcome } from '../../../../src/core/plugin/making/packagePlugin.ts';

function file(path: string, text: string): PackageFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

const PLUGIN = createPluginFiles({
  name: 'Bus Passes',
  publisher: 'Fernhill School District',
  email: 'data@fernhill.example',
  v1Access: 'READ',
  fields: [],
  query: { name: 'org.fernhill.x.students.list', table: 'STUDENTS', columns: ['DCID'] },
}).map(({ path, text }) => file(path, text));

async function packaged(files: readonly PackageFile[]): Promise<Extract<PackageOutcome, { kind: 'packaged' }>> {
  const outcome = await packagePlugin(files);
  assert.equal(outcome.kind, 'packaged', JSON.stringify(outcome));
  if (outcome.kind !== 'packaged') throw new Error('refused');
  return outcome;
}

async function refused(files: readonly PackageFile[]): Promise<Extract<PackageOutcome, { kind: 'refused' }>> {
  const outcome = await packagePlugin(files);
  if (outcome.kind !== 'refused') throw new Error('packaged');
  return outcome;
}

describe('a package', () => {
  test('has plugin.xml and its folders at the top, and nothing else', async () => {
    const { bytes, entries, leftOut, fileName } = await packaged([
      ...PLUGIN,
      file('WEB_ROOT/admin/x/home.html', '<html/>'),
      file('WEB_ROOT/.DS_Store', 'x'),
      file('README.md', '# x'),
      file('.git/config', 'x'),
      file('bus-passes-0.9.0.zip', 'x'),
      file('__MACOSX/plugin.xml', 'x'),
      file('queries_root/old.named_queries.xml~', 'x'),
    ]);
    assert.equal(fileName, 'bus-passes-1.0.0.zip');
    const inside = unzipSync(bytes);
    assert.deepEqual(Object.keys(inside), [...entries]);
    assert.deepEqual(entries, [
      'WEB_ROOT/admin/x/home.html',
      'plugin.xml',
      'queries_root/bus-passes.named_queries.xml',
    ]);
    assert.equal(leftOut.length, 6);
    for (const { path, bytes } of PLUGIN) assert.deepEqual(inside[path], bytes);
  });

  test('spells its folders as the server does', async () => {
    const { entries } = await packaged([
      file('plugin.xml', new TextDecoder().decode(PLUGIN[0]?.bytes)),
      file('messagekeys/x.US_en.properties', 'a.b=c\n'),
      file('web_root/admin/x.html', ''),
    ]);
    assert.deepEqual(entries, ['MessageKeys/x.US_en.properties', 'plugin.xml', 'web_root/admin/x.html']);
  });

  test('has the same bytes for the same content, whatever the order of the files', async () => {
    const one = await packaged(PLUGIN);
    const other = await packaged([...PLUGIN].reverse());
    assert.deepEqual(one.bytes, other.bytes);
  });

  test('has the same bytes in every time zone', async () => {
    const script = `
      import { createPluginZip } from '${new URL('../../../../src/core/plugin/making/pluginZip.ts', import.meta.url).href}';
      const bytes = await createPluginZip([{ path: 'plugin.xml', bytes: new Uint8Array([1, 2, 3]) }]);
      process.stdout.write(Buffer.from(bytes).toString('hex'));`;
    const run = (TZ: string): string =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }).stdout;
    const here = run('UTC');
    assert.ok(here.length > 100);
    assert.equal(run('Pacific/Kiritimati'), here);
    assert.equal(run('America/Los_Angeles'), here);
  });
});

describe('packaging is refused', () => {
  test('without a plugin.xml of exactly that name at the top', async () => {
    for (const path of ['Plugin.xml', 'bus/plugin.xml']) {
      assert.equal((await refused([{ path, bytes: PLUGIN[0]?.bytes ?? new Uint8Array() }])).reason, 'noManifest');
    }
    assert.equal((await refused([])).reason, 'noManifest');
  });

  test('for folders where the server takes none, naming the files', async () => {
    const { reason, paths } = await refused([...PLUGIN, file('queries_root/old/x.named_queries.xml', '<queries/>')]);
    assert.equal(reason, 'misplaced');
    assert.deepEqual(paths, ['queries_root/old/x.named_queries.xml']);
  });

  test('for a file with an error, with the findings', async () => {
    const { reason, paths, findings } = await refused([
      ...PLUGIN,
      file('queries_root/x.named_queries.xml', '<queries>'),
    ]);
    assert.equal(reason, 'errors');
    assert.deepEqual(paths, ['queries_root/x.named_queries.xml']);
    assert.ok(findings.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')));
  });

  test('for an error between two files', async () => {
    const query = PLUGIN[1]?.bytes ?? new Uint8Array();
    const { reason, findings } = await refused([
      ...PLUGIN,
      { path: 'queries_root/again.named_queries.xml', bytes: query },
    ]);
    assert.equal(reason, 'errors');
    assert.ok(findings.flatMap(({ diagnostics }) => diagnostics).some(({ code }) => code.startsWith('PS4')));
  });
});
