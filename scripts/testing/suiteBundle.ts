import { glob } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, checkout } from '../checkout.ts';

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
    // A CommonJS bundle has no import.meta: the sources ask only for their own place.
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}
