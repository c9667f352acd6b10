import { writeFileSync } from 'node:fs';
import { fixAll } from '../core/plugin/fixAll.ts';
import type { LintKnowledge } from '../core/plugin/lintText.ts';
import type { TextTarget } from './lintTargets.ts';

export type FixResult =
  | { readonly kind: 'fixed'; readonly bytes: Uint8Array }
  /** The file was left alone. */
  | { readonly kind: 'left'; readonly reason: string };

/** Applies the mends that have one right answer and writes the file, in its own encoding. */
export function fixFile(target: TextTarget, knowledge: LintKnowledge): FixResult {
  const { text, byteOrderMark, encoding, badAt, conflict } = target.decoded;
  if (badAt >= 0 || conflict !== undefined) {
    return { kind: 'left', reason: 'its encoding is damaged, and that comes first' };
  }
  const fixed = fixAll({ fileName: target.languageName, text, ...knowledge });
  const bytes = encode(byteOrderMark ? `\uFEFF${fixed}` : fixed, encoding);
  if (bytes === undefined) return { kind: 'left', reason: `it is written in ${encoding}; save it as UTF-8 first` };
  try {
    writeFileSync(target.filePath, bytes);
  } catch (error) {
    return { kind: 'left', reason: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'fixed', bytes };
}

function encode(text: string, encoding: string): Buffer | undefined {
  switch (encoding.toUpperCase()) {
    case 'UTF-8':
      return Buffer.from(text, 'utf8');
    case 'UTF-16LE':
      return Buffer.from(text, 'utf16le');
    case 'UTF-16BE':
      return Buffer.from(text, 'utf16le').swap16();
    default:
      // Every other encoding that XML files come in holds ASCII as it is.
      return Buffer.byteLength(text, 'utf8') === text.length ? Buffer.from(text, 'latin1') : undefined;
  }
}
