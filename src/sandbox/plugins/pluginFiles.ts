import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startError } from '../startError.ts';

/** Files of a plugin package by their path in the package, with forward slashes. */
export type PluginFiles = ReadonlyMap<string, Uint8Array>;

/** Folders of a package whose files the sandbox reads. */
const FOLDERS: ReadonlySet<string> = new Set(['queries_root', 'permissions_root', 'user_schema_root']);

/** A package larger than this, unpacked, is no plugin. */
const SIZE_LIMIT = 100 * 1024 * 1024;

/**
 * The files of a plugin: of a zip, of a folder with `plugin.xml` at its top, or of a manifest alone.
 * Rejects with `PS999` when there is none.
 */
export async function readPluginFiles(path: string): Promise<PluginFiles> {
  try {
    if ((await stat(path)).isDirectory()) return await readFolder(path);
    const bytes = await readFile(path);
    if (/\.zip$/i.test(path)) return await readZip(bytes);
    return new Map([['plugin.xml', bytes]]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw startError(`the plugin ${basename(path)} cannot be read (${reason})`, 'Check the path', { cause: error });
  }
}

async function readFolder(folder: string): Promise<PluginFiles> {
  const files = new Map<string, Uint8Array>();
  files.set('plugin.xml', await readFile(join(folder, 'plugin.xml')));
  for (const name of await readdir(folder)) {
    if (!FOLDERS.has(name.toLowerCase())) continue;
    for (const entry of await readdir(join(folder, name), { withFileTypes: true })) {
      if (entry.isFile())
        files.set(`${name.toLowerCase()}/${entry.name}`, await readFile(join(folder, name, entry.name)));
    }
  }
  return files;
}

async function readZip(bytes: Uint8Array): Promise<PluginFiles> {
  const { unzipSync } = await import('fflate');
  let size = 0;
  const entries = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      size += originalSize;
      if (size > SIZE_LIMIT) throw new Error('it is larger than 100 MB unpacked');
      return name === 'plugin.xml' || FOLDERS.has(name.split('/')[0]?.toLowerCase() ?? '');
    },
  });
  const files = new Map<string, Uint8Array>();
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith('/')) continue;
    const [folder = '', ...rest] = name.split('/');
    files.set(rest.length === 0 ? name : `${folder.toLowerCase()}/${rest.join('/')}`, content);
  }
  if (!files.has('plugin.xml')) throw new Error('there is no plugin.xml at the top of the zip');
  return files;
}
