import type { HeaderLine } from './requestFile.ts';
import { span } from './requestLine.ts';
import { trimRange } from './textLines.ts';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** True for a line of the form `Name: value` whose name HTTP allows. */
export function looksLikeHeader(text: string, start: number, end: number): boolean {
  const colon = text.indexOf(':', start);
  return colon > start && colon < end && TOKEN.test(trimmedText(text, start, colon));
}

/** Reads `Name: value`; undefined without a colon or a name. `fault` is what the name may not contain. */
export function readHeader(
  text: string,
  start: number,
  end: number,
): { header: HeaderLine; fault: string | undefined } | undefined {
  const colon = text.indexOf(':', start);
  if (colon <= start || colon >= end) return undefined;
  const name = trimRange(text, start, colon);
  if (name.start === name.end) return undefined;
  const value = trimRange(text, colon + 1, end);
  const header = {
    name: span(text, name.start, name.end),
    value: span(text, value.start, value.end),
    range: { start, end },
  };
  // A variable in a name is replaced before it is sent.
  const literal = header.name.text.replace(/\{\{[^{}]*\}\}/g, 'x');
  const fault = TOKEN.test(literal) ? undefined : (/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/.exec(literal)?.[0] ?? ' ');
  return { header, fault };
}

/** A header with the text of an indented line added to its value. */
export function continueHeader(header: HeaderLine, text: string, start: number, end: number): HeaderLine {
  const value = `${header.value.text} ${text.slice(start, end)}`.trim();
  return {
    name: header.name,
    value: { text: value, range: { start: header.value.range.start, end } },
    range: { start: header.range.start, end },
  };
}

function trimmedText(text: string, start: number, end: number): string {
  const range = trimRange(text, start, end);
  return text.slice(range.start, range.end);
}
