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
 * What the transport never reaches in undici: it speaks HTTP/1.1 (no client-h2), sends text and bytes (no fetch bodies,
 * no forms), and the parser with SIMD runs wherever a supported Node runs (no second build of it).
 */
const UNREACHED =
  /undici[\\/]lib[\\/](dispatcher[\\/]client-h2|llhttp[\\/]llhttp-wasm|web[\\/]fetch[\\/](body|formdata)|web[\\/]webidl[\\/]index)\.js$/;

const leanUndici = {
  name: 'lean-undici',
  setup({ onLoad }) {
    onLoad({ filter: UNREACHED }, () => ({ contents: 'module.exports = {};' }));
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
  plugins: [parsedJson, leanUndici],
  // undici's own switch for bundles: leaves out its second, experimental parser.
  define: { esbuildDetection: 'true' },
  logLevel: 'warning',
});

// Read by the tests on the bundles: which file may hold what, and how large it is.
await writeFile('dist/meta.json', JSON.stringify(result.metafile));
