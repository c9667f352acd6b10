import type { CatalogData, ResourceData } from './catalogData.ts';

/** A value in the records of a resource, as it stands in the answers. */
export interface RecordField {
  /** Keys joined by dots, such as `demographics.birth_date`. */
  readonly path: string;
  /** `list`: several records of their own, such as the fees of a student. */
  readonly type: 'integer' | 'number' | 'string' | 'boolean' | 'date' | 'list';
  readonly description: string;
  /** `table.column` behind it, when it is known. */
  readonly column: string | undefined;
  /** The expansion that has to be asked for; undefined when the field is always there. */
  readonly expansion: string | undefined;
}

/** Reads `date students.dob: Date of birth` (see CatalogData.recordFields) for every field of a resource. */
export function readRecordFields(data: CatalogData, resource: ResourceData): RecordField[] {
  const expansions = new Set((data.expansions[resource.expansions ?? ''] ?? []).map(({ name }) => name));
  return Object.entries(data.recordFields[resource.record ?? ''] ?? {}).map(([path, text]) => {
    const parts = /^(\w+)(?: ([\w.]+))?: (.*)$/s.exec(text);
    const first = path.split('.', 1)[0] ?? '';
    return {
      path,
      type: (parts?.[1] ?? 'string') as RecordField['type'],
      description: parts?.[3] ?? '',
      column: parts?.[2],
      expansion: expansions.has(first) ? first : undefined,
    };
  });
}

/**
 * Paths that records will have when these expansions are asked for, in the order in which people want to see them:
 * what a result table can show before the first record arrives. Servers leave out what is empty and may add more.
 */
export function expectedPaths(fields: readonly RecordField[], expansions: Iterable<string>): string[] {
  const asked = new Set(expansions);
  return fields.filter(({ expansion }) => expansion === undefined || asked.has(expansion)).map(({ path }) => path);
}
