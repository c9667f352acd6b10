import path from 'node:path';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { languageOfFile } from '../core/plugin/fileLanguage.ts';
import type { LintTarget, UnreadableTarget } from './lintTargets.ts';

/** A plugin holds small files; what is larger is no text that anybody wrote. */
const LARGEST_FILE = 32 << 20;
const MOST_BYTES = 128 << 20;

/** The files of a plugin zip that can be linted, in the order of their names. Sizes are limited: zips can lie. */
export function zipTargets(zipPath: string, bytes: Uint8Array): (LintTarget | UnreadableTarget)[] {
  const tooLarge: UnreadableTarget[] = [];
  let total = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (languageOfFile(name) === undefined) return false;
    total += originalSize;
    if (originalSize <= LARGEST_FILE && total <= MOST_BYTES) return true;
    tooLarge.push({ filePath: path.join(zipPath, name), reason: 'it is too large for a file of a plugin' });
    return false;
  };
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: wanted });
  } catch {
    return [{ filePath: zipPath, reason: 'it is no zip, or it is damaged' }];
  }
  const targets = Object.entries(files).map(([name, content]): LintTarget => {
    const filePath = path.join(zipPath, name);
    return { filePath, languageName: name, bytes: content, inZip: true };
  });
  return [...targets.sort((a, b) => (a.filePath < b.filePath ? -1 : 1)), ...tooLarge];
}
