import type { ForeignKind } from './requestFile.ts';
import type { TextLines } from './textLines.ts';

export interface ForeignMatch {
  readonly kind: ForeignKind;
  /** The line after its last line. */
  readonly next: number;
}

/**
 * Recognises what JetBrains' HTTP Client and httpYac know and this language does not, at the first column:
 * `> {% … %}`, `> file`, `>> file`, `>>! file`, `<> file`, `< {% … %}`, `{{ … }}` over several lines, `?? …`,
 * `import …` and `run …` before a request.
 * @param limit the line after the block's last one; an unclosed script ends there.
 */
export function matchForeign(
  lines: TextLines,
  line: number,
  limit: number,
  place: 'before' | 'head' | 'body',
): ForeignMatch | undefined {
  const { text } = lines;
  const start = lines.start(line);
  const unit = text.charCodeAt(start);
  // Most lines start with something else: decide by the first unit.
  if (unit !== 62 && unit !== 60 && unit !== 123 && unit !== 63 && unit !== 105 && unit !== 114) return undefined;
  const end = lines.end(line);
  const head = text.slice(start, Math.min(end, start + 80));
  if (unit === 62) {
    if (/^>\s*\{%/.test(head)) return { kind: 'response script', next: closingLine(lines, line, limit, '%}') };
    if (/^>>!?\s+\S/.test(head)) return one('saved response', line);
    if (/^>\s+\S/.test(head)) return one('response script file', line);
    return undefined;
  }
  if (unit === 60) {
    if (/^<\s*\{%/.test(head)) return { kind: 'request script', next: closingLine(lines, line, limit, '%}') };
    if (/^<>\s*\S/.test(head)) return one('response reference', line);
    if (place === 'before' && /^<\s+\S/.test(head)) return one('request script', line);
    return undefined;
  }
  if (unit === 123) {
    // httpYac: `{{`, `{{@request` or `{{+` alone on a line starts a script that ends with `}}` alone.
    if (!/^\{\{(?:[@+]\w*)?\s*$/.test(head)) return undefined;
    return { kind: 'script block', next: closingLine(lines, line + 1, limit, '}}') };
  }
  if (unit === 63) return /^\?\?\s/.test(head) ? one('assertion', line) : undefined;
  if (place !== 'before') return undefined;
  return /^(?:import\s+\S|run\s+#?\S)/.test(head) ? one('import', line) : undefined;
}

function one(kind: ForeignKind, line: number): ForeignMatch {
  return { kind, next: line + 1 };
}

function closingLine(lines: TextLines, from: number, limit: number, mark: string): number {
  for (let line = from; line < limit; line++) {
    if (lines.line(line).includes(mark)) return line + 1;
  }
  return limit;
}
