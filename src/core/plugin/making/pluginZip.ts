import { zipSync } from 'fflate';
import type { PackageFile } from './packageEntries.ts';

/**
 * A zip whose bytes depend on the paths and contents alone: entries in the given order, one date, one compression.
 */
export function createPluginZip(entries: readonly PackageFile[]): Uint8Array {
  const content: Record<string, Uint8Array> = {};
  for (const { path, bytes } of entries) content[path] = bytes;
  // The first day that a zip can tell. Zips hold local time: at noon the day is the same in every time zone.
  return zipSync(content, { level: 9, mtime: new Date(1980, 0, 1, 12) });
}
