/**
 * Tests a text against an I-Regexp (RFC 9485). A pattern that is none matches nothing, as RFC 9535 asks.
 * @param whole the whole text must match (`match`), not a part of it (`search`).
 */
export function matchesRegexp(pattern: string, text: string, whole: boolean): boolean {
  const compiled = compile(pattern, whole);
  return compiled !== undefined && compiled.test(text);
}

function compile(pattern: string, whole: boolean): RegExp | undefined {
  const source = translate(pattern);
  try {
    return new RegExp(whole ? `^(?:${source})$` : source, 'u');
  } catch {
    return undefined;
  }
}

/** The same pattern in JavaScript's syntax: `.` stops at line ends only, and `\-` needs no backslash outside a class. */
function translate(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === '\\') {
      const next = pattern.charAt(++i);
      result += next === '-' && !inClass ? '-' : `\\${next}`;
      continue;
    }
    if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    result += character === '.' && !inClass ? String.raw`[^\n\r]` : character;
  }
  return result;
}
