import type { TextEdit } from '../../text/textRange.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';

const FIRST_VERSION = '1.0.0';

/**
 * The versions that may follow, the smallest step first: 1.2.3 → 1.2.4, 1.3.0, 2.0.0. As many numbers as before;
 * 1.0.0 when there is none yet. What is not a number between dots counts as 0.
 */
export function nextVersions(version: string): string[] {
  if (version.trim() === '') return [FIRST_VERSION];
  const numbers = version.split('.').map((part) => {
    const value = Number.parseInt(part, 10);
    return Number.isSafeInteger(value) && value >= 0 ? value : 0;
  });
  return numbers
    .map((_, raised) => numbers.map((value, i) => (i < raised ? value : i === raised ? value + 1 : 0)).join('.'))
    .reverse();
}

/** The version that a plugin.xml says; empty when it says none, undefined when the text is no plugin.xml. */
export function readVersion(text: string): string | undefined {
  const { root } = readXml(text, XML_LANGUAGES.plugin);
  return root?.name.local === 'plugin' ? root.attributeValue('version').trim() : undefined;
}

/**
 * The one edit that gives a plugin.xml another version: only the value changes, or the attribute is put behind `name`.
 * Undefined when the text is no plugin.xml or its start tag has a fault.
 */
export function setVersion(text: string, version: string): TextEdit | undefined {
  const { root } = readXml(text, XML_LANGUAGES.plugin);
  if (root?.name.local !== 'plugin' || root.damaged) return undefined;
  const known = root.attribute('version');
  if (known) return { range: { start: known.valueStart, end: known.valueEnd }, text: version };
  const before = root.attribute('name');
  const at = before?.end ?? root.nameEnd;
  const gap = before === undefined ? ' ' : (/\s+$/.exec(text.slice(0, before.start))?.[0] ?? ' ');
  return { range: { start: at, end: at }, text: `${gap}version="${version}"` };
}
