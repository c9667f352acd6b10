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
  '**/{queries_root,permissions_root}/*.xml',
  '**/MessageKeys/*.properties',
] as const;

const PLUGIN_FILE =
  /\/(plugin\.xml|[^/]*named_queries\.xml|[^/]*permission_mappings\.xml|(user_schema|queries|permissions)_root\/[^/]+\.xml|pagecataloging\/[^/]+\.json|messagekeys\/[^/]+\.properties)$/i;

/** Everything in the folders of a package: findings across files can stand in any of it. */
export const PACKAGE_PATTERN =
  '**/{queries_root,permissions_root,user_schema_root,MessageKeys,pagecataloging,WEB_ROOT,web_root}/**';

/** The files of a plugin package that are read as text; not the other sides of a diff or our own documents. */
export function isPluginFile(uri: Uri): boolean {
  if (uri.scheme === RESPONSE_SCHEME || uri.scheme === REFERENCE_SCHEME || uri.scheme === 'git') return false;
  return PLUGIN_FILE.test(uri.path);
}
