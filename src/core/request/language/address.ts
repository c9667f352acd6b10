import type { TextRange } from '../../text/textRange.ts';
import { hideVariables } from '../variableUse.ts';
import type { Span, Target } from '../requestFile.ts';
import { PlacedText } from './placedText.ts';

/** The parts of a target, with their places in the file. Variables are not replaced and never cut through. */
export interface Address {
  /** What stands before the path: nothing, `https://host`, or a variable such as `{{host}}`. */
  readonly base: Span | undefined;
  readonly path: Span;
  /** Without the slashes. */
  readonly segments: readonly Span[];
  /** True when a `?` was written. */
  readonly hasQuery: boolean;
  readonly parameters: readonly AddressParameter[];
  /** Turns an index of the target's text into an offset of the file. */
  readonly offsetOf: (index: number) => number;
}

export interface AddressParameter {
  readonly name: Span;
  /** Undefined without `=`. */
  readonly value: PlacedText | undefined;
  readonly range: TextRange;
}

export function readAddress(target: Target): Address {
  const { text, pieces } = target;
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const offsetOf = (index: number): number => {
    let at = starts.length - 1;
    while (at > 0 && (starts[at] ?? 0) > index) at--;
    return (pieces[at]?.range.start ?? target.range.start) + index - (starts[at] ?? 0);
  };
  /** An end belongs to the piece before it. */
  const endOf = (index: number): number => (index === 0 ? offsetOf(0) : offsetOf(index - 1) + 1);
  const span = (start: number, end: number): Span => ({
    text: text.slice(start, end),
    range: { start: offsetOf(start), end: start === end ? offsetOf(start) : endOf(end) },
  });

  // Signs inside variables cut nothing.
  const mask = hideVariables(text);
  const fragment = mask.indexOf('#');
  const end = fragment < 0 ? text.length : fragment;
  const baseEnd = endOfBase(mask);
  const question = indexBefore(mask, '?', baseEnd, end);
  const pathEnd = question < 0 ? end : question;
  return {
    base: baseEnd === 0 ? undefined : span(0, baseEnd),
    path: span(baseEnd, pathEnd),
    segments: splitAt(mask, '/', baseEnd, pathEnd)
      .slice(text.charAt(baseEnd) === '/' ? 1 : 0)
      .map(([from, to]) => span(from, to)),
    hasQuery: question >= 0,
    parameters:
      question < 0
        ? []
        : splitAt(mask, '&', question + 1, end).map(([from, to]) => {
            const equals = indexBefore(mask, '=', from, to);
            const range = span(from, to).range;
            if (equals < 0) return { name: span(from, to), value: undefined, range };
            const placed = new PlacedText(span(equals + 1, to), (index) => offsetOf(equals + 1 + index));
            return { name: span(from, equals), value: placed, range };
          }),
    offsetOf,
  };
}

/** @param mask the text with its variables hidden. */
function endOfBase(mask: string): number {
  const scheme = /^https?:\/\//i.exec(mask)?.[0].length ?? 0;
  if (scheme === 0 && mask.startsWith('/')) return 0;
  const stop = mask.slice(scheme).search(/[/?#]/);
  return stop < 0 ? mask.length : scheme + stop;
}

function indexBefore(text: string, sign: string, from: number, end: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 || found >= end ? -1 : found;
}

/** The stretches between signs. */
function splitAt(text: string, sign: string, from: number, end: number): [start: number, end: number][] {
  const parts: [number, number][] = [];
  let start = from;
  for (const part of text.slice(from, end).split(sign)) {
    parts.push([start, start + part.length]);
    start += part.length + 1;
  }
  return parts;
}
