import type { SchoolYear } from '../schoolYear.ts';
import type { RowWriter } from '../tableBuilder.ts';
import type { SchoolPlan } from './schools.ts';

/** A course that the students of a grade take in a period. */
export interface CoursePlan {
  readonly dcid: number;
  readonly number: string;
  readonly name: string;
  readonly grade: number;
  readonly period: number;
  readonly credit: number;
  /** 0: the whole year, 1 and 2: a semester. */
  readonly term: 0 | 1 | 2;
  /** Offered by one school alone, with that school's number; 0 is a course of the district. */
  readonly schoolLevel: boolean;
}

const SUBJECTS: readonly (readonly [prefix: string, name: string])[] = [
  ['ENG', 'English'],
  ['MAT', 'Mathematics'],
  ['SCI', 'Science'],
  ['HIS', 'History'],
  ['SPA', 'Spanish'],
  ['ART', 'Art'],
  ['PHE', 'Physical Education'],
];

const HIGH_SCHOOL_NAMES: Readonly<Record<string, string>> = {
  SCI09: 'Biology',
  SCI10: 'Chemistry',
  SCI11: 'Physics',
  MAT09: 'Algebra I',
  MAT10: 'Geometry',
  MAT11: 'Algebra II',
  MAT12: 'Calculus',
};

/** Seven courses for each grade, one a period: five for the year, one for each semester. */
export function planCourses(): readonly CoursePlan[] {
  const plans: CoursePlan[] = [];
  // The high school's first: course 1 is then one with stored grades.
  for (const grade of [9, 10, 11, 12, 6, 7, 8, 0, 1, 2, 3, 4, 5]) {
    SUBJECTS.forEach(([prefix, subject], index) => {
      const number = `${prefix}${String(grade).padStart(2, '0')}`;
      plans.push({
        dcid: plans.length + 1,
        number,
        name: HIGH_SCHOOL_NAMES[number] ?? `${subject} ${grade === 0 ? 'K' : grade}`,
        grade,
        period: index + 1,
        credit: index < 5 ? 1 : 0.5,
        term: index === 5 ? 1 : index === 6 ? 2 : 0,
        schoolLevel: prefix === 'ART' || prefix === 'PHE',
      });
    });
  }
  return plans;
}

/** Courses, the schools that offer them, and their extension rows. */
export function writeCourses(
  writer: RowWriter,
  courses: readonly CoursePlan[],
  schools: readonly SchoolPlan[],
  year: SchoolYear,
): void {
  let offered = 0;
  for (const course of courses) {
    const serving = schools.filter((school) => school.lowGrade <= course.grade && course.grade <= school.highGrade);
    writer.insert('courses', {
      dcid: course.dcid,
      id: course.dcid,
      course_number: course.number,
      course_name: course.name,
      credit_hours: course.credit,
      credittype: course.number.slice(0, 3),
      schoolid: course.schoolLevel ? (serving[0]?.number ?? 0) : 0,
      status: 1,
      add_to_gpa: 1,
      gradescaleid: 1,
      excludefromgpa: 0,
      excludefromclassrank: 0,
      maxclasssize: 30,
      sched_department: course.number.slice(0, 3),
    });
    writer.insert('s_nj_crs_x', {
      coursesdcid: course.dcid,
      course_level: course.grade >= 9 ? 'G' : 'B',
      nces_course_id: String(10000 + course.dcid),
      exclude_course_submission_tf: 0,
    });
    writer.insert('u_courseinfo', { coursesdcid: course.dcid, textbook: `${course.name}, third edition` });
    for (const school of serving) {
      for (const yearid of [year.yearId, year.yearId - 1]) {
        offered++;
        writer.insert('school_course', {
          dcid: offered,
          schoolid: school.number,
          courseid: course.dcid,
          yearid,
          status: 1,
        });
      }
    }
  }
}
