const NAMES: ReadonlyMap<string, string> = new Map([
  ['plugin', 'plugin.xml'],
  ['queries', 'file.named_queries.xml'],
  ['permission_mappings', 'file.permission_mappings.xml'],
]);

/**
 * The usual name of a file that is called something else, by its root element; undefined when that is none of a
 * plugin package. Only for files that the user names: a folder holds many other things.
 */
export function sniffLanguage(content: string): string | undefined {
  const text = content.slice(0, 1 << 16).replace(/<!--[^]*?-->|<\?[^]*?\?>|<![^>]*>/g, '');
  const root = /<([A-Za-z_][\w.-]*)/.exec(text)?.[1];
  return root === undefined ? undefined : NAMES.get(root);
}
