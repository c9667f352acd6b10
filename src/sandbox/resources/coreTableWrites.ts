import type { ColumnValues } from '../district/rowStore.ts';
import type { TableDefinition } from '../district/dictionary.ts';
import type { Answer } from '../server/answer.ts';
import { callerOf, jsonBody, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { deleteRow, recordOf, validationFailed, writeAnswer, writtenColumns } from './tableWrites.ts';
import { requireFullAccess } from './tableAccess.ts';

/** Core tables with endpoints of their own, and what an insert must have. */
interface WritableCoreTable {
  readonly name: 'storedgrades' | 'spenrollments' | 'transportation';
  /** Each entry is one requirement: any of these sets of columns. */
  readonly required: readonly (readonly (readonly string[])[])[];
  /** Status of a successful insert. */
  readonly created: number;
}

const TABLES: readonly WritableCoreTable[] = [
  {
    name: 'storedgrades',
    required: [
      [['schoolid']],
      [['schoolyear']],
      [['storecode']],
      [['studentid']],
      [['course_name'], ['section_number', 'course_number']],
      [['grade'], ['percent']],
    ],
    created: 201,
  },
  { name: 'spenrollments', required: [[['studentid']], [['programid']], [['enter_date']]], created: 201 },
  { name: 'transportation', required: [[['studentid']]], created: 200 },
];

/** `POST`, and `DELETE …/{id}`, of the three tables; reading and `PUT` are those of every table. */
export const CORE_TABLE_WRITE_ROUTES: readonly Route[] = TABLES.flatMap((writable) => [
  {
    method: 'POST',
    path: `/ws/schema/table/${writable.name}`,
    access: 'token',
    handler: (call: Call) => answerInsert(call, writable),
  },
  {
    method: 'DELETE',
    path: `/ws/schema/table/${writable.name}/{id}`,
    access: 'token',
    handler: (call: Call) => deleteRow(call, call.sandbox.district.dictionary.required(writable.name)),
  },
]);

function answerInsert(call: Call, writable: WritableCoreTable): Answer {
  const table = call.sandbox.district.dictionary.required(writable.name);
  const record = lowerCaseKeys(recordOf(jsonBody(call), table));
  for (const alternatives of writable.required) {
    const given = alternatives.some((names) => names.every((name) => isGiven(record[name])));
    if (!given) throw validationFailed(table, alternatives[0]?.join(', ') ?? '', 'REQUIRED');
  }
  // Not columns of the table: the year becomes a term, the section its number.
  const { schoolyear, section_number: sectionNumber, ...columns } = record;
  const written = writtenColumns(columns, table, { onlyText: false });
  requireFullAccess(
    callerOf(call).grants,
    table,
    written.map(({ column }) => column),
  );
  const values: ColumnValues = Object.fromEntries(written.map(({ column, value }) => [column.name, value]));
  requireStudent(call, table, values);
  const derived =
    writable.name === 'storedgrades' ? storedGradeValues(call, values, Number(schoolyear), sectionNumber) : {};
  const key = call.sandbox.rows.insert(table, { ...derived, ...values });
  return writeAnswer(call, table, 'INSERT', key, writable.created);
}

function requireStudent(call: Call, table: TableDefinition, values: ColumnValues): void {
  const student = values['studentid'];
  const found = call.sandbox.district.get('SELECT 1 FROM students WHERE id = ?', [student ?? null]);
  if (found === undefined) throw validationFailed(table, 'studentid', 'There is no such row in Students');
}

function storedGradeValues(call: Call, values: ColumnValues, year: number, sectionNumber: unknown): ColumnValues {
  if (!Number.isInteger(year) || year < 1990 || year > 2200) {
    throw new Refusal(400, `Invalid number '${String(year)}' for field schoolyear`);
  }
  const { district } = call.sandbox;
  const termid = (year - 1990) * 100;
  const course = district.get('SELECT course_name FROM courses WHERE course_number = ?', [
    values['course_number'] ?? null,
  ]);
  const section = district.get(
    'SELECT id FROM sections WHERE course_number = ? AND section_number = ? AND schoolid = ? AND termid >= ? AND termid < ?',
    [
      values['course_number'] ?? null,
      typeof sectionNumber === 'string' || typeof sectionNumber === 'number' ? String(sectionNumber) : null,
      values['schoolid'] ?? null,
      termid,
      termid + 100,
    ],
  );
  const school = district.get('SELECT name FROM schools WHERE school_number = ?', [values['schoolid'] ?? null]);
  return {
    termid,
    sectionid: section?.['id'] ?? 0,
    course_name: course?.['course_name'] ?? null,
    schoolname: school?.['name'] ?? null,
    datestored: district.schoolYear.today,
  };
}

function lowerCaseKeys(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
