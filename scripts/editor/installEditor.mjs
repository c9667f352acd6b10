// The VS Code server and workbench from the npm package code-server, in the cache folder: a real editor on every
// machine that reaches the npm registry.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './checkout.mjs';
import { run } from './run.mjs';

/** The newest editor the tests run in, and the oldest that package.json supports, each with its own Node. */
export const EDITORS = {
  current: { package: 'code-server@4.139.1', name: 'VS Code 1.139' },
  minimum: { package: 'code-server@4.105.1', name: 'VS Code 1.105', node: 'node@22' },
};

/**
 * Installs an editor once and tells where it is.
 *
 * @param {keyof typeof EDITORS} which
 * @returns {Promise<{ name: string, serverMain: string, node: string }>}
 */
export async function installEditor(which) {
  const editor = EDITORS[which];
  const folder = join(cacheFolder, 'editor', editor.package.replace('@', '-'));
  const place = {
    name: editor.name,
    serverMain: join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
    node: editor.node ? join(folder, 'node_modules', 'node', 'bin', nodeName()) : process.execPath,
  };
  if (existsSync(place.serverMain)) return place;

  console.log(`Getting ${editor.name} (about 200 MB from the npm registry, once) …`);
  // Built beside its place and moved when whole: a killed install leaves nothing that looks finished.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  // The package node fetches the binary for this platform in its install script: the only one that may run.
  await writeFile(join(unfinished, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  await npmInstall(unfinished, ['--ignore-scripts', editor.package]);
  if (editor.node) await npmInstall(unfinished, [editor.node]);
  console.log(`Getting the parts of ${editor.name} …`);
  const vscode = join(unfinished, 'node_modules', 'code-server', 'lib', 'vscode');
  await dropDependenciesOutsideTheRegistry(vscode);
  await npmInstall(vscode, ['--omit=dev', '--ignore-scripts']);
  await rename(unfinished, folder);
  return place;
}

/** @param {string} folder @param {string[]} args */
async function npmInstall(folder, args) {
  await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', ...args], {
    cwd: folder,
    quiet: true,
    // A script run by npm hands its settings on: these belong to this checkout, not to the editor's folder.
    env: Object.fromEntries(
      Object.entries(process.env).filter(
        ([key]) => !/^npm_(package|lifecycle|config_(prefix|local_prefix))/i.test(key),
      ),
    ),
  });
}

/** The server names a dependency by its git repository; it works without that one. */
async function dropDependenciesOutsideTheRegistry(folder) {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  let dropped = false;
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    if (/[/#]/.test(version) && !version.startsWith('npm:')) {
      delete manifest.dependencies[name];
      dropped = true;
    }
  }
  if (!dropped) return;
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  // The shrinkwrap still names what was dropped.
  await rm(join(folder, 'npm-shrinkwrap.json'), { force: true });
}

function nodeName() {
  return process.platform === 'win32' ? 'node.exe' : 'node';
}
