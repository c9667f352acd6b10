import type { ManifestRule } from './manifestRule.ts';

/** What template languages and authors of templates write. A single word in brackets is a prefix of many real names. */
const MARKED =
  /\[[A-Z]+(?:_[A-Z0-9]+)+\]|\[(?:NAME|VERSION|DESCRIPTION|PUBLISHER|EMAIL|PHONE|URL)\]|\{\{.*?\}\}|\$\{.*?\}|<%.*?%>|__[A-Z0-9_]+__|%[A-Z][A-Z_]+%/;
const WORDS =
  /^\s*\[?your (?:\w+ )?(?:name|plugin|e-?mail|company|organi[sz]ation|district|phone)\b|\b(?:lorem ipsum|fixme|changeme)\b|^\s*todo\b/i;

/** A text that a template left to be filled in. */
export function isPlaceholder(value: string): boolean {
  return placeholderIn(value) !== undefined;
}

function placeholderIn(value: string): string | undefined {
  return (MARKED.exec(value) ?? WORDS.exec(value))?.[0].trim();
}

export const placeholderLeft: ManifestRule = {
  code: 'PS155',
  check({ root, publisher, contact }, report) {
    for (const element of [root, publisher, contact]) {
      for (const attribute of element?.attributes ?? []) {
        if (attribute.damaged || attribute.name.full.includes('xmlns') || attribute.name.prefix !== '') continue;
        const found = placeholderIn(attribute.value);
        if (found !== undefined) report(attribute, [attribute.name.full, found]);
      }
    }
  },
};
