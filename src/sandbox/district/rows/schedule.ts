import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import type { CoursePlan } from './courses.ts';
import type { SchoolPlan } from './schools.ts';
import type { Teachers } from './staff.ts';
import { FULL_STUDENTS } from './studentColumns.ts';

const CLASS_SIZE = 25;

/** Periods, bell schedules, cycle days and calendar days of every school. */
export function writeCalendar(writer: RowWriter, schools: readonly SchoolPlan[], year: SchoolYear): void {
  let period = 0;
  let item = 0;
  let day = 0;
  let cycleDay = 0;
  for (const school of schools) {
    writer.insert('bell_schedule', {
      dcid: school.dcid,
      id: school.dcid,
      name: 'Regular',
      schoolid: school.number,
      year_id: year.yearId,
      attendance_conversion_id: 1,
    });
    for (let number = 1; number <= 7; number++) {
      period++;
      writer.insert('period', {
        dcid: period,
        id: period,
        schoolid: school.number,
        year_id: year.yearId,
        period_number: number,
        sort_order: number,
        name: `Period ${number}`,
        abbreviation: `P${number}`,
      });
      item++;
      const start = 28_800 + (number - 1) * 3_300;
      writer.insert('bell_schedule_items', { id: item, start_time: start, end_time: start + 3_000 });
    }
    ['A', 'B'].forEach((letter, index) => {
      cycleDay++;
      writer.insert('cycle_day', {
        dcid: cycleDay,
        id: cycleDay,
        schoolid: school.number,
        year_id: year.yearId,
        day_number: index + 1,
        letter,
        abbreviation: letter,
        day_name: `Day ${letter}`,
        sortorder: index + 1,
      });
    });
    let inSession = 0;
    for (const date of weekdays(year.firstDay, year.lastDay)) {
      day++;
      const holiday = date.endsWith('-12-24') || date.endsWith('-12-25') || date.endsWith('-01-01');
      if (!holiday) inSession++;
      writer.insert('calendar_day', {
        dcid: day,
        id: day,
        date_value: date,
        schoolid: school.number,
        insession: holiday ? 0 : 1,
        membershipvalue: holiday ? 0 : 1,
        type: holiday ? 'H' : null,
        cycle_day_id: cycleDay - (inSession % 2),
        bell_schedule_id: school.dcid,
        a: inSession % 2,
        b: 1 - (inSession % 2),
      });
    }
  }
}

/** Monday to Friday from one date to another, `YYYY-MM-DD`. */
export function weekdays(first: string, last: string): readonly string[] {
  const dates: string[] = [];
  for (let time = Date.parse(`${first}T00:00:00Z`); ; time += 86_400_000) {
    const moment = new Date(time);
    const date = moment.toISOString().slice(0, 10);
    if (date > last) return dates;
    const weekday = moment.getUTCDay();
    if (weekday > 0 && weekday < 6) dates.push(date);
  }
}

/**
 * Sections for this year and one a course for the last, then the schedule lines of the students: each active student
 * sits in one section of every course of the grade. Every fortieth line is a dropped class, whose SectionID and TermID
 * are negative.
 */
