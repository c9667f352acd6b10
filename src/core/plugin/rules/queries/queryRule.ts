import type { TableCatalog } from '../../../catalog/tables.ts';
import type { TextRange } from '../../../text/textRange.ts';
import type { NamedQuery, QueryFile } from '../../query/namedQuery.ts';
import type { Rule } from '../rule.ts';
import type { NameChecker } from '../tableNames.ts';

/** What a rule for a query file looks at. */
export interface QuerySubject extends QueryFile {
  readonly tables?: TableCatalog | undefined;
  readonly names?: NameChecker | undefined;
}

export type QueryRule = Rule<QuerySubject>;

/** The query's name, or its start tag when it has none. */
export function nameOf(query: NamedQuery): TextRange {
  return query.nameAttribute ?? { start: query.element.start, end: query.element.startTagEnd };
}

/** The name is there and no fault was reported for it. */
export function hasName(query: NamedQuery): boolean {
  return query.name !== '' && query.nameAttribute?.damaged !== true;
}
