import { memberOf, type JsonDocument, type JsonMember, type JsonNode } from '../reader/jsonReader.ts';

/** One entry of a page catalog. */
export interface CatalogPage {
  readonly node: JsonNode & { readonly kind: 'object' };
  readonly htmlId: string | undefined;
  readonly pageUrl: string | undefined;
  readonly member: (name: string) => JsonMember | undefined;
}

/** A file of pagecataloging. */
export interface PageCatalog {
  readonly document: JsonDocument;
  /** Also the entries below others. */
  readonly pages: readonly CatalogPage[];
}

/** Reads the entries of a catalog, as far as they are objects. */
export function readPageCatalog(document: JsonDocument): PageCatalog {
  const pages: CatalogPage[] = [];
  const visit = (list: JsonNode | undefined): void => {
    if (list?.kind !== 'array') return;
    for (const node of list.items) {
      if (node.kind !== 'object') continue;
      const member = (name: string): JsonMember | undefined => memberOf(node, name);
      pages.push({ node, htmlId: textOf(member('htmlID')), pageUrl: textOf(member('pageURL')), member });
      visit(member('children')?.value);
    }
  };
  visit(memberOf(document.root, 'pages')?.value);
  return { document, pages };
}

function textOf(member: JsonMember | undefined): string | undefined {
  return member?.value?.kind === 'string' ? String(member.value.value) : undefined;
}
