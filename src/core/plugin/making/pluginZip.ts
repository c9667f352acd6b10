import type { PackageFile } from './packageEntries.ts';

/**
 * A zip whose bytes depend on the paths and contents alone: entries in the given order, one date, one compression.
 * Resolves with the bytes; the compressor is loaded when first needed.
 */
export async function createPluginZip(entries: readonly PackageFile[]): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  const content: Record<string, Uint8Array> = {};
  for (const { path, bytes } of entries) content[path] = bytes;
  // The first day that a zip can tell. Zips hold local time: at noon the day is the same in every time zone.
  return zipSync(content, { level: 9, mtime: new Date(1980, 0, 1, 12) });
}
