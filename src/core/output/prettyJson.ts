/**
 * Indents JSON by two spaces and changes nothing else: numbers keep their digits and strings their escapes,
 * which parsing and printing again would not. Text that is not JSON comes back unchanged.
 */
export function prettyJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const parts: string[] = [];
  let depth = 0;
  let at = 0;
  const newLine = (): string => `\n${'  '.repeat(depth)}`;
  while (at < text.length) {
    const character = text[at] ?? '';
    switch (character) {
      case '{':
      case '[': {
        const next = skipSpace(text, at + 1);
        const closing = text[next];
        if (closing === '}' || closing === ']') {
          parts.push(character, closing);
          at = next + 1;
          continue;
        }
        depth++;
        parts.push(character, newLine());
        break;
      }
      case '}':
      case ']':
        depth--;
        parts.push(newLine(), character);
        break;
      case ',':
        parts.push(',', newLine());
        break;
      case ':':
        parts.push(': ');
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        break;
      default: {
        const end = character === '"' ? stringEnd(text, at) : literalEnd(text, at);
        parts.push(text.slice(at, end));
        at = end;
        continue;
      }
    }
    at++;
  }
  return `${parts.join('')}\n`;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
  return at;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function literalEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',]} \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}
