import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundledPackages } from '../../scripts/thirdPartyNotices.ts';

interface Metafile {
  inputs: Record<string, unknown>;
  outputs: Record<
    string,
    {
      bytes: number;
      entryPoint?: string;
      imports: { path: string; kind: string; external?: boolean }[];
      inputs: Record<string, { bytesInOutput: number }>;
    }
  >;
}

const metaPath = new URL('../../.cache/build/meta.json', import.meta.url);
const built = existsSync(metaPath);
const skip = built ? false : 'needs npm run build';
const outputs: Metafile['outputs'] = built ? (JSON.parse(readFileSync(metaPath, 'utf8')) as Metafile).outputs : {};

const KB = 1000;

function outputOf(entryPoint: string): string {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === entryPoint);
  assert.ok(found, `${entryPoint} was not built`);
  return found[0];
}

/** The file and all it can load, statically or lazily. */
function reachable(start: string, kinds: readonly string[]): string[] {
  const seen = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (!external && kinds.includes(kind) && outputs[path]) waiting.push(path);
    }
  }
  return [...seen];
}

const ALL_IMPORTS = ['import-statement', 'dynamic-import', 'require-call'];

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}

test('only what the extension loads imports vscode', { skip }, () => {
  for (const entry of [
    'src/cli/cli.ts',
    'src/sandbox/powerquery/powerQueryWorker.ts',
    'src/extension/grid/tableWorker.ts',
    'src/extension/response/selectionWorker.ts',
    'src/webview/grid.ts',
  ]) {
    for (const file of reachable(outputOf(entry), ALL_IMPORTS)) {
      const imports = outputs[file]?.imports.map(({ path }) => path) ?? [];
      assert.ok(!imports.includes('vscode'), `${file}, loaded by ${entry}, imports vscode`);
    }
  }
});

test("undici's index, which sets a process-wide dispatcher, is in no bundle", { skip }, () => {
  for (const [file, { inputs }] of Object.entries(outputs)) {
    for (const input of Object.keys(inputs)) {
      assert.doesNotMatch(input, /node_modules\/undici\/(index|lib\/global)\.js$/, `${file} holds ${input}`);
    }
  }
});

test('starting the command line or the extension loads no undici', { skip }, () => {
  for (const entry of ['src/cli/cli.ts', 'src/extension/extension.ts']) {
    for (const file of reachable(outputOf(entry), ['import-statement'])) {
      const inputs = Object.keys(outputs[file]?.inputs ?? {});
      assert.ok(
        !inputs.some((input) => input.includes('node_modules/undici/')),
        `${file}, loaded by ${entry} at once, holds undici`,
      );
    }
  }
});

test('the entry of the extension stays within 80 kB with all it loads at once', { skip }, () => {
  const bytes = bytesOf(reachable(outputOf('src/extension/extension.ts'), ['import-statement']));
  assert.ok(bytes <= 80 * KB, `${bytes} bytes`);
});

// The goal is 700 kB. Beside it stand 54 kB of WebAssembly: undici's HTTP parser.
test('all code that the extension host can load stays within 800 kB', { skip }, () => {
  const files = reachable(outputOf('src/extension/extension.ts'), ALL_IMPORTS);
  assert.ok(bytesOf(files) <= 800 * KB, `${bytesOf(files)} bytes`);
});

test('the page of the table stays within 250 kB with its styles', { skip }, () => {
  const bytes = bytesOf([outputOf('src/webview/grid.ts'), outputOf('src/webview/grid.css')]);
  assert.ok(bytes <= 250 * KB, `${bytes} bytes`);
});

test('command line and sandbox stay within 900 kB', { skip }, () => {
  const entries = ['src/cli/cli.ts', 'src/sandbox/powerquery/powerQueryWorker.ts'];
  const files = new Set(entries.flatMap((entry) => reachable(outputOf(entry), ALL_IMPORTS)));
  assert.ok(bytesOf([...files]) <= 900 * KB, `${bytesOf([...files])} bytes`);
});

test('the data stay within 400 kB, in files of their own', { skip }, () => {
  const dist = new URL('../../dist/', import.meta.url);
  const files = readdirSync(dist).filter((file) => file.endsWith('.json'));
  assert.ok(files.includes('catalog.json') && files.includes('tables.json'), String(files));
  const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, dist)).size, 0);
  assert.ok(bytes <= 400 * KB, `${bytes} bytes`);
});

test('the licences of all packages in the bundles go along', { skip }, () => {
  const notices = readFileSync(new URL('../../dist/ThirdPartyNotices.txt', import.meta.url), 'utf8');
  const packages = bundledPackages({ outputs });
  assert.ok(packages.includes('undici') && packages.includes('regular-table'), String(packages));
  for (const name of packages) assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
});

const vsix = fileURLToPath(new URL('../../dist/powerschool-api-explorer.vsix', import.meta.url));

test('the packaged extension stays within 1 MB', { skip: existsSync(vsix) ? false : 'needs npm run package' }, () => {
  const { size } = statSync(vsix);
  assert.ok(size <= 1000 * KB, `${size} bytes`);
});
