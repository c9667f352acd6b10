import type { Uri } from 'vscode';
import { RESPONSE_SCHEME } from '../contributions.ts';
import { REFERENCE_SCHEME } from '../problems/editorDiagnostics.ts';

/** Patterns of the files of a plugin package that are read as text. */
export const PLUGIN_PATTERNS = [
  '**/plugin.xml',
  '**/*named_queries.xml',
  '**/*permission_mappings.xml',
  '**/user_schema_root/*.xml',
  '**/pagecataloging/*.json',
] as const;

const PLUGIN_FILE =
  /\/(plugin\.xml|[^/]*named_queries\.xml|[^/]*permission_mappings\.xml|user_schema_root\/[^/]+\.xml|pagecataloging\/[^/]+\.json)$/i;

/** The files of a plugin package that are read as text; not the other sides of a diff or our own documents. */
export function isPluginFile(uri: Uri): boolean {
  if (uri.scheme === RESPONSE_SCHEME || uri.scheme === REFERENCE_SCHEME || uri.scheme === 'git') return false;
  return PLUGIN_FILE.test(uri.path);
}
