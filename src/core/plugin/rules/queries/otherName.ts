import type { Fix } from '../../../problem/diagnostic.ts';
import type { NamedQuery } from '../../query/namedQuery.ts';
import type { XmlDocument } from '../../reader/xmlDocument.ts';
import { removeElement, setValue } from '../../schema/structureFixes.ts';

/** The mends for a query whose name is taken: a copy goes, any other gets a name that is free. */
export function otherName(
  document: XmlDocument,
  { element, name, nameAttribute }: NamedQuery,
  first: NamedQuery,
  names: ReadonlySet<string>,
): Fix[] {
  if (nameAttribute === undefined || nameAttribute.damaged) return [];
  let number = 2;
  while (names.has(`${name}_${number}`)) number++;
  const renamed = setValue(nameAttribute, `${name}_${number}`);
  const isCopy = textOf(element) === textOf(first.element);
  return isCopy ? [removeElement(document, element, 'Remove the second one'), renamed] : [renamed];
}

function textOf({ document: { text }, start, end }: NamedQuery['element']): string {
  return text.slice(start, end).replace(/\s+/g, ' ');
}
