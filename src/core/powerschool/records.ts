import { asList, isJsonObject, type JsonObject } from './jsonValue.ts';

/** The records of a body; undefined when it is no list of records (a count, an error, the result of a write). */
export interface FoundRecords {
  readonly records: readonly unknown[] | undefined;
}

const NO_RECORDS = new Set([
  'count',
  'resource',
  'results',
  'result',
  'errorMessage',
  'access_token',
  'error',
  'swagger',
]);
const NOT_A_LIST: FoundRecords = { records: undefined };

/**
 * Finds the records in an answer of any family.
 * - tables and PowerQueries: `{"record": […]}`; without the key there are none
 * - /ws/v1 lists: `{"students": {"student": […]}}`; the wrapper without its key, or `""`, has none
 * - one record: `{"student": {…}}`, a table row `{"id": …, "tables": {…}}`, a bare object of contacts
 * - a bare array
 */
export function findRecords(body: unknown): FoundRecords {
  if (Array.isArray(body)) return { records: body };
  if (!isJsonObject(body)) return NOT_A_LIST;
  if ('record' in body) return { records: asList(body['record']) };

  const keys = Object.keys(body).filter((key) => !key.startsWith('@') && !key.startsWith('$'));
  if (keys.length === 0) return '@extensions' in body || '@expansions' in body ? { records: [] } : NOT_A_LIST;
  if (keys.some((key) => NO_RECORDS.has(key)) || isFailure(body) || '$dataversion' in body) return NOT_A_LIST;

  const [root] = keys;
  if (keys.length === 1 && root !== undefined) return inWrapper(root, body[root], body);
  // A table without rows still names itself.
  if (root === 'name' && keys.length === 1) return { records: [] };
  return { records: [body] };
}

/** Names in `@expansions` (", " between them) and `@extensions` ("," alone). */
export function splitNames(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function inWrapper(root: string, value: unknown, body: JsonObject): FoundRecords {
  if (root === 'name') return { records: [] };
  if (Array.isArray(value)) return { records: value };
  if (value === '' || value === null) return { records: [] };
  if (!isJsonObject(value)) return { records: [body] };

  const item = singular(root);
  if (item !== undefined && item in value) return { records: asList(value[item]) };
  const isEmptyList = item !== undefined && Object.keys(value).every((key) => key.startsWith('@'));
  return { records: isEmptyList ? [] : [value] };
}

/** `students` → `student`, `staffs` → `staff`, `entries` → `entry`; undefined for what is no plural. */
function singular(name: string): string | undefined {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  return name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : undefined;
}

function isFailure(body: JsonObject): boolean {
  return typeof body['message'] === 'string' && (Array.isArray(body['errors']) || Object.keys(body).length === 1);
}
