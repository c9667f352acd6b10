/**
 * Makes text harmless inside Markdown: names and messages of a server must not become links, pictures or HTML. Our
 * own descriptions keep their `code` marks and are not passed through here.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Text as code, whatever marks it holds. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A block of code; the fence is longer than any in the text. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Joins paragraphs, without the empty ones. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** JSON for an example: indented, cut after `lines` lines with an ellipsis. */
export function exampleJson(value: unknown, lines: number): string {
  const all = (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)).split('\n');
  return all.length <= lines ? all.join('\n') : [...all.slice(0, lines), '…'].join('\n');
}
