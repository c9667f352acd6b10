import { LineIndex } from '../text/lineIndex.ts';
import type { Fix } from './diagnostic.ts';
import { phrase } from './phrase.ts';

/** In a comment: group 1 is there when it is for the next line only, group 2 holds the codes. */
export const SUPPRESSION = String.raw`\s*powerschool-disable(-next-line)?((?:[\s,]+PS\d{3,4})+)`;

/** A comment that sets findings aside. */
export interface Suppression {
  readonly codes: readonly string[];
  readonly nextLine: boolean;
  /** Where the comment ends. */
  readonly end: number;
}

/** Whether a finding of this code at one of these places was set aside. */
export type IsSuppressed = (code: string, ...places: readonly number[]) => boolean;

/** Reads what `SUPPRESSION` found. */
export function suppressionOf([, nextLine, codes = '']: RegExpExecArray, end: number): Suppression {
  return { codes: codes.match(/PS\d+/g) ?? [], nextLine: nextLine !== undefined, end };
}

/** What the comments of a text set aside; undefined when they set nothing aside. */
export function suppressedBy(text: string, suppressions: Iterable<Suppression>): IsSuppressed | undefined {
  const everywhere = new Set<string>();
  const onLine = new Map<number, Set<string>>();
  let lines: LineIndex | undefined;
  for (const { codes, nextLine, end } of suppressions) {
    if (nextLine) {
      lines ??= new LineIndex(text);
      const line = lines.positionAt(end).line + 1;
      onLine.set(line, new Set([...(onLine.get(line) ?? []), ...codes]));
    } else {
      for (const code of codes) everywhere.add(code);
    }
  }
  if (everywhere.size === 0 && lines === undefined) return undefined;
  return (code, ...places) =>
    everywhere.has(code) ||
    places.some((at) => lines !== undefined && onLine.get(lines.positionAt(at).line)?.has(code) === true);
}

/** How comments are written. */
export interface CommentForm {
  readonly open: string;
  readonly close: string;
}

/**
 * Sets a code aside by a comment, or by one more code in the comment that is there.
 * @param at start of a line: the one that it is for, or the one before which a comment for the file is put.
 */
export function suppress(text: string, { open, close }: CommentForm, code: string, at: number, all: boolean): Fix {
  const word = all ? 'powerschool-disable' : 'powerschool-disable-next-line';
  const from = all ? 0 : (/[^\r\n]*(?:\r\n?|\n)?$/.exec(text.slice(0, at))?.index ?? at);
  const comment = new RegExp(`^[ \\t]*${open}${word}(?:[\\s,]+PS\\d{3,4})+`, 'm').exec(
    text.slice(from, all ? undefined : at),
  );
  const place = comment === null ? at : from + comment.index + comment[0].length;
  const [indent = ''] = all ? [] : (/^[ \t]*/.exec(text.slice(at)) ?? []);
  const [lineEnd = '\n'] = /\r\n|\r|\n/.exec(text) ?? [];
  return {
    title: all ? phrase('Disable {0} for the entire file', code) : phrase('Disable {0} for this line', code),
    edits: [
      {
        range: { start: place, end: place },
        text: comment === null ? `${indent}${open}${word} ${code}${close}${lineEnd}` : ` ${code}`,
      },
    ],
    automatic: false,
  };
}