export function writeSections(
  database: DatabaseSync,
  writer: RowWriter,
  courses: readonly CoursePlan[],
  schools: readonly SchoolPlan[],
  teachers: Teachers,
  year: SchoolYear,
): void {
  database.exec(`CREATE TEMP TABLE class_plan(schoolid INTEGER, grade INTEGER, period INTEGER, slot INTEGER, sections INTEGER,
    dcid INTEGER, teacher INTEGER, course_number TEXT, termid INTEGER, firstday TEXT, lastday TEXT,
    PRIMARY KEY(schoolid, grade, period, slot)) WITHOUT ROWID`);
  const plan = database.prepare('INSERT INTO temp.class_plan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const counts = database.prepare(
    'SELECT count(*) AS number FROM students WHERE schoolid = ? AND enroll_status = 0 AND grade_level = ? AND dcid <= ?',
  );
  let dcid = 0;
  const open = (school: SchoolPlan, course: CoursePlan, slot: number, yearId: number, size: number): number => {
    dcid++;
    const staff = teachers.get(school.number) ?? [];
    // One teacher keeps the classes of one room of a grade: the same person for slots of the same number.
    const teacher = staff[(course.grade * 3 + slot + (course.period > 3 ? 7 : 0)) % staff.length] ?? 1;
    const expression = `${course.period}(A-B)`;
    writer.insert('sections', {
      dcid,
      id: dcid,
      section_number: String(slot + 1),
      course_number: course.number,
      teacher,
      termid: yearId * 100 + course.term,
      schoolid: school.number,
      no_of_students: size,
      maxenrollment: 30,
      grade_level: course.grade,
      room: String(100 + ((course.dcid * 7 + slot) % 60)),
      expression,
      external_expression: expression,
      noofterms: course.term === 0 ? 2 : 1,
      gradebooktype: 2,
      gradescaleid: 1,
      attendance_type_code: 1,
      att_mode_code: 'ATT_ModeMeeting',
      excludefromgpa: 0,
    });
    writer.insert('sectionteacher', {
      id: dcid,
      teacherid: teacher,
      sectionid: dcid,
      roleid: 1,
      start_date: `${year.startYear}-08-24 00:00:00`,
      end_date: `${year.startYear + 1}-06-18 00:00:00`,
      allocation: 100,
      priorityorder: 1,
    });
    writer.insert('section_meeting', {
      dcid,
      schoolid: school.number,
      year_id: yearId,
      sectionid: dcid,
      period_number: course.period,
      cycle_day_letter: 'A',
    });
    writer.insert('u_sectioninfo', {
      sectionsdcid: dcid,
      room_note: course.period === 6 ? 'Kiln in the next room' : null,
    });
    return teacher;
  };
  for (const course of courses) {
    for (const school of schools) {
      if (course.grade < school.lowGrade || course.grade > school.highGrade) continue;
      const students = Number(counts.get(school.number, course.grade, FULL_STUDENTS)?.['number'] ?? 0);
      const sections = Math.max(1, Math.ceil(students / CLASS_SIZE));
      const [first, last] = termDates(course.term, year);
      for (let slot = 0; slot < sections; slot++) {
        const teacher = open(school, course, slot, year.yearId, Math.ceil(students / sections));
        plan.run(
          school.number,
          course.grade,
          course.period,
          slot,
          sections,
          dcid,
          teacher,
          course.number,
          year.yearId * 100 + course.term,
          first,
          last,
        );
      }
    }
  }
  for (const course of courses) {
    const school = schools.find(
      (candidate) => candidate.lowGrade <= course.grade && course.grade <= candidate.highGrade,
    );
    if (school !== undefined) open(school, course, 0, year.yearId - 1, 24);
  }
  writeScheduleLines(database, year);
}

function termDates(term: 0 | 1 | 2, year: SchoolYear): readonly [first: string, last: string] {
  if (term === 1) return [year.firstDay, `${year.startYear + 1}-01-23`];
  return [term === 2 ? year.middle : year.firstDay, year.exitDate];
}

function writeScheduleLines(database: DatabaseSync, year: SchoolYear): void {
  database.exec(`
    INSERT INTO cc (dcid, id, studentid, sectionid, section_number, schoolid, studyear, termid, dateenrolled, dateleft,
      course_number, teacherid, currentabsences, currenttardies, origsectionid, attendance_type_code, expression)
    SELECT line, line, studentid, CASE WHEN dropped THEN -section ELSE section END, '' || (slot + 1), schoolid,
      studentid || '${year.yearId}', CASE WHEN dropped THEN -termid ELSE termid END, firstday,
      CASE WHEN dropped THEN '${year.startYear}-09-18' ELSE lastday END, course_number, teacher, line % 4, line % 3,
      section, 1, period || '(A-B)'
    FROM (
      SELECT row_number() OVER (ORDER BY s.dcid, p.period) AS line, s.id AS studentid, p.dcid AS section, p.slot, s.schoolid,
        p.termid, p.firstday, p.lastday, p.course_number, p.teacher, p.period,
        s.dcid > 20 AND (s.dcid * 7 + p.period) % 40 = 0 AS dropped
      FROM students s
        CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) k
        CROSS JOIN temp.class_plan p ON p.schoolid = s.schoolid AND p.grade = s.grade_level AND p.period = k.n
          AND p.slot = s.dcid % (SELECT sections FROM temp.class_plan f WHERE f.schoolid = s.schoolid AND f.grade = s.grade_level AND f.period = k.n AND f.slot = 0)
      WHERE s.enroll_status = 0 AND s.dcid <= ${FULL_STUDENTS});
    CREATE INDEX cc_studentid ON cc(studentid);
    CREATE INDEX cc_sectionid ON cc(sectionid);
    INSERT INTO u_ccinfo (ccdcid, seat) SELECT dcid, 'S' || (1 + dcid % 30) FROM cc WHERE dcid <= 500;
    DROP TABLE temp.class_plan;
  `);
}
