import { readQueryFile, type NamedQuery as DeclaredQuery } from '../../core/plugin/query/namedQuery.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import type { NamedQuery } from './namedQuery.ts';

/**
 * The PowerQueries of a `*.named_queries.xml`, without a byte order mark. Whether the file is right is for the lint
 * that comes before an installation: what cannot be read here is passed over.
 */
export function readNamedQueries(xmlText: string): NamedQuery[] {
  const document = readXml(xmlText);
  const { root } = document;
  if (root === undefined || root.name.local !== 'queries') return [];
  return readQueryFile(document, root).queries.map(installedQuery);
}

/** What the server keeps of a query of an installed package. */
export function installedQuery(query: DeclaredQuery): NamedQuery {
  const { element, name, coreTable, flattened, summary = '', description = '', sql } = query;
  return {
    name,
    coreTable,
    flattened,
    tags: element
      .attributeValue('tags')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    summary,
    description,
    args: query.args.map((argument) => {
      const casing = argument.element.attributeValue('casing');
      return {
        name: argument.name.trim(),
        column: written(argument.column),
        required: argument.required,
        description: written(argument.description),
        type: argument.type === 'array' ? 'array' : 'primitive',
        default: argument.defaultValue,
        casing: casing === 'upper' || casing === 'lower' ? casing : undefined,
      };
    }),
    columns: query.columns.map((column) => ({
      text: column.name,
      column: column.column,
      description: written(column.description),
    })),
    sql: sql?.element.text ?? '',
  };
}

function written(value: string): string | undefined {
  return value === '' ? undefined : value;
}
