import { workspace } from 'vscode';
import { decodeXml } from '../../core/plugin/reader/encoding.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';
import { findPluginFolders, type PluginFolder } from './pluginFolders.ts';

/** What a plugin.xml of the workspace says of its plugin; empty where it says nothing. */
export interface FolderManifest {
  readonly plugin: PluginFolder;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly email: string;
}

/** The plugins of the workspace by what their manifests say, by path. */
export async function readFolderManifests(folders?: readonly PluginFolder[]): Promise<FolderManifest[]> {
  const found = folders ?? (await findPluginFolders());
  return Promise.all(
    found.map(async (plugin) => {
      const bytes = await workspace.fs.readFile(plugin.manifest);
      const { root } = readXml(decodeXml(bytes).text, XML_LANGUAGES.plugin);
      const publisher = root?.element('publisher');
      return {
        plugin,
        name: root?.attributeValue('name') ?? '',
        version: root?.attributeValue('version') ?? '',
        publisher: publisher?.attributeValue('name') ?? '',
        email: publisher?.element('contact')?.attributeValue('email') ?? '',
      };
    }),
  );
}
