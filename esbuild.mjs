// The production build: one ESM graph with shared, lazily loaded chunks, flat in dist/.
// `--development` leaves names readable and adds source maps.
import { rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const development = process.argv.includes('--development');

await rm('dist', { recursive: true, force: true });

const result = await build({
  entryPoints: {
    extension: 'src/extension/extension.ts',
    cli: 'src/cli/cli.ts',
    powerQueryWorker: 'src/sandbox/powerquery/powerQueryWorker.ts',
  },
  outdir: 'dist',
  // Flat, so that `new URL('./worker.js', import.meta.url)` means the same in an entry and in a chunk.
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  minify: !development,
  sourcemap: development,
  legalComments: 'none',
  metafile: true,
  // CommonJS packages (undici, fast-xml-parser) ask for Node's own modules through `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// Read by the tests on the bundles: which file may hold what, and how large it is.
await writeFile('dist/meta.json', JSON.stringify(result.metafile));
