import { glob, readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, checkout } from '../checkout.ts';
import type { Counts } from './counts.ts';

/** Bundles every test/editor/*.test.ts into one module that an extension host can run, and returns its path. */
export async function bundleEditorSuite(): Promise<string> {
  const files: string[] = [];
  for await (const file of glob('test/editor/**/*.test.ts', { cwd: checkout })) files.push(file);
  const imports = files
    .toSorted()
    .map((file, index) => `import * as file${index} from './${file.replaceAll(path.sep, '/')}';`);
  const outfile = path.join(cacheFolder, 'editor-suite', 'runner.cjs');
  await build({
    stdin: {
      contents: [
        `import { runSuite } from './test/editor/runner.ts';`,
        ...imports,
        `export const run = () => runSuite([${imports.map((_, index) => `file${index}`).join(', ')}]);`,
      ].join('\n'),
      resolveDir: checkout,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
    sourcemap: true,
    // A CommonJS bundle has no import.meta: the sources ask only for their own place.
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}

/** What the suite noted at its end, its stacks leading into the sources. Rejects when it noted nothing. */
export async function readSuiteCounts(countFile: string, bundle: string): Promise<Counts> {
  const inSources = await sourcesInStacks(bundle);
  const counts = JSON.parse(await readFile(countFile, 'utf8')) as Counts;
  const failures = counts.failures?.map(({ name, error }) => ({ name, error: inSources(error) }));
  return failures === undefined ? counts : { ...counts, failures };
}

/** Stacks that lead into the bundle, made to lead into the sources it was made of. */
export async function sourcesInStacks(bundle: string): Promise<(text: string) => string> {
  const map = new SourceMap(JSON.parse(await readFile(`${bundle}.map`, 'utf8')) as SourceMapPayload);
  const name = path.basename(bundle).replaceAll('.', '\\.');
  // The place as a path or as an address of any scheme: `(/…/runner.cjs:12:3)`, `at file:///…/runner.cjs:12:3`.
  const places = new RegExp(`[^\\s()]*[/\\\\]${name}:(\\d+):(\\d+)`, 'g');
  return (text) =>
    text.replaceAll(places, (place, line: string, column: string) => {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in entry)) return place;
      const file = path.resolve(path.dirname(bundle), entry.originalSource);
      return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
}
