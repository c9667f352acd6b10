import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import { FULL_STUDENTS } from './studentColumns.ts';

/** Tables that hang on a student: extensions, races, log, earlier enrollments, programs, transportation, tests. */
export function writeStudentDetails(database: DatabaseSync, writer: RowWriter, year: SchoolYear): void {
  const audit = `'sandbox', '${year.firstDay} 06:00:00'`;
  const some = `dcid <= ${FULL_STUDENTS}`;
  database.exec(`
    INSERT INTO s_stu_x (studentsdcid, birthcity, birthcountry, residencystatus, deviceaccess, internetaccess, immigrant,
      pref_first, home_language, repeatgradeindicator, foster_care, section504_yn)
      SELECT dcid, 'Alderbrook', 'US', '1', CASE dcid % 3 WHEN 0 THEN 'N' ELSE 'Y' END, 'Y', 'N',
        CASE dcid % 4 WHEN 0 THEN substr(first_name, 1, 3) ELSE NULL END, dcid % 5, 0, 0, CASE dcid % 12 WHEN 0 THEN 'Y' ELSE 'N' END
      FROM students WHERE dcid <= 1000 AND (dcid <= 20 OR dcid % 4 > 0);
    INSERT INTO u_bikepermits (studentsdcid, id, permit_no, expires_on, bikes, note, whocreated, whencreated)
      SELECT dcid, dcid, 'B-' || (16 + dcid), '${year.startYear + 1}-06-30', 1 + dcid % 2,
        CASE dcid % 3 WHEN 0 THEN 'Stands at the north rack' ELSE NULL END, ${audit}
      FROM students WHERE dcid <= 10 OR (dcid <= 1000 AND dcid % 5 = 0);
    INSERT INTO u_devices (id, studentsdcid, asset_tag, model, lent_on, returned, whocreated, whencreated)
      SELECT row_number() OVER (ORDER BY s.dcid, k.n), s.dcid, 'AT-' || (9000 + s.dcid * 2 + k.n), CASE k.n WHEN 1 THEN 'Laptop 11' ELSE 'Tablet 8' END,
        '${year.firstDay}', k.n = 2, ${audit}
      FROM students s JOIN (SELECT 1 AS n UNION ALL SELECT 2) k ON k.n = 1 OR s.dcid % 3 = 1 WHERE s.dcid <= 300;
    INSERT INTO u_busstops (id, stop_code, street, latitude, longitude, whocreated, whencreated)
      SELECT dcid, 'ST' || printf('%03d', dcid), street, 47.5 + dcid / 1000.0, -111.3 - dcid / 1000.0, ${audit}
      FROM students WHERE dcid <= 25;
    INSERT INTO studentcorefields (studentsdcid, allergies, primarylanguage, guardian_fn, guardian_ln, graduation_year, whocreated, whencreated)
      SELECT dcid, CASE dcid % 11 WHEN 1 THEN 'Peanuts' WHEN 4 THEN 'Bee stings' ELSE NULL END, CASE dcid % 9 WHEN 0 THEN 'Spanish' ELSE 'English' END,
        CASE WHEN mother IS NULL THEN NULL ELSE substr(mother, length(last_name) + 3) END, last_name, classof, ${audit}
      FROM students WHERE ${some};
    INSERT INTO u_def_ext_students (studentsdcid) SELECT dcid FROM students WHERE dcid <= 5;
    INSERT INTO u_studentsuserfields (studentsdcid) SELECT dcid FROM students WHERE dcid <= 5;
    INSERT INTO u_schoolinfo (schoolsdcid, mascot) SELECT dcid, CASE dcid % 3 WHEN 0 THEN 'Herons' WHEN 1 THEN 'Otters' ELSE 'Lynxes' END FROM schools WHERE low_grade < 99;
    INSERT INTO studentrace (dcid, id, studentid, racecd, whocreated, whencreated)
      SELECT row_number() OVER (ORDER BY s.dcid, k.n), row_number() OVER (ORDER BY s.dcid, k.n), s.id, substr('ABIW', 1 + (s.dcid + k.n) % 4, 1), ${audit}
      FROM students s JOIN (SELECT 1 AS n UNION ALL SELECT 2) k ON k.n = 1 OR s.dcid % 10 = 0 WHERE s.${some} AND s.dcid <> 5;
    INSERT INTO log (dcid, id, studentid, logtypeid, entry_date, entry, schoolid, teacherid, entry_time, entry_author, subtype, subject)
      SELECT row_number() OVER (ORDER BY dcid), row_number() OVER (ORDER BY dcid), id, 1 + dcid % 3, '${year.startYear}-09-' || printf('%02d', 1 + dcid % 28),
        'Spoke with the family about ' || CASE dcid % 3 WHEN 0 THEN 'homework' WHEN 1 THEN 'the bus' ELSE 'a visit' END || '.',
        schoolid, 1, 36000, 'Office', 'MC', 'Phone call'
      FROM students WHERE ${some} AND (dcid = 1 OR dcid % 6 = 0);
    INSERT INTO reenrollments (dcid, id, studentid, schoolid, grade_level, entrydate, entrycode, exitdate, exitcode, fteid, track, type, enrollmentcode, membershipshare)
      SELECT row_number() OVER (ORDER BY dcid), row_number() OVER (ORDER BY dcid), id, enrollment_schoolid, max(grade_level - 1, 0),
        '${year.startYear - 1}-08-25', 'E1', '${year.startYear}-06-18', 'W3', 1, 'A', 1, 0, 1
      FROM students WHERE ${some} AND enroll_status IN (0, 2) AND (dcid = 1 OR dcid % 3 > 0);
    INSERT INTO spenrollments (dcid, id, studentid, programid, schoolid, gradelevel, enter_date, exit_date, exitcode, sp_comment)
      SELECT row_number() OVER (ORDER BY dcid), row_number() OVER (ORDER BY dcid), id, 5000 + dcid % 3, schoolid, grade_level, '${year.firstDay}',
        CASE dcid % 2 WHEN 0 THEN '${year.startYear + 1}-01-15' ELSE NULL END, NULL, CASE dcid WHEN 1 THEN 'Reading support' ELSE NULL END
      FROM students WHERE ${some} AND (dcid = 1 OR dcid % 10 = 3) AND enroll_status = 0;
    INSERT INTO transportation (dcid, studentid, schoolid, startdate, enddate, departuretime, arrivaltime, fromto, type, monday, tuesday, wednesday, thursday, friday, busnumber, routenumber, description)
      SELECT row_number() OVER (ORDER BY dcid), id, schoolid, '${year.firstDay}', '${year.exitDate}', '26100', '27600', CASE dcid % 2 WHEN 0 THEN 'From' ELSE 'To' END,
        'R', 1, 1, 1, 1, 1, '' || (1 + dcid % 14), 'R' || (1 + dcid % 9), 'Regular route'
      FROM students WHERE ${some} AND (dcid = 1 OR dcid % 8 = 5) AND enroll_status = 0;
    INSERT INTO accessstudent (studentsdcid, accountidentifier) SELECT dcid, 'stu-' || student_number FROM students WHERE dcid <= 2000;
    INSERT INTO accessadmin (teachersdcid, accountidentifier) SELECT dcid, 'adm-' || dcid FROM users;
    INSERT INTO accessteacher (teachersdcid, accountidentifier) SELECT dcid, 'tea-' || dcid FROM users;
    INSERT INTO pcas_externalaccountmap (id, pcas_accounttoken, openiduseraccountid, applicationusertype)
      SELECT studentsdcid, accountidentifier, 'https://login.alderbrook.example/' || accountidentifier, 'student' FROM accessstudent WHERE studentsdcid <= 200;
    CREATE INDEX studentrace_studentid ON studentrace(studentid);
    CREATE INDEX log_studentid ON log(studentid);
    CREATE INDEX reenrollments_studentid ON reenrollments(studentid);
    CREATE INDEX spenrollments_studentid ON spenrollments(studentid);
    CREATE INDEX transportation_studentid ON transportation(studentid);
  `);
  writeTests(database, writer, year);
}

