/**
 * How lists are divided into pages: by the family of the path (PowerSchool API behaviour, paging and counting).
 */

/** A request target, taken apart for paging. */
export interface PagedTarget {
  readonly path: string;
  /** The query without `page` and `pagesize`, as it was typed. */
  readonly query: string;
  /** From the query, when it names one. 0 asks a PowerQuery for all rows at once. */
  readonly pageSize: number | undefined;
  readonly firstPage: number | undefined;
  /** Key of the limit in `ServerMetadata.maxPageSizes`; undefined when the family has none. */
  readonly limitKey: string | undefined;
  /** Where the number of records is asked for, with the same filter; undefined when there is no such place. */
  readonly countTarget: string | undefined;
  /** False for addresses that are not known to come in pages. */
  readonly paged: boolean;
}

const V1_LISTS = new Set(['student', 'staff', 'school', 'section', 'section_enrollment', 'course', 'term']);
/** These do not change how many records there are. */
const NO_FILTER = new Set(['expansions', 'extensions', 'projection', 'sort', 'sortdescending', 'order', 'count']);

/** @param target path and query, or a whole URL. */
export function readPagedTarget(target: string): PagedTarget {
  const [address = '', query = ''] = splitOnce(target, '?');
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  const parameters = query.split('&').filter((parameter) => parameter !== '');
  const family = familyOf(path.replace(/\/+$/, ''));
  const filter = parameters.filter((parameter) => !NO_FILTER.has(nameOf(parameter)) && !isPaging(parameter));
  return {
    path: address,
    query: parameters.filter((parameter) => !isPaging(parameter)).join('&'),
    pageSize: numberOf(parameters, 'pagesize', 0),
    firstPage: numberOf(parameters, 'page', 1),
    limitKey: family?.limitKey,
    countTarget:
      family === undefined
        ? undefined
        : `${address.replace(/\/+$/, '')}/count${filter.length > 0 ? `?${filter.join('&')}` : ''}`,
    paged: family !== undefined,
  };
}

/** The target of one page. */
export function pageTarget(target: PagedTarget, page: number, pageSize: number): string {
  const query = target.query === '' ? '' : `${target.query}&`;
  return `${target.path}?${query}page=${page}&pagesize=${pageSize}`;
}

function familyOf(path: string): { readonly limitKey?: string } | undefined {
  const parts = path.split('/').slice(1);
  const last = parts.at(-1) ?? '';
  if (parts[0] !== 'ws') return undefined;
  if (parts[1] === 'v1') return V1_LISTS.has(last) ? { limitKey: last } : undefined;
  if (parts[1] !== 'schema' || parts.length !== 4) return undefined;
  if (parts[2] === 'table') return { limitKey: 'schema_table_query' };
  return parts[2] === 'query' ? {} : undefined;
}

function isPaging(parameter: string): boolean {
  const name = nameOf(parameter);
  return name === 'page' || name === 'pagesize';
}

function nameOf(parameter: string): string {
  return splitOnce(parameter, '=')[0] ?? '';
}

function numberOf(parameters: readonly string[], name: string, least: number): number | undefined {
  const written = parameters.findLast((parameter) => nameOf(parameter) === name);
  const value = Number(splitOnce(written ?? '', '=')[1] ?? Number.NaN);
  return written !== undefined && Number.isSafeInteger(value) && value >= least ? value : undefined;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
