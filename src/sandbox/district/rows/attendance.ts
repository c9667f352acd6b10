import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import { weekdays } from './schedule.ts';
import type { SchoolPlan } from './schools.ts';
import { FULL_STUDENTS } from './studentColumns.ts';

const CODES = [
  ['', 'Present', 'Present'],
  ['A', 'Absent', 'Absent'],
  ['T', 'Tardy', 'Present'],
  ['E', 'Excused', 'Absent'],
] as const;

/** Attendance codes of every school, and daily entries of the first weeks of the year. */
export function writeAttendance(
  database: DatabaseSync,
  writer: RowWriter,
  schools: readonly SchoolPlan[],
  year: SchoolYear,
): void {
  let dcid = 0;
  for (const school of schools) {
    CODES.forEach(([code, description, presence], index) => {
      dcid++;
      writer.insert('attendance_code', {
        dcid,
        id: dcid,
        att_code: code,
        description,
        presence_status_cd: presence,
        schoolid: school.number,
        yearid: year.yearId,
        calculate_ada_yn: 1,
        calculate_adm_yn: 1,
        course_credit_points: 1,
        sortorder: index + 1,
      });
    });
  }
  // Entries lie in the past; the first ten days count even before the year begins, so that there are some at all.
  const days = weekdays(year.firstDay, year.lastDay);
  const known = Math.min(60, Math.max(10, days.filter((day) => day <= year.today).length));
  database.exec(`
    CREATE TEMP TABLE school_day(schoolid, day, date_value, id, PRIMARY KEY(schoolid, day)) WITHOUT ROWID;
    INSERT INTO temp.school_day SELECT schoolid, row_number() OVER (PARTITION BY schoolid ORDER BY date_value) - 1, date_value, id FROM calendar_day;
    CREATE TEMP TABLE school_code(schoolid, position, id, PRIMARY KEY(schoolid, position)) WITHOUT ROWID;
    INSERT INTO temp.school_code SELECT schoolid, sortorder, id FROM attendance_code;
    INSERT INTO attendance (dcid, id, att_date, att_mode_code, attendance_codeid, calendar_dayid, schoolid, studentid, yearid,
      att_comment, programid, total_minutes, transaction_date)
    SELECT line, line, d.date_value, 'ATT_ModeDaily', c.id, d.id, a.schoolid, a.studentid, ${year.yearId},
      CASE line % 9 WHEN 0 THEN 'Called in by a parent' ELSE NULL END, 0, '0', d.date_value || ' 09:10:00'
    FROM (
      SELECT row_number() OVER (ORDER BY s.dcid, k.n) AS line, s.id AS studentid, s.schoolid, (s.dcid * 13 + k.n * 11) % ${known} AS day,
        2 + (s.dcid + k.n) % 3 AS code
      FROM students s JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) k
        ON k.n = 1 OR (s.dcid * 5 + k.n) % 3 > 0
      WHERE s.enroll_status = 0 AND s.dcid <= ${FULL_STUDENTS}) a
      JOIN temp.school_day d ON d.schoolid = a.schoolid AND d.day = a.day
      JOIN temp.school_code c ON c.schoolid = a.schoolid AND c.position = a.code;
    CREATE INDEX attendance_studentid ON attendance(studentid, att_date);
    DROP TABLE temp.school_day;
    DROP TABLE temp.school_code;
  `);
}
