// The production build: one ESM graph with shared, lazily loaded chunks, flat in dist/, and the data beside them.
// `--development` leaves names readable and adds source maps.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { leanUndici } from './scripts/leanUndici.mjs';
import { bundledPackages, thirdPartyNotices } from './scripts/thirdPartyNotices.ts';

const development = process.argv.includes('--development');
const dist = 'dist';

/** Read by the tests on the bundles: which file may hold what, and how large it is. */
const METAFILE = '.cache/build/meta.json';

/** CommonJS packages ask for Node's own modules through `require`, and data lie beside the code. */
const BANNER = `import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url),__dist=import.meta.dirname;\n`;

/** Catalog, tables and schemas stay JSON in files of their own: parsed when first asked for, never as code. */
const dataBesideCode = {
  name: 'data-beside-code',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^read-data$/ }, ({ path }) => ({ path, namespace: 'data', sideEffects: false }));
    onLoad({ filter: /.*/, namespace: 'data' }, () => ({
      contents: `
        import { readFileSync } from 'node:fs';
        export const readData = (name) => JSON.parse(readFileSync(import.meta.dirname + '/' + name, 'utf8'));`,
    }));
    onLoad({ filter: /[\\/]src[\\/].*\.json$/ }, async ({ path }) => {
      const name = basename(path);
      await writeFile(join(dist, name), JSON.stringify(JSON.parse(await readFile(path, 'utf8'))));
      const contents = `import { readData } from 'read-data'; export default readData(${JSON.stringify(name)});`;
      return { contents, loader: 'js' };
    });
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);

const { metafile, outputFiles } = await build({
  entryPoints: {
    extension: 'src/extension/extension.ts',
    cli: 'src/cli/cli.ts',
    tableWorker: 'src/extension/grid/tableWorker.ts',
    selectionWorker: 'src/extension/response/selectionWorker.ts',
    powerQueryWorker: 'src/sandbox/powerquery/powerQueryWorker.ts',
  },
  outdir: dist,
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
  charset: 'utf8',
  metafile: true,
  write: false,
  plugins: [dataBesideCode, leanUndici(dist)],
  // undici's own switch for bundles: leaves out its second, experimental parser.
  define: { esbuildDetection: 'true' },
  banner: { js: BANNER },
  logLevel: 'warning',
});

/**
 * A chunk names every chunk that stands before it in the order of evaluation, to load it even when it takes nothing
 * from it. Modules of this project do nothing but declare, as `sideEffects` in package.json says: whoever needs a
 * chunk imports a name of it.
 */
const ONLY_FOR_ORDER = /import"\.\/[^"]+";/g;

/**
 * To import a built-in module as an ES module is to read each of its exports once, and with them all that Node loads
 * only when it is asked for: streams, readline and the stream of errors behind `node:fs` and `node:util`. That is
 * 5 ms of a short command.
 */
const LOADS_ALL = /import(?:(\{[^}]*\})|\s*(\w+)\s*)from"node:(fs|util)";/g;
const withoutLoadingAll = (_, names, whole, module) =>
  `const${names?.replaceAll(' as ', ':') ?? ` ${whole}`}=process.getBuiltinModule("${module}");`;

/** Every import of a chunk repeats its name, a thousand times in all: short ones are 7 kB less. */
const shortNames = new Map(
  outputFiles
    .map(({ path }) => basename(path))
    .filter((name) => /-[A-Z\d]{8}\.js$/.test(name) && !development)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name, index) => [name, `${index.toString(36)}.js`]),
);
const shortName = (path) => path.replace(/[^/]+$/, (name) => shortNames.get(name) ?? name);

for (const [path, output] of Object.entries(metafile.outputs)) {
  for (const each of output.imports) each.path = shortName(each.path);
  delete metafile.outputs[path];
  metafile.outputs[shortName(path)] = output;
}

/** The page of the table runs in a browser: a bundle of its own, with its styles beside it. */
const page = await build({
  entryPoints: { grid: 'src/webview/grid.ts', gridStyle: 'src/webview/grid.css' },
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'chrome138',
  minify: !development,
  sourcemap: development,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
Object.assign(metafile.outputs, page.metafile.outputs);

for (const { path: longPath, text } of outputFiles) {
  const path = join(dist, shortName(basename(longPath)));
  // A source map counts lines and columns: development keeps everything.
  const code = development
    ? text
    : text
        .replace(BANNER, '')
        .replace(ONLY_FOR_ORDER, '')
        .replace(LOADS_ALL, withoutLoadingAll)
        .replace(/"\.\/([^"/]+-[A-Z\d]{8}\.js)"/g, (_, name) => `"./${shortNames.get(name) ?? name}"`);
  // The banner stays where something needs it.
  const written = !development && /\brequire\b|\b__dist\b/.test(code) ? BANNER + code : code;
  await writeFile(path, written);
  const output = metafile.outputs[`${dist}/${basename(path)}`];
  if (output !== undefined) output.bytes = Buffer.byteLength(written);
}
const notices = await thirdPartyNotices(bundledPackages(metafile), 'node_modules');
await writeFile(join(dist, 'ThirdPartyNotices.txt'), notices);
await mkdir('.cache/build', { recursive: true });
await writeFile(METAFILE, JSON.stringify(metafile));
