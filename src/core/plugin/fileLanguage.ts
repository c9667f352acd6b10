/** The languages of the files in a plugin package. */
export type PluginLanguageId =
  'plugin' | 'named_queries' | 'permission_mappings' | 'user_schema' | 'page_catalog' | 'message_keys';

const FOLDERS: Readonly<Record<string, readonly [PluginLanguageId, string]>> = {
  queries_root: ['named_queries', '.xml'],
  permissions_root: ['permission_mappings', '.xml'],
  user_schema_root: ['user_schema', '.xml'],
  pagecataloging: ['page_catalog', '.json'],
  messagekeys: ['message_keys', '.properties'],
};

/**
 * The language of a file by its name, else by the folder it is in; case does not matter. Both kinds of slash
 * separate folders. Undefined: not a file that can be checked.
 */
export function languageOfFile(fileName: string, folder?: string): PluginLanguageId | undefined {
  const path = `${folder === undefined ? '' : `${folder}/`}${fileName}`.toLowerCase();
  const folderEnd = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const name = path.slice(folderEnd + 1);
  if (name === 'plugin.xml') return 'plugin';
  if (/(?:^|\.)named_queries\.xml$/.test(name)) return 'named_queries';
  if (/(?:^|\.)permission_mappings\.xml$/.test(name)) return 'permission_mappings';
  const folders = path.slice(0, Math.max(folderEnd, 0)).split(/[\\/]/);
  for (const part of folders.reverse()) {
    const [language, extension] = FOLDERS[part] ?? [];
    if (language !== undefined && extension !== undefined) return name.endsWith(extension) ? language : undefined;
  }
  return undefined;
}
