import { workspace, type Uri } from 'vscode';
import { loadCatalog } from '../../core/catalog/load.ts';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import { packageOfRequest, type RequestUses } from '../../core/plugin/package/requestGrants.ts';
import { decodedText } from '../../core/plugin/reader/encoding.ts';
import { apiUsesOf } from '../../core/request/apiUses.ts';
import { parseRequestFile } from '../../core/request/parse.ts';
import { suppressionsIn } from '../../core/request/suppressions.ts';
import type { PluginFolder } from './pluginFolders.ts';

/** A request file of the workspace with what its requests need. */
export interface RequestFileUses extends RequestUses {
  readonly uri: Uri;
}

/** The request files that are sent with the credentials of a plugin, as they are in the editor, which judges them by `tables` too. */
export async function requestsOf(
  plugin: PluginFolder,
  folders: readonly PluginFolder[],
  tables: TableCatalog,
): Promise<RequestFileUses[]> {
  const files = await workspace.findFiles('**/*.ps.http', '**/node_modules/**', 500);
  const own = files.filter((uri) => pluginOfRequest(uri, folders) === plugin);
  if (own.length === 0) return [];
  const catalog = await loadCatalog();
  const open = new Map(workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  return Promise.all(
    own.map(async (uri) => {
      const document = open.get(uri.toString());
      const text = document?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
      const parsed = parseRequestFile(decodedText(text).text);
      const isSuppressed = suppressionsIn(parsed);
      return { uri, path: uri.path, text: parsed.text, uses: apiUsesOf(parsed, catalog, tables), isSuppressed };
    }),
  );
}

/** The plugin whose credentials a request file is sent with, when that can be told. */
export function pluginOfRequest({ path }: Uri, folders: readonly PluginFolder[]): PluginFolder | undefined {
  const paths = folders.map(({ folder }) => folder.path);
  const found = packageOfRequest(path, paths);
  return found === undefined ? undefined : folders[paths.indexOf(found)];
}
