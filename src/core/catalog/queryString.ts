import { mapOutsideVariables } from './variableText.ts';

/** One `name=value` of a query string, decoded; variables stay as they are written. */
export interface QueryPair {
  readonly name: string;
  /** Undefined for a flag without `=`. */
  readonly value: string | undefined;
}

/**
 * Percent-encodes a query value. Characters that a filter or a list is made of (`=`, `;`, `,`, `(`, `)`, `*`, `:`)
 * are legal in a query and stay readable; `{{variables}}` stay whole.
 */
export function encodeQueryValue(value: string): string {
  return mapOutsideVariables(value, (text) =>
    encodeURIComponent(wellFormed(text)).replace(/%(?:3D|3B|2C|3A|24|40|2F|3F)/g, (escape) =>
      decodeURIComponent(escape),
    ),
  );
}

/** Encodes what would end the value inside a filter or a list, on top of what a query needs. */
export function encodeInnerValue(value: string): string {
  return mapOutsideVariables(value, (text) => encodeURIComponent(wellFormed(text)).replaceAll('%3A', ':'));
}

export function buildQuery(pairs: readonly QueryPair[]): string {
  return pairs
    .map(({ name, value }) =>
      value === undefined ? encodeQueryValue(name) : `${encodeName(name)}=${encodeQueryValue(value)}`,
    )
    .join('&');
}

/** The pairs of a target's query, in order. A broken escape stays as it is. */
export function readQuery(target: string): QueryPair[] {
  const start = indexOutsideVariables(target, '?');
  if (start < 0) return [];
  const end = indexOutsideVariables(target, '#', start);
  const pairs: QueryPair[] = [];
  let rest = target.slice(start + 1, end < 0 ? undefined : end);
  while (rest !== '') {
    const next = indexOutsideVariables(rest, '&');
    const part = next < 0 ? rest : rest.slice(0, next);
    rest = next < 0 ? '' : rest.slice(next + 1);
    if (part.trim() === '') continue;
    const equals = indexOutsideVariables(part, '=');
    const name = decodeQuery((equals < 0 ? part : part.slice(0, equals)).trim());
    pairs.push({ name, value: equals < 0 ? undefined : decodeQuery(part.slice(equals + 1).trim()) });
  }
  return pairs;
}

function encodeName(name: string): string {
  return encodeQueryValue(name).replaceAll('=', '%3D');
}

function decodeQuery(text: string): string {
  return mapOutsideVariables(text, (part) => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' '));
    } catch {
      return part;
    }
  });
}

function indexOutsideVariables(text: string, character: string, from = 0): number {
  for (let i = from; i < text.length; i++) {
    if (text.startsWith('{{', i)) {
      const end = text.indexOf('}}', i);
      if (end < 0) return -1;
      i = end + 1;
    } else if (text.charAt(i) === character) return i;
  }
  return -1;
}

/** A lone surrogate cannot be encoded. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
