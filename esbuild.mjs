// The production build: one ESM graph with shared, lazily loaded chunks, flat in dist/.
// `--development` leaves names readable and adds source maps.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const development = process.argv.includes('--development');

await rm('dist', { recursive: true, force: true });

/** Data are chunks of their own that parse their JSON: several times faster to load than the same as code. */
const parsedJson = {
  name: 'parsed-json',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]data[\\/].*\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

/**
 * undici carries its HTTP parser four times. One is used wherever VS Code runs: llhttp with SIMD, which every Node that
 * is supported has; without it, the first request fails with undici's own error.
 */
const oneHttpParser = {
  name: 'one-http-parser',
  setup({ onLoad }) {
    onLoad({ filter: /undici[\\/]lib[\\/]llhttp[\\/]llhttp-wasm\.js$/ }, () => ({
      contents: 'module.exports = Buffer.alloc(0);',
    }));
  },
};

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
  plugins: [parsedJson, oneHttpParser],
  // undici's own switch for bundles: leaves out its second, experimental parser.
  define: { esbuildDetection: 'true' },
  logLevel: 'warning',
});

// Read by the tests on the bundles: which file may hold what, and how large it is.
await writeFile('dist/meta.json', JSON.stringify(result.metafile));
