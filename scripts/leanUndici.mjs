// undici is built of CommonJS modules, which a bundler takes whole. The transport reaches one class of it, so this
// leaves out what that class never reads. A form that is not known here stays as it is: larger, and right.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The modules that are reached and name what they take of others. */
const REACHED = [
  'core/request.js',
  'core/util.js',
  'dispatcher/client.js',
  'dispatcher/client-h1.js',
  'dispatcher/dispatcher.js',
  'dispatcher/dispatcher-base.js',
];

/**
 * What the transport never reaches: it speaks HTTP/1.1 (no client-h2), opens its sockets itself (no connect), asks for
 * no statistics, sends text and bytes (no fetch bodies, no forms), and the parser with SIMD runs wherever a supported
 * Node runs (no second build of it).
 */
const UNREACHED =
  /undici[\\/]lib[\\/](dispatcher[\\/]client-h2|core[\\/]connect|util[\\/]stats|llhttp[\\/]llhttp-wasm|web[\\/]fetch[\\/](body|formdata)|web[\\/]webidl[\\/]index)\.js$/;

/** @param {string} dist the folder for the parser, which becomes a file of bytes. */
export function leanUndici(dist) {
  return {
    name: 'lean-undici',
    setup({ onLoad }) {
      onLoad({ filter: UNREACHED }, () => ({ contents: 'module.exports = {};' }));
      // Its HTTP parser is WebAssembly, written as text in a module.
      onLoad({ filter: /undici[\\/]lib[\\/]llhttp[\\/]llhttp_simd-wasm\.js$/ }, async ({ path }) => {
        const { default: bytes } = await import(pathToFileURL(path).href);
        await writeFile(join(dist, 'llhttp.wasm'), bytes);
        return { contents: `module.exports = require('node:fs').readFileSync(__dist + '/llhttp.wasm');` };
      });
      // Of the parser's tables, those that the client reads.
      onLoad({ filter: /undici[\\/]lib[\\/]llhttp[\\/]constants\.js$/ }, async ({ path }) => {
        const { default: constants } = await import(pathToFileURL(path).href);
        const read = new Set(Array.from((await reached(path)).matchAll(/\bconstants\.(\w+)/g), ([, name]) => name));
        const entries = [...read].filter((name) => name in constants).map((name) => [name, constants[name]]);
        return { contents: JSON.stringify(Object.fromEntries(entries)), loader: 'json' };
      });
      onLoad({ filter: /undici[\\/]lib[\\/]core[\\/]symbols\.js$/ }, async ({ path }) => {
        const read = await reached(path);
        const text = await readFile(path, 'utf8');
        return {
          contents: text.replaceAll(/^ {2}(\w+): Symbol\(.*\n/gm, (line, name) => (read.includes(name) ? line : '')),
        };
      });
      onLoad({ filter: /undici[\\/]lib[\\/]core[\\/]errors\.js$/ }, async ({ path }) => ({
        contents: withNamedErrors(await readFile(path, 'utf8'), await reached(path)),
      }));
      onLoad({ filter: /undici[\\/]lib[\\/]core[\\/]util\.js$/ }, async ({ path }) => ({
        contents: withNamedFunctions(await readFile(path, 'utf8'), await reached(path, 'core/util.js')),
      }));
      // The channels stay; the log of NODE_DEBUG that listens to them goes.
      onLoad({ filter: /undici[\\/]lib[\\/]core[\\/]diagnostics\.js$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const [channels, log] = text.split('let isTrackingClientEvents');
        return { contents: log === undefined ? text : `${channels}\nmodule.exports = { channels };` };
      });
    },
  };
}

/** The text of what is reached, beside a file of undici, and without one of them. */
async function reached(path, without) {
  const lib = path.slice(0, path.lastIndexOf('lib') + 'lib'.length);
  const files = REACHED.filter((file) => file !== without);
  const texts = await Promise.all(files.map((file) => readFile(join(lib, file), 'utf8')));
  return texts.join('\n');
}

/** Of the functions those that somebody names, with the ones that these name. */
function withNamedFunctions(text, read) {
  const functions = /^(?:async )?function (\w+) \([^]*?\n\}\n/gm;
  const bodies = new Map(Array.from(text.matchAll(functions), ([body, name]) => [name, body]));
  const [rest, exported] = text.replaceAll(functions, '').split(/^(?=module\.exports = )/m);
  if (exported === undefined) return text;
  const kept = new Set();
  const keep = (words) => {
    for (const [name, body] of bodies) {
      if (kept.has(name) || !new RegExp(`\\b${name}\\b`).test(words)) continue;
      kept.add(name);
      keep(body);
    }
  };
  keep(read);
  keep(rest);
  return text
    .replaceAll(functions, (body, name) => (kept.has(name) ? body : ''))
    .replaceAll(/^ {2}(\w+),?\n/gm, (line, name) => (kept.has(name) || !bodies.has(name) ? line : ''));
}

/** Of the classes of errors those that somebody names, with the ones they extend. */
function withNamedErrors(text, read) {
  const classes = /(?:const k\w+ = Symbol\.for\(.*\n)?class (\w+) extends (\w+) \{\n[^]*?\n\}\n/g;
  const parents = new Map(Array.from(text.matchAll(classes), ([, name, parent]) => [name, parent]));
  const kept = new Set();
  for (const name of parents.keys()) {
    if (!read.includes(name)) continue;
    for (let each = name; parents.has(each); each = parents.get(each)) kept.add(each);
  }
  return text
    .replaceAll(classes, (block, name) => (kept.has(name) ? block : ''))
    .replaceAll(/^ {2}(\w+Error),?\n/gm, (line, name) => (kept.has(name) || !parents.has(name) ? line : ''));
}
