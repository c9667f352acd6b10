import type { TextRange } from '../../text/textRange.ts';

/** Where a cursor is in a JSON text. */
export interface JsonPlace {
  readonly kind: 'key' | 'value';
  /** The keys that lead to the object or list around it; steps into a list are not named. */
  readonly path: readonly string[];
  /** The keys that the object has before the cursor. */
  readonly keys: ReadonlySet<string>;
  /** The key whose value is written, when it stands in an object. */
  readonly key: string | undefined;
  /** What is written there, without quotes. */
  readonly range: TextRange;
  /** A quote stands before it. */
  readonly quoted: boolean;
}

interface Container {
  readonly object: boolean;
  readonly keys: Set<string>;
  key: string | undefined;
  /** In an object: behind `{` or `,`. */
  atKey: boolean;
}

/**
 * Reads a JSON text from `start` up to `offset`, whatever state it is in. Undefined outside of objects and lists.
 */
export function placeInJson(text: string, start: number, offset: number): JsonPlace | undefined {
  const stack: Container[] = [];
  let word = offset;
  let quoted = false;
  for (let at = start; at < offset; at++) {
    const sign = text.charAt(at);
    const top = stack.at(-1);
    if (sign === '"') {
      const end = endOfString(text, at + 1, offset);
      if (end === undefined) {
        word = at + 1;
        quoted = true;
        break;
      }
      if (top?.object === true && top.atKey) top.key = text.slice(at + 1, end);
      at = end;
      word = offset;
    } else if (sign === '{' && text.charAt(at + 1) === '{') {
      const close = text.indexOf('}}', at);
      if (close < 0 || close >= offset) return undefined;
      at = close + 1;
    } else if (sign === '{' || sign === '[') {
      stack.push({ object: sign === '{', keys: new Set(), key: undefined, atKey: sign === '{' });
      word = offset;
    } else if (sign === '}' || sign === ']') {
      stack.pop();
      word = offset;
    } else if (sign === ':' && top?.object === true) {
      if (top.key !== undefined) top.keys.add(top.key);
      top.atKey = false;
      word = offset;
    } else if (sign === ',' && top !== undefined) {
      top.atKey = top.object;
      top.key = undefined;
      word = offset;
    } else if (!/[\w$]/.test(sign)) word = offset;
    else if (word === offset) word = at;
  }
  const top = stack.at(-1);
  if (top === undefined) return undefined;
  const kind = top.object && top.atKey ? 'key' : 'value';
  // Behind a key that is written to its end comes a colon.
  if (kind === 'key' && !quoted && top.key !== undefined) return undefined;
  const rest = (quoted ? /^[^"\r\n]*/ : /^[\w$]*/).exec(text.slice(offset, offset + 2000))?.[0].length ?? 0;
  return {
    kind,
    path: stack.slice(0, -1).flatMap(({ object, key }) => (object && key !== undefined ? [key] : [])),
    keys: top.keys,
    key: kind === 'value' && top.object ? top.key : undefined,
    range: { start: Math.min(word, offset), end: offset + rest },
    quoted,
  };
}

/** The closing quote; undefined when the string is still open at `limit` or at the end of its line. */
function endOfString(text: string, start: number, limit: number): number | undefined {
  for (let at = start; at < limit; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '"') return at;
  }
  return undefined;
}
