import { hideInJson } from './hideInJson.ts';
import { hideInXml } from './hideInXml.ts';
import { HIDDEN, type PersonalField } from './personalFields.ts';

/** Addresses whose answers describe the API itself and hold no records. */
const DESCRIPTIONS = /^\/ws\/(?:v1\/metadata|schema\/(?:area(?:\/[^/]+\/table)?|table(?:\/[^/]+\/metadata)?))\/?$/;

/** Whether the answers of this address hold records: descriptions of tables and queries are never hidden. */
export function holdsRecords(path: string): boolean {
  return !DESCRIPTIONS.test(path);
}

/**
 * A body as it may be seen, by its language. Of text that is neither JSON nor XML nothing is known: all of it is
 * hidden.
 */
export function hideInText(text: string, language: string, root: PersonalField): string {
  if (text === '') return '';
  if (language === 'json') return hideInJson(text, root);
  return language === 'xml' ? hideInXml(text, root) : HIDDEN;
}
