const NAMES: ReadonlyMap<string, string> = new Map([
  ['plugin', 'plugin.xml'],
  ['queries', 'file.named_queries.xml'],
  ['permission_mappings', 'file.permission_mappings.xml'],
]);

/**
 * The usual name of a file that is called something else, by its root element; undefined when that is none of a
 * plugin package. Only for files that the user names: a folder holds many other things.
 */
export function sniffLanguage(bytes: Uint8Array): string | undefined {
  // One character for each byte will do: element names are ASCII. The zeros are those of UTF-16.
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 16)).toString('latin1');
  const text = start.replaceAll('\0', '').replace(/<!--[^]*?-->|<\?[^]*?\?>|<![^>]*>/g, '');
  const root = /<([A-Za-z_][\w.-]*)/.exec(text)?.[1];
  return root === undefined ? undefined : NAMES.get(root);
}
