import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';

const CATEGORIES = ['Homework', 'Quizzes', 'Tests'] as const;

/**
 * The gradebook: district and teacher categories, two assignments for each section of the first period of a school's
 * teachers, and scores for those sections' students. The standards and what links them to assignments have no
 * table in the catalogue: they live in `internal` tables that no table or PowerQuery call reaches.
 */
export function writeGradebook(database: DatabaseSync, writer: RowWriter, year: SchoolYear): void {
  CATEGORIES.forEach((name, index) => {
    writer.insert('districtteachercategory', {
      districtteachercategoryid: index + 1,
      name,
      color: String(index + 1),
      isinfinalgrades: 1,
      isactive: 1,
      isusermodifiable: 1,
      displayposition: index + 1,
      defaultscoretype: 'POINTS',
      defaulttotalvalue: 10,
      defaultpublishoption: 'Immediately',
      isdefaultpublishscores: 1,
    });
  });
  database.exec(`
    INSERT INTO teachercategory (teachercategoryid, districtteachercategoryid, usersdcid, name, color, categorytype, isinfinalgrades,
      isactive, isusermodifiable, teachermodified, displayposition, defaultscoretype, defaulttotalvalue, defaultpublishoption, isdefaultpublishscores)
      SELECT row_number() OVER (ORDER BY u.dcid, d.districtteachercategoryid), d.districtteachercategoryid, u.dcid, d.name, d.color, 'user', 1, 1, 1, 0,
        d.displayposition, 'POINTS', 10, 'Immediately', 1
      FROM users u JOIN districtteachercategory d WHERE u.ptaccess = 1;
    INSERT INTO assignmentsection (assignmentsectionid, assignmentid, sectionsdcid, name, duedate, description, scoretype, scoreentrypoints,
      totalpointvalue, weight, iscountedinfinalgrade, isscoringneeded, isscorespublish, publishoption, extracreditpoints, yearid)
      SELECT row_number() OVER (ORDER BY s.dcid, k.n), row_number() OVER (ORDER BY s.dcid, k.n), s.dcid, CASE k.n WHEN 1 THEN 'Chapter 1 quiz' ELSE 'Reading log' END,
        CASE k.n WHEN 1 THEN '${year.startYear}-09-18' ELSE '${year.startYear}-10-02' END, NULL, 'POINTS', 10, 10, 1, 1, 1, 1, 'Immediately', 0, ${year.yearId}
      FROM sections s JOIN (SELECT 1 AS n UNION ALL SELECT 2) k WHERE s.termid >= ${year.yearId * 100} AND s.section_number IN ('1', '2');
    INSERT INTO assignmentcategoryassoc (assignmentcategoryassocid, assignmentsectionid, teachercategoryid, yearid, isprimary)
      SELECT a.assignmentsectionid, a.assignmentsectionid, (SELECT c.teachercategoryid FROM teachercategory c
          JOIN schoolstaff t ON t.users_dcid = c.usersdcid JOIN sections s ON s.teacher = t.id
          WHERE s.dcid = a.sectionsdcid AND c.districtteachercategoryid = 1 + a.assignmentsectionid % 2), ${year.yearId}, 1
      FROM assignmentsection a;
    INSERT INTO assignmentscore (assignmentscoreid, assignmentsectionid, studentsdcid, scorepoints, actualscoreentered, islate, ismissing, isexempt)
      SELECT row_number() OVER (ORDER BY a.assignmentsectionid, s.dcid), a.assignmentsectionid, s.dcid, 5 + (s.dcid + a.assignmentsectionid) % 6,
        '' || (5 + (s.dcid + a.assignmentsectionid) % 6), s.dcid % 17 = 0, s.dcid % 23 = 0, 0
      FROM assignmentsection a JOIN cc c ON c.sectionid = a.sectionsdcid JOIN students s ON s.id = c.studentid
      WHERE a.assignmentsectionid % 2 = 1;
    CREATE INDEX assignmentsection_section ON assignmentsection(sectionsdcid);
    CREATE INDEX assignmentsection_assignment ON assignmentsection(assignmentid);
    CREATE INDEX assignmentcategoryassoc_section ON assignmentcategoryassoc(assignmentsectionid);
    CREATE INDEX assignmentscore_section ON assignmentscore(assignmentsectionid, studentsdcid);
    CREATE INDEX teachercategory_user ON teachercategory(usersdcid);

    INSERT INTO pgcategories (dcid, id, sectionid, name, abbreviation, defaultptsposs) SELECT dcid, id, id, 'Homework', 'HW', 10 FROM sections WHERE dcid <= 50;
    INSERT INTO pgassignments (assignmentid, sectionid, name, datedue, pointspossible, type, weight, includeinfinalgrades, abbreviation, pgcategoriesid, publishscores, publishstate)
      SELECT assignmentsectionid, sectionsdcid, name, duedate, 10, 'POINTS', 1, '1', 'CH1', sectionsdcid, 'Y', 'Immediately' FROM assignmentsection WHERE assignmentsectionid <= 100;

    CREATE TABLE internal.standard (standardid INTEGER PRIMARY KEY, yearid INTEGER, identifier TEXT, name TEXT, subjectarea TEXT, isactive INTEGER, isassignmentallowed INTEGER, displayposition INTEGER);
    INSERT INTO internal.standard SELECT row_number() OVER (ORDER BY c.dcid, k.n), ${year.yearId}, c.credittype || '.' || c.dcid || '.' || k.n,
        c.course_name || CASE k.n WHEN 1 THEN ': concepts' WHEN 2 THEN ': practice' ELSE ': retired' END, c.credittype, k.n < 3, k.n <> 2 OR c.dcid % 2 = 0, k.n
      FROM courses c JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) k;
    CREATE TABLE internal.assignment_standard (assignmentstandardassocid INTEGER PRIMARY KEY, assignmentid INTEGER, standardid INTEGER);
    INSERT INTO internal.assignment_standard (assignmentid, standardid) SELECT a.assignmentid, d.standardid FROM assignmentsection a
      JOIN sections s ON s.dcid = a.sectionsdcid JOIN courses c ON c.course_number = s.course_number JOIN internal.standard d ON d.standardid = c.dcid * 3 - 2
      WHERE a.assignmentsectionid % 2 = 1;
    CREATE INDEX internal.assignment_standard_assignment ON assignment_standard(assignmentid);
    CREATE TABLE internal.assignment_student (assignmentsectionid INTEGER, studentsdcid INTEGER, PRIMARY KEY(assignmentsectionid, studentsdcid)) WITHOUT ROWID;
  `);
}

