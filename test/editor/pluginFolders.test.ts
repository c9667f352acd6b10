import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Uri, workspace } from 'vscode';
import { MANIFEST, appears, disappears, root } from './pluginPackages.ts';
import type { EditorTest } from './suite.ts';
import { makeFolder } from './watchedFolder.ts';

const MAPPING = `<permission_mappings>
  <permission name="/admin/home.html">
    <implies allow="post">/ws/schema/query/example.fernhill.nowhere</implies>
  </permission>
</permission_mappings>
`;

export const pluginFolderTests: EditorTest[] = [
  {
    name: 'a package that comes with its folder is checked, and its findings go with the folder',
    run: async () => {
      const plugins = Uri.joinPath(root(), 'plugins');
      await makeFolder(plugins);
      // Filled elsewhere and moved here: of what is in it the editor tells nothing.
      const filled = path.join(path.dirname(root().fsPath), 'moved-in');
      await mkdir(path.join(filled, 'permissions_root'), { recursive: true });
      await writeFile(path.join(filled, 'plugin.xml'), MANIFEST.replace('name="NAME"', 'name="moved in" colour="red"'));
      await writeFile(path.join(filled, 'permissions_root', 'moved.permission_mappings.xml'), MAPPING);
      const folder = Uri.joinPath(plugins, 'moved-in');
      await rename(filled, folder.fsPath);
      const manifest = Uri.joinPath(folder, 'plugin.xml');
      const mapping = Uri.joinPath(folder, 'permissions_root', 'moved.permission_mappings.xml');
      await appears(manifest, 'PS136');
      await appears(mapping, 'PS347');
      await workspace.fs.delete(folder, { recursive: true });
      await disappears(manifest, 'PS136');
      await disappears(mapping, 'PS347');
    },
  },
];
