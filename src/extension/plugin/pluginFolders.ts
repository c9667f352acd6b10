import { FileType, Uri, workspace } from 'vscode';
import { belongsInPackage, isLitter, type PackageFile } from '../../core/plugin/making/packageEntries.ts';

/** A folder with a plugin.xml. */
export interface PluginFolder {
  readonly folder: Uri;
  readonly manifest: Uri;
}

/** Deeper than any page of a plugin; ends circles of links. */
const DEPTH_LIMIT = 20;

/** The plugin packages of the workspace, by path. */
export async function findPluginFolders(): Promise<PluginFolder[]> {
  const found = await workspace.findFiles('**/plugin.xml', '**/node_modules/**', 500);
  return found
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((manifest) => ({ manifest, folder: Uri.joinPath(manifest, '..') }));
}

/** The package that a file belongs to: the nearest folder above with a plugin.xml. */
export function folderOf(file: Uri, folders: readonly PluginFolder[]): PluginFolder | undefined {
  return folders
    .filter(
      ({ folder }) => file.toString() === folder.toString() || file.toString().startsWith(`${folder.toString()}/`),
    )
    .sort((a, b) => b.folder.path.length - a.folder.path.length)[0];
}

/** Where the path of a file in a package points to. */
export function uriOf({ folder }: PluginFolder, path: string): Uri {
  return Uri.joinPath(folder, ...path.split('/'));
}

/** All files of the folder that could be packaged; an open document counts with its unsaved text when asked for. */
export async function readPluginFolder(
  { folder }: PluginFolder,
  { unsaved, bytes }: { readonly unsaved: boolean; readonly bytes: (path: string) => boolean },
): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  const open = new Map(workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const visit = async (at: Uri, path: string, depth: number): Promise<void> => {
    for (const [name, type] of await workspace.fs.readDirectory(at)) {
      const uri = Uri.joinPath(at, name);
      const inside = path === '' ? name : `${path}/${name}`;
      if ((path === '' && !belongsInPackage(name)) || isLitter(inside)) continue;
      if ((type & FileType.Directory) !== 0) {
        if (depth < DEPTH_LIMIT) await visit(uri, inside, depth + 1);
      } else if (!bytes(inside)) files.push({ path: inside, bytes: new Uint8Array() });
      else {
        const document = unsaved ? open.get(uri.toString()) : undefined;
        const content = document?.isDirty === true ? new TextEncoder().encode(document.getText()) : undefined;
        files.push({ path: inside, bytes: content ?? (await workspace.fs.readFile(uri)) });
      }
    }
  };
  await visit(folder, '', 0);
  return files;
}