/** Fees of students and what was paid: kept out of the tables, which the catalogue does not name. */
export function writeFees(database: DatabaseSync, year: SchoolYear): void {
  database.exec(`
    CREATE TABLE internal.fee (id INTEGER PRIMARY KEY, studentsdcid INTEGER, schoolid INTEGER, name TEXT, type_id INTEGER, amount REAL, balance REAL, created TEXT, modified TEXT);
    INSERT INTO internal.fee (studentsdcid, schoolid, name, type_id, amount, balance, created, modified)
      SELECT s.dcid, h.dcid, CASE k.n WHEN 1 THEN 'Lab fee' ELSE 'Locker fee' END, k.n, CASE k.n WHEN 1 THEN 25 ELSE 10 END, CASE k.n WHEN 1 THEN 25 ELSE 10 END, '${year.firstDay}', '${year.firstDay}'
      FROM students s JOIN schools h ON h.school_number = s.schoolid JOIN (SELECT 1 AS n UNION ALL SELECT 2) k
      WHERE s.dcid <= 2000 AND (s.dcid = 1 OR (s.dcid <> 5 AND s.dcid % (2 + k.n) = 0)) ORDER BY s.dcid, k.n;
    CREATE INDEX internal.fee_student ON fee(studentsdcid);
    CREATE TABLE internal.fee_transaction (id INTEGER PRIMARY KEY, fee_id INTEGER, studentsdcid INTEGER, schoolid INTEGER, amount REAL, type TEXT, method TEXT, date TEXT, description TEXT, starting_balance REAL, net_balance REAL);
    CREATE INDEX internal.fee_transaction_fee ON fee_transaction(fee_id);
  `);
}
