import { keyOf } from '../district/cell.ts';
import type { SqlValue } from '../district/district.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import { callerOf, jsonBody, type Call } from '../server/call.ts';
import { Refusal, type RefusedField } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { listOf } from './studentExtensions.ts';
import { requireFullAccess } from './tableAccess.ts';
import { recordOf, writtenColumns } from './tableWrites.ts';

type Values = Readonly<Record<string, SqlValue>>;

/** How much one call may carry, and which modes of attendance it is for. */
interface AttendanceCall {
  readonly most: number;
  readonly modes: readonly string[];
  /** All records are of one student on one day. */
  readonly sameDay: boolean;
}

const DAILY = ['ATT_ModeDaily', 'ATT_ModeTime'];

/** Writing attendance: inserts, or changes the entry that is there for the same student, day and mode. */
export const ATTENDANCE_ROUTES: readonly Route[] = [
  write('daily_time', { most: 1, modes: DAILY, sameDay: true }),
  write('batch_daily_time', { most: 200, modes: DAILY, sameDay: false }),
  write('meeting_interval', { most: 200, modes: ['ATT_ModeMeeting', 'ATT_ModeInterval'], sameDay: true }),
];

function write(name: string, kind: AttendanceCall): Route {
  return {
    method: 'POST',
    path: `/ws/attendance/${name}`,
    access: 'token',
    handler: (call) => answerAttendance(call, kind),
  };
}

const REQUIRED = ['studentid', 'att_date', 'schoolid', 'yearid', 'att_mode_code', 'attendance_codeid'];

function answerAttendance(call: Call, kind: AttendanceCall): Answer {
  const { district, rows } = call.sandbox;
  const table = district.dictionary.required('attendance');
  const body = jsonBody(call) as { record?: unknown } | null;
  const records = listOf(body?.record);
  if (records.length === 0) throw new Refusal(400, 'The request body must have a record');
  if (records.length > kind.most) throw new Refusal(400, `Not more than ${kind.most} records may be sent`);
  const entries = records.map((record) => {
    const columns = writtenColumns(recordOf(record, table), table, { onlyText: false });
    requireFullAccess(
      callerOf(call).grants,
      table,
      columns.map(({ column }) => column),
    );
    return Object.fromEntries(columns.map(({ column, value }) => [column.name, value]));
  });
  const errors = entries.flatMap((entry) => entryErrors(call, kind, entry));
  const days = new Set(entries.map((entry) => `${String(entry['studentid'])} ${String(entry['att_date'])}`));
  if (kind.sameDay && days.size > 1) throw new Refusal(400, 'All records must be for one student on one day');
  if (errors.length > 0) throw new Refusal(400, 'Validation Failed', { errors });
  const result = district.transaction(() =>
    entries.map((entry) => {
      const existing = existingEntry(call, entry);
      if (existing === undefined) return success(call, 'INSERT', rows.insert(table, entry));
      rows.update(table, existing, entry);
      return success(call, 'UPDATE', existing);
    }),
  );
  return jsonAnswer({
    insert_count: result.filter(({ action }) => action === 'INSERT').length,
    update_count: result.filter(({ action }) => action === 'UPDATE').length,
    delete_count: 0,
    result,
  });
}

function success(call: Call, action: 'INSERT' | 'UPDATE', id: number) {
  const ref = `${call.origin}/ws/schema/table/attendance/${id}`;
  return { status: 'SUCCESS', action, success_message: { id, ref } };
}

function entryErrors(call: Call, kind: AttendanceCall, entry: Values): readonly RefusedField[] {
  const { district } = call.sandbox;
  const missing = REQUIRED.filter((name) => (entry[name] ?? null) === null);
  const errors: RefusedField[] = missing.map((field) => ({ code: 'REQUIRED', field, resource: 'Attendance' }));
  const wrong = (field: string): void => void errors.push({ code: 'INVALID', field, resource: 'Attendance' });
  const mode = entry['att_mode_code'];
  if (typeof mode === 'string' && !kind.modes.includes(mode)) wrong('att_mode_code');
  if (mode === 'ATT_ModeInterval' && (entry['att_interval'] ?? null) === null) wrong('att_interval');
  const exists = (sql: string, ...parameters: SqlValue[]): boolean => district.get(sql, parameters) !== undefined;
  const { studentid = null, attendance_codeid: code = null, schoolid = null } = entry;
  if (studentid !== null && !exists('SELECT 1 FROM students WHERE id = ?', studentid)) wrong('studentid');
  if (code !== null && !exists('SELECT 1 FROM attendance_code WHERE id = ? AND schoolid = ?', code, schoolid)) {
    wrong('attendance_codeid');
  }
  return errors;
}

/** The entry of the same student, day, mode, class, period and interval; a given DCID wins. */
function existingEntry(call: Call, entry: Values): number | undefined {
  const { district } = call.sandbox;
  const given = entry['dcid'];
  const row =
    typeof given === 'number'
      ? district.get('SELECT dcid FROM attendance WHERE dcid = ?', [given])
      : district.get(
          `SELECT dcid FROM attendance WHERE studentid = ? AND att_date = ? AND att_mode_code = ?
            AND ccid IS ? AND periodid IS ? AND att_interval IS ? AND programid IS ifnull(?, programid)`,
          ['studentid', 'att_date', 'att_mode_code', 'ccid', 'periodid', 'att_interval', 'programid'].map(
            (name) => entry[name] ?? null,
          ),
        );
  return row === undefined ? undefined : keyOf(row, 'dcid');
}
