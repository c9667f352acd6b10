/** One `key=value` of a file in MessageKeys. */
export interface MessageKey {
  readonly key: string;
  /** Of the key. */
  readonly start: number;
  readonly end: number;
  /** Where its line ends, with the lines that it goes on in. */
  readonly lineEnd: number;
}

/** Reads a Java properties file: keys and their places (java.util.Properties, load). */
export function readMessageKeys(text: string): MessageKey[] {
  const keys: MessageKey[] = [];
  let at = 0;
  while (at < text.length) {
    const end = endOfLogicalLine(text, at);
    let start = at;
    while (start < end && ' \t\f'.includes(text.charAt(start))) start++;
    const first = text.charAt(start);
    if (start < end && first !== '#' && first !== '!') {
      let keyEnd = start;
      while (keyEnd < end && !' \t\f=:\r\n'.includes(text.charAt(keyEnd)))
        keyEnd += text.charAt(keyEnd) === '\\' ? 2 : 1;
      keyEnd = Math.min(keyEnd, end);
      keys.push({ key: unescape(text.slice(start, keyEnd)), start, end: keyEnd, lineEnd: end });
    }
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return keys;
}

/** A line that ends with a backslash goes on; comments never do. */
function endOfLogicalLine(text: string, start: number): number {
  let from = start;
  const isComment = /^[ \t\f]*[#!]/.test(text.slice(start, start + 80));
  for (;;) {
    let end = from;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes++;
    if (isComment || backslashes % 2 === 0 || end >= text.length) return end;
    from = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
}

function unescape(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_whole, hex: string | undefined, other: string | undefined) =>
    hex === undefined ? (other ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
