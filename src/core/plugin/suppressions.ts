import type { Diagnostic } from '../problem/diagnostic.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { XmlDocument } from './reader/xmlDocument.ts';

const DIRECTIVE = /^\s*powerschool-disable(-next-line)?((?:[\s,]+PS\d{3,4})+)/;

/**
 * Takes out what the file's writer has set aside:
 * `<!-- powerschool-disable PS157 -->` anywhere holds for the whole file,
 * `<!-- powerschool-disable-next-line PS157 PS118 -->` for the line after the comment.
 * What makes the file unreadable as XML (the codes whose last two digits are below 30) cannot be set aside.
 */
export function withoutSuppressed(document: XmlDocument, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const everywhere = new Set<string>();
  const onLine = new Map<number, Set<string>>();
  let lines: LineIndex | undefined;
  for (const comment of document.comments) {
    const match = DIRECTIVE.exec(document.text.slice(comment.contentStart, comment.contentEnd));
    if (match === null) continue;
    const codes = match[2]?.match(/PS\d+/g) ?? [];
    if (match[1] === undefined) {
      for (const code of codes) everywhere.add(code);
    } else {
      lines ??= new LineIndex(document.text);
      const line = lines.positionAt(comment.end).line + 1;
      onLine.set(line, new Set([...(onLine.get(line) ?? []), ...codes]));
    }
  }
  if (everywhere.size === 0 && lines === undefined) return diagnostics;
  return diagnostics.filter(({ code, range }) => {
    if (Number(code.slice(-2)) < 30) return true;
    if (everywhere.has(code)) return false;
    return lines === undefined || onLine.get(lines.positionAt(range.start).line)?.has(code) !== true;
  });
}
