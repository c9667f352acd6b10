import type { Directive } from './requestFile.ts';
import { span } from './requestLine.ts';
import { isBlank, trimRange } from './textLines.ts';

/** True for a whole-line comment, given the line's first offset that is not blank. */
export function isComment(text: string, start: number, end: number): boolean {
  const unit = text.charCodeAt(start);
  if (start >= end) return false;
  return unit === 35 || (unit === 47 && start + 1 < end && text.charCodeAt(start + 1) === 47);
}

/**
 * Reads `# @name value` or `// @name value`.
 * @param start the first unit of the comment, @param end after its last one that is not blank.
 */
export function readDirective(text: string, start: number, end: number): Directive | undefined {
  let at = start;
  const mark = text.charCodeAt(at);
  while (at < end && text.charCodeAt(at) === mark) at++;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) !== 64 || at >= end) return undefined;
  const nameStart = at + 1;
  let nameEnd = nameStart;
  while (nameEnd < end && isNameUnit(text.charCodeAt(nameEnd))) nameEnd++;
  if (nameEnd === nameStart) return undefined;
  if (nameEnd < end && !isBlank(text.charCodeAt(nameEnd))) return undefined;
  const value = trimRange(text, nameEnd, end);
  return { name: span(text, nameStart, nameEnd), value: span(text, value.start, value.end), range: { start, end } };
}

function isNameUnit(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 97 && unit <= 122) ||
    unit === 45 ||
    unit === 95
  );
}