function writeTests(database: DatabaseSync, writer: RowWriter, year: SchoolYear): void {
  const tests = [
    ['District Reading', ['Total', 'Comprehension']],
    ['District Math', ['Total']],
  ] as const;
  let score = 0;
  tests.forEach(([name, scores], index) => {
    const test = index + 1;
    writer.insert('test', {
      dcid: test,
      id: test,
      name,
      description: `${name} test`,
      test_type: 1,
      number_entry_type: 1,
      percent_entry_type: 1,
      alpha_entry_type: 0,
    });
    scores.forEach((scoreName, position) => {
      score++;
      writer.insert('testscore', { dcid: score, id: score, testid: test, name: scoreName, sortorder: position + 1 });
    });
  });
  database.exec(`
    INSERT INTO studenttest (dcid, id, studentid, testid, test_date, termid, schoolid, grade_level)
      SELECT row_number() OVER (ORDER BY dcid), row_number() OVER (ORDER BY dcid), id, 1 + dcid % 2, '${year.startYear}-09-20', ${year.yearId * 100}, schoolid, grade_level
      FROM students WHERE enroll_status = 0 AND dcid <= ${FULL_STUDENTS} AND (dcid = 1 OR dcid % 3 = 2);
    INSERT INTO studenttestscore (dcid, id, studentid, studenttestid, testscoreid, numscore, percentscore, readonly)
      SELECT row_number() OVER (ORDER BY t.dcid, s.id), row_number() OVER (ORDER BY t.dcid, s.id), t.studentid, t.id, s.id, 400 + t.dcid % 300, 40 + t.dcid % 60, 0
      FROM studenttest t JOIN testscore s ON s.testid = t.testid;
    CREATE INDEX studenttest_studentid ON studenttest(studentid);
  `);
}
