import { isXmlUnit } from './characters.ts';
import { readReference } from './references.ts';
import type { ReportFault } from './xmlFault.ts';

/** `U+0001`, as messages write a character that cannot be shown. */
export function characterName(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Reports the reference at a `&` when it is faulty. Declared entities are accepted and never expanded. */
export function reportReference(text: string, at: number, entities: ReadonlySet<string>, report: ReportFault): boolean {
  const reference = readReference(text, at);
  if (reference.kind === 'character' || reference.kind === 'entity') return false;
  if (reference.kind === 'badCharacter') {
    report('badCharacter', at, reference.end, [text.slice(at, reference.end)]);
  } else if (reference.kind === 'bare') {
    report('bareAmpersand', at, at + 1);
  } else {
    const name = text.slice(at + 1, reference.end - 1);
    if (!entities.has(name) && !entities.has('*')) report('unknownEntity', at, reference.end, [name]);
  }
  return true;
}

/** Reports the characters that XML does not allow between two offsets: comments, CDATA, instructions. */
export function reportBadCharacters(text: string, start: number, end: number, report: ReportFault): boolean {
  let found = false;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if ((unit < 32 || unit >= 0xd800) && !isXmlUnit(text, at)) {
      report('badCharacter', at, at + 1, [characterName(text, at)]);
      found = true;
    }
  }
  return found;
}
