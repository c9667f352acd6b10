import type { SqlValue } from '../district/district.ts';
import { findColumn, type TableDefinition } from '../district/dictionary.ts';
import { readColumnText } from './columnValue.ts';
import { COMPLETE_BLOCKS, REQUIRED_FOR_INSERT, STUDENT_WRITE_FIELDS } from './studentFields.ts';
import { enrollStatus } from './studentElement.ts';

/** One fault of one record of a student write. */
export interface FieldError {
  /** Path such as `student/school_enrollment/entry_date`. */
  readonly field: string;
  readonly error_code: string;
  readonly error_description: string;
}

export interface ReadStudent {
  readonly values: Record<string, SqlValue>;
  readonly errors: FieldError[];
}

export function fieldError(path: string, code: string, description: string): FieldError {
  return { field: `student/${path}`, error_code: code, error_description: description };
}

export function missing(path: string): FieldError {
  return fieldError(path, 'REQUIRED', 'No data submitted for required element');
}

export function invalid(path: string, description: string): FieldError {
  return fieldError(path, 'FIELD_VALIDATION_ERROR', description);
}

/**
 * The columns that one `student` of a write fills, and everything that is wrong with it. Elements that the sandbox
 * does not know are passed over.
 */
export function readStudent(
  student: Readonly<Record<string, unknown>>,
  action: 'INSERT' | 'UPDATE',
  table: TableDefinition,
): ReadStudent {
  const given = leaves(student);
  const values: Record<string, SqlValue> = {};
  const errors: FieldError[] = [];
  if (action === 'INSERT') {
    for (const path of REQUIRED_FOR_INSERT) {
      if ((given.get(path) ?? '') === '') errors.push(missing(path));
    }
  }
  for (const [path, text] of given) {
    const name = STUDENT_WRITE_FIELDS[path];
    const column = name === undefined ? undefined : findColumn(table, name);
    if (column === undefined) continue;
    const read = readColumnText(column, text);
    if ('error' in read) errors.push(invalid(path, read.error));
    else values[column.name] = read.value;
  }
  for (const block of COMPLETE_BLOCKS) {
    const some = block.some((path) => given.has(path));
    if (some) errors.push(...block.filter((path) => !given.has(path)).map(missing));
  }
  readStatus(given, action, values, errors);
  readEthnicity(given, values, errors);
  return { values, errors };
}

/** Letter or code, not both; an insert is neither transferred nor graduated. */
function readStatus(
  given: ReadonlyMap<string, string>,
  action: 'INSERT' | 'UPDATE',
  values: Record<string, SqlValue>,
  errors: FieldError[],
): void {
  const path = 'school_enrollment/enroll_status';
  const letter = given.get(path);
  if (letter !== undefined) {
    if (given.has(`${path}_code`)) errors.push(invalid(path, 'Give enroll_status or enroll_status_code, not both'));
    const code = [-1, 0, 2, 3, 4, 1].find((candidate) => enrollStatus(candidate).letter === letter.toUpperCase());
    if (code === undefined) errors.push(invalid(path, 'Value is not a valid enrollment status'));
    else values['enroll_status'] = code;
  }
  const status = values['enroll_status'];
  if (action === 'INSERT' && (status === 2 || status === 3)) {
    errors.push(invalid(path, 'A new student cannot be transferred out or graduated'));
  }
}

function readEthnicity(
  given: ReadonlyMap<string, string>,
  values: Record<string, SqlValue>,
  errors: FieldError[],
): void {
  const path = 'ethnicity_race/federal_ethnicity';
  const answer = given.get(path)?.toUpperCase();
  if (answer === undefined) return;
  if (answer === 'YES' || answer === 'NO') values['fedethnicity'] = answer === 'YES' ? 1 : 0;
  else if (answer === '') values['fedethnicity'] = null;
  else errors.push(invalid(path, 'Value must be YES or NO'));
}

/** Every text, number and boolean of a JSON object by its path; lists and extension data are left out. */
function leaves(value: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, member] of Object.entries(value)) {
    if (name === '_extension_data' || Array.isArray(member)) continue;
    const path = `${prefix}${name}`;
    if (typeof member === 'string') found.set(path, member);
    else if (typeof member === 'number' || typeof member === 'boolean') found.set(path, String(member));
    else if (member === null) found.set(path, '');
    else if (typeof member === 'object') {
      for (const [inner, text] of leaves(member as Readonly<Record<string, unknown>>, `${path}/`))
        found.set(inner, text);
    }
  }
  return found;
}
