import type { FileVariable } from './requestFile.ts';
import { span } from './requestLine.ts';
import { trimRange } from './textLines.ts';

/** Letters, digits, `_`, `-` and `.`; case-sensitive. */
const VARIABLE_NAME = /^[\p{L}\p{Nd}_.-]+$/u;

export function isVariableName(text: string): boolean {
  return VARIABLE_NAME.test(text);
}

/** Reads `@name = value`; undefined when it has no `=` or no proper name. The value may be empty. */
export function readVariable(text: string, start: number, end: number, line: number): FileVariable | undefined {
  const equals = text.indexOf('=', start);
  if (equals < 0 || equals >= end) return undefined;
  const name = trimRange(text, start + 1, equals);
  const nameSpan = span(text, name.start, name.end);
  if (!isVariableName(nameSpan.text)) return undefined;
  const value = trimRange(text, equals + 1, end);
  return { name: nameSpan, value: span(text, value.start, value.end), range: { start, end }, line };
}
