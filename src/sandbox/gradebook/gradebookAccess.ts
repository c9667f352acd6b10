import { numberOf } from '../district/cell.ts';
import type { Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';

/** 409: the gradebook's validation error, naming the fields. */
export function gradebookFault(...fields: readonly string[]): Refusal {
  return new Refusal(409, 'Validation failed', { errors: fields.map((field) => ({ field })) });
}

/** OAuth callers say for which teacher they act; 400 without, 404 for a teacher who does not exist. */
export function teacherOf(call: Call): number {
  const dcid = requiredInteger(call, 'users_dcid');
  if (call.sandbox.district.get('SELECT 1 FROM users WHERE dcid = ?', [dcid]) === undefined) {
    throw new Refusal(404, `There is no user ${dcid}`);
  }
  return dcid;
}

export function requiredInteger(call: Call, name: string): number {
  const text = call.query.get(name) ?? '';
  if (!/^-?\d{1,15}$/.test(text)) {
    throw new Refusal(400, text === '' ? `The parameter ${name} is required` : `Invalid number '${text}' for ${name}`);
  }
  return Number(text);
}

/** A comma list of integers; empty when it is not given. */
export function integerList(text: string | null, name: string): readonly number[] {
  const parts = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.some((part) => !/^-?\d{1,15}$/.test(part))) throw new Refusal(400, `Invalid number in ${name}`);
  return parts.map(Number);
}

/** The sections that a teacher has, as `Sections.DCID`. */
export function requireTeachersSection(call: Call, teacher: number, section: number): void {
  const row = call.sandbox.district.get(
    'SELECT s.users_dcid FROM sections x LEFT JOIN schoolstaff s ON s.id = x.teacher WHERE x.dcid = ?',
    [section],
  );
  if (row === undefined) throw new Refusal(404, `There is no section ${section}`);
  if (numberOf(row, 'users_dcid') !== teacher)
    throw new Refusal(403, `Section ${section} is not taught by user ${teacher}`);
}
