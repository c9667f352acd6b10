/**
 * What is special about the shape of PowerSchool's records when they become a table
 * (PowerSchool API behaviour: JSON that was converted from XML).
 */

/** The key under which one-to-one extension tables travel. */
export const EXTENSION_DATA = '_extension_data';

/** Keys that repeat in the XML: one child comes as an object, several as an array. Both make the same column. */
export const REPEATED_KEYS: ReadonlySet<string> = new Set([
  'federal_race',
  'race',
  'school_affiliation',
  'entry_code',
  'exit_code',
  'error',
]);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Turns `{"_table_extension":[{"name":"u_bikepermits","_field":[{"name":"permit_no","value":"B-17"}]}]}` into
 * `{u_bikepermits: {permit_no: 'B-17'}}`. One table or one field may come as an object; a table without a row
 * (`recordFound` false) gives an empty object. Undefined when the value has another shape.
 */
export function extensionValues(data: unknown): Record<string, Record<string, unknown>> | undefined {
  if (data === '') return {};
  if (!isObject(data) || Object.keys(data).some((key) => key !== '_table_extension')) return undefined;
  const tables: Record<string, Record<string, unknown>> = {};
  for (const table of oneOrMany(data['_table_extension'])) {
    if (!isObject(table) || typeof table['name'] !== 'string') return undefined;
    const fields: Record<string, unknown> = {};
    for (const field of oneOrMany(table['_field'])) {
      if (!isObject(field) || typeof field['name'] !== 'string') return undefined;
      fields[field['name']] = field['value'];
    }
    tables[table['name']] = fields;
  }
  return tables;
}

function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}
