import type { ManifestRule } from './manifestRule.ts';

const PLACEHOLDER =
  /\[[A-Z][A-Z0-9_ -]+\]|\{\{.*?\}\}|\$\{.*?\}|<%.*?%>|__[A-Z0-9_]+__|%[A-Z][A-Z_]+%|\byour (?:name|plugin|email|company|organi[sz]ation|district)|@example\.(?:com|org|net)\b|\b(?:lorem ipsum|todo|fixme|changeme)\b/i;

/** A text that a template left to be filled in. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

export const placeholderLeft: ManifestRule = {
  code: 'PS155',
  severity: 'warning',
  message: '{0} still has the placeholder “{1}”.',
  mend: 'Put your own text there.',
  check({ root, publisher, contact }, report) {
    for (const element of [root, publisher, contact]) {
      for (const attribute of element?.attributes ?? []) {
        if (attribute.damaged || attribute.name.full.includes('xmlns') || attribute.name.prefix !== '') continue;
        const found = PLACEHOLDER.exec(attribute.value);
        if (found !== null) report(attribute, [attribute.name.full, found[0]]);
      }
    }
  },
};
