import type { XmlElement } from '../../core/plugin/reader/xmlDocument.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import type { NamedQuery, QueryArgument } from './namedQuery.ts';

/**
 * The PowerQueries of a `*.named_queries.xml`, without a byte order mark. Whether the file is right is for the lint
 * that comes before an installation: what cannot be read here is passed over.
 */
export function readNamedQueries(xmlText: string): NamedQuery[] {
  const { root } = readXml(xmlText);
  return root === undefined || root.name.local !== 'queries' ? [] : [...root.elements('query')].map(namedQuery);
}

function namedQuery(query: XmlElement): NamedQuery {
  const tags = attribute(query, 'tags') ?? '';
  return {
    name: attribute(query, 'name')?.trim() ?? '',
    coreTable: attribute(query, 'coreTable'),
    flattened: attribute(query, 'flattened') === 'true',
    tags: tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    summary: query.element('summary')?.text.trim() ?? '',
    description: query.element('description')?.text.trim() ?? '',
    args: [...(query.element('args')?.elements('arg') ?? [])].map(argument),
    columns: [...(query.element('columns')?.elements('column') ?? [])].map((column) => ({
      text: column.text.trim(),
      column: attribute(column, 'column'),
      description: attribute(column, 'description'),
    })),
    sql: query.element('sql')?.text ?? '',
  };
}

function argument(element: XmlElement): QueryArgument {
  const casing = attribute(element, 'casing');
  return {
    name: attribute(element, 'name')?.trim() ?? '',
    column: attribute(element, 'column'),
    required: attribute(element, 'required') === 'true',
    description: attribute(element, 'description'),
    type: attribute(element, 'type') === 'array' ? 'array' : 'primitive',
    default: attribute(element, 'default'),
    casing: casing === 'upper' || casing === 'lower' ? casing : undefined,
  };
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attribute(name)?.value;
}
