import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import type { SchoolPlan } from './schools.ts';
import { FULL_STUDENTS } from './studentColumns.ts';

/** Grade buckets, stored grades of the last years and the current grades of the gradebook. */
export function writeGrades(
  database: DatabaseSync,
  writer: RowWriter,
  schools: readonly SchoolPlan[],
  year: SchoolYear,
): void {
  writeTermBins(writer, schools, year);
  database.exec(`
    INSERT INTO storedgrades (dcid, studentid, sectionid, termid, percent, grade, gpa_points, absences, tardies,
      potentialcrhrs, earnedcrhrs, grade_level, schoolid, schoolname, storecode, datestored, course_name, course_number,
      credit_type, gradescale_name, teacher_name, behavior, excludefromgpa, excludefromclassrank, excludefromhonorroll,
      excludefromtranscripts, excludefromgraduation)
    SELECT line, studentid, section, ${(year.yearId - 1) * 100}, percent,
      CASE WHEN percent >= 90 THEN 'A' WHEN percent >= 80 THEN 'B' WHEN percent >= 70 THEN 'C' WHEN percent >= 60 THEN 'D' ELSE 'F' END,
      CASE WHEN percent >= 90 THEN 4 WHEN percent >= 80 THEN 3 WHEN percent >= 70 THEN 2 WHEN percent >= 60 THEN 1 ELSE 0 END,
      line % 5, line % 3, credit, CASE WHEN percent >= 60 THEN credit ELSE 0 END, grade, schoolid, schoolname, 'Y1',
      '${year.startYear}-06-20', course_name, course_number, credittype, 'A to F', teacher, CASE line % 4 WHEN 0 THEN 'S' ELSE NULL END,
      0, 0, 0, 0, 0
    FROM (
      SELECT row_number() OVER (ORDER BY s.dcid, x.dcid) AS line, s.id AS studentid, x.dcid AS section, s.schoolid,
        h.name AS schoolname, c.course_name, c.course_number, c.credittype, c.credit_hours AS credit,
        max(s.grade_level - 1, 0) AS grade, u.lastfirst AS teacher, 52 + (s.dcid * 31 + x.dcid * 17) % 48 AS percent
      FROM students s
        JOIN sections x ON x.termid = ${(year.yearId - 1) * 100} AND x.grade_level = max(s.grade_level - 1, 0)
        JOIN courses c ON c.course_number = x.course_number
        JOIN schools h ON h.school_number = s.schoolid
        JOIN schoolstaff t ON t.id = x.teacher JOIN users u ON u.dcid = t.users_dcid
      WHERE s.enroll_status = 0 AND s.dcid <= ${FULL_STUDENTS});
    CREATE INDEX storedgrades_studentid ON storedgrades(studentid);
    INSERT INTO pgfinalgrades (dcid, id, finalgradename, startdate, enddate, lastgradeupdate, sectionid, studentid,
      calculatedpercent, calculatedgrade, points, pointspossible, gradebooktype, isincomplete, isexempt)
    SELECT dcid, dcid, 'S1', '${year.firstDay}', '${year.startYear + 1}-01-22', '${year.startYear}-10-30', sectionid, studentid,
      55 + dcid % 45, CASE WHEN 55 + dcid % 45 >= 90 THEN 'A' WHEN 55 + dcid % 45 >= 80 THEN 'B' WHEN 55 + dcid % 45 >= 70 THEN 'C' ELSE 'D' END,
      55 + dcid % 45, 100, 2, 0, 0
    FROM cc WHERE sectionid > 0 AND dcid <= 30000;
  `);
}

function writeTermBins(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear): void {
  let dcid = 0;
  for (const school of schools) {
    for (const [storecode, term, first, last] of [
      ['S1', 1, year.firstDay, `${year.startYear + 1}-01-22`],
      ['S2', 2, year.middle, year.lastDay],
      ['Y1', 0, year.firstDay, year.lastDay],
    ] as const) {
      dcid++;
      writer.insert('termbins', {
        dcid,
        id: dcid,
        storecode,
        date1: first,
        date2: last,
        description: storecode,
        termid: year.yearId * 100 + term,
        schoolid: school.number,
        yearid: year.yearId,
        creditpct: term === 0 ? 100 : 50,
        collect: 1,
        storegrades: 1,
        aregradeslocked: 0,
      });
    }
  }
}
