import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { SqlValue } from '../district/district.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import { jsonBody, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import type { Element } from '../wire/element.ts';
import { listOf, readExtensions, writeExtension, type ExtensionWrite } from './studentExtensions.ts';
import { invalid, missing, readStudent, type FieldError } from './studentRow.ts';
import { objectAt } from './tableWrites.ts';

/** Inserting and changing students, many in one call. */
export const STUDENT_WRITE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/ws/v1/student', access: 'v1Full', handler: answerWrite },
];

type Action = 'INSERT' | 'UPDATE';

/** HTTP 200 even when records failed: each result has its own status. */
function answerWrite(call: Call): Answer {
  const students = listOf(objectAt(jsonBody(call), 'students')?.['student']);
  if (students.length === 0) throw new Refusal(400, 'The request body must have students.student');
  const counts = { INSERT: 0, UPDATE: 0 };
  const result = students.map((student) => {
    const outcome = writeStudent(call, isObject(student) ? student : {});
    if (outcome.kind === 'written') counts[outcome.action]++;
    return outcome.element;
  });
  return elementAnswer({
    name: 'results',
    content: { insert_count: counts.INSERT, update_count: counts.UPDATE, delete_count: 0, result },
  });
}

type Outcome =
  | { readonly kind: 'written'; readonly action: Action; readonly element: Element }
  | { readonly kind: 'refused'; readonly element: Element };

function writeStudent(call: Call, student: Readonly<Record<string, unknown>>): Outcome {
  const uid = textValue(student['client_uid']);
  const action = textValue(student['action']).toUpperCase();
  if (action !== 'INSERT' && action !== 'UPDATE') {
    return refused(uid, action, [invalid('action', 'Value must be INSERT or UPDATE')]);
  }
  const table = call.sandbox.district.dictionary.required('students');
  const { values, errors } = readStudent(student, action, table);
  const extensions = readExtensions(student, call.sandbox.district.dictionary);
  errors.push(...extensions.errors, ...relationErrors(call, values));
  if (uid === '') errors.unshift(missing('client_uid'));
  const id = textValue(student['id']);
  if (action === 'UPDATE') errors.push(...idErrors(call, id));
  if (errors.length > 0) return refused(uid, action, errors);
  const email = emailOf(student);
  const key = call.sandbox.district.transaction(() =>
    save(call, action === 'INSERT' ? undefined : Number(id), values, extensions.writes, email),
  );
  return {
    kind: 'written',
    action,
    element: {
      client_uid: uid,
      status: 'SUCCESS',
      action,
      success_message: { id: key, ref: `${call.origin}/ws/v1/student/${key}` },
    },
  };
}

function refused(uid: string, action: string, errors: readonly FieldError[]): Outcome {
  const element: Element = {
    client_uid: uid,
    status: 'ERROR',
    action,
    error_message: { error: errors.map((error) => ({ ...error })) },
  };
  return { kind: 'refused', element };
}

function idErrors(call: Call, id: string): readonly FieldError[] {
  if (id === '') return [missing('id')];
  const known =
    /^\d{1,15}$/.test(id) &&
    call.sandbox.rows.exists(call.sandbox.district.dictionary.required('students'), Number(id));
  return known ? [] : [invalid('id', 'There is no student with this id')];
}

function relationErrors(call: Call, values: Readonly<Record<string, SqlValue>>): readonly FieldError[] {
  const { district } = call.sandbox;
  const errors: FieldError[] = [];
  const school = values['schoolid'];
  if (
    typeof school === 'number' &&
    district.get('SELECT 1 FROM schools WHERE school_number = ?', [school]) === undefined
  ) {
    errors.push(invalid('school_enrollment/school_number', 'There is no school with this number'));
  }
  return errors;
}

function save(
  call: Call,
  id: number | undefined,
  values: Record<string, SqlValue>,
  extensions: readonly ExtensionWrite[],
  email: string | undefined,
): number {
  const { district, rows } = call.sandbox;
  const students = district.dictionary.required('students');
  const key = id ?? rows.insert(students, { ...defaults(call, values), ...values });
  if (id !== undefined) rows.update(students, id, values);
  nameStudent(call, key);
  for (const extension of extensions) writeExtension(rows, extension, key);
  if (email !== undefined) saveEmail(call, key, email);
  return key;
}

function defaults(call: Call, values: Readonly<Record<string, SqlValue>>): Record<string, SqlValue> {
  const { district } = call.sandbox;
  const school = values['schoolid'] ?? null;
  return {
    enroll_status: 0,
    student_number: district.number('SELECT max(student_number) + 1 FROM students'),
    enrollment_schoolid: school,
    fteid: district.number('SELECT min(id) FROM fte WHERE schoolid = ?', [school]),
    fedracedecline: 0,
    allowwebaccess: 0,
    student_allowwebaccess: 0,
    districtentrydate: values['entrydate'] ?? null,
    schoolentrydate: values['entrydate'] ?? null,
  };
}

/** LastFirst is made of the names. */
function nameStudent(call: Call, dcid: number): void {
  const { district, rows } = call.sandbox;
  const row = district.get('SELECT first_name, middle_name, last_name FROM students WHERE dcid = ?', [dcid]);
  if (row === undefined) return;
  const given = [textOf(row, 'first_name'), textOf(row, 'middle_name')].filter((name) => name !== undefined);
  const lastfirst = `${textOf(row, 'last_name') ?? ''}, ${given.join(' ')}`;
  rows.update(district.dictionary.required('students'), dcid, { lastfirst });
}

/** The student's e-mail address is one of the student's Person row. */
function saveEmail(call: Call, dcid: number, email: string): void {
  const { district, rows } = call.sandbox;
  const { dictionary } = district;
  const student = district.get('SELECT person_id, first_name, last_name FROM students WHERE dcid = ?', [dcid]);
  if (student === undefined) return;
  let person = numberOf(student, 'person_id');
  if (person === undefined) {
    person = rows.insert(dictionary.required('person'), {
      firstname: textOf(student, 'first_name') ?? null,
      lastname: textOf(student, 'last_name') ?? null,
      isactive: 1,
    });
    rows.update(dictionary.required('person'), person, { id: person });
    rows.update(dictionary.required('students'), dcid, { person_id: person });
  }
  const link = district.get(
    'SELECT emailaddressid FROM personemailaddressassoc WHERE personid = ? AND isprimaryemailaddress = 1',
    [person],
  );
  if (link !== undefined) {
    rows.update(dictionary.required('emailaddress'), keyOf(link, 'emailaddressid'), { emailaddress: email });
    return;
  }
  const address = rows.insert(dictionary.required('emailaddress'), { emailaddress: email });
  rows.insert(dictionary.required('personemailaddressassoc'), {
    personid: person,
    emailaddressid: address,
    isprimaryemailaddress: 1,
    emailaddresspriorityorder: 1,
  });
}

function emailOf(student: Readonly<Record<string, unknown>>): string | undefined {
  const email = objectAt(student, 'contact_info')?.['email'];
  return typeof email === 'string' ? email : undefined;
}

function textValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
