import type { DatabaseSync } from 'node:sqlite';
import { startError } from '../startError.ts';
import { createDictionary, type Dictionary, type TableSource } from './dictionary.ts';
import { District } from './district.ts';
import { writeAttendance } from './rows/attendance.ts';
import { writeCodes } from './rows/codes.ts';
import { writeContacts } from './rows/contacts.ts';
import { planCourses, writeCourses } from './rows/courses.ts';
import { writeEdgeStudents } from './rows/edgeStudents.ts';
import { fillEmptyTables } from './rows/fillers.ts';
import { writeFees, writeGradebook } from './rows/gradebook.ts';
import { writeGrades } from './rows/grades.ts';
import { writeCalendar, writeSections } from './rows/schedule.ts';
import { planSchools, writeSchools } from './rows/schools.ts';
import { writeStaff } from './rows/staff.ts';
import { writeStudentDetails } from './rows/studentDetails.ts';
import { FULL_STUDENTS } from './rows/studentColumns.ts';
import { indexStudentNames, writeStudents } from './rows/students.ts';
import type { SchoolYear } from './schoolYear.ts';
import { createTables, RowWriter } from './tableBuilder.ts';

export interface DistrictPlan {
  readonly students: number;
  /** 3 or more. */
  readonly schools: number;
  readonly seed: number;
  readonly schoolYear: SchoolYear;
}

/**
 * Makes the database of an invented district at `path`, an empty file.
 * The same plan gives the same rows.
 */
export async function createDistrict(
  path: string,
  sources: readonly TableSource[],
  plan: DistrictPlan,
): Promise<District> {
  const database = await openDatabase(path);
  try {
    // While the rows are made nobody else reads and a crash throws the file away: no journal, no waiting for the disk.
    database.exec(`PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA cache_size = -32768; ATTACH ':memory:' AS internal`);
    const dictionary = createDictionary(sources);
    database.exec('BEGIN');
    createTables(database, dictionary);
    writeRows(database, dictionary, plan);
    database.exec('COMMIT');
    // From here on PowerQueries read over connections of their own.
    // The system keeps the file's pages anyway: a small cache of our own is enough to serve them.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA cache_size = -8192; PRAGMA shrink_memory');
    return new District(database, path, dictionary, plan.schoolYear);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Node has SQLite from 22.13; editors built without it are told so plainly. */
async function openDatabase(path: string): Promise<DatabaseSync> {
  try {
    const { DatabaseSync: Database } = await import('node:sqlite');
    return new Database(path);
  } catch (error) {
    throw startError('this program has no SQLite', 'Use Node 22.13 or newer, or a newer editor', { cause: error });
  }
}

function writeRows(database: DatabaseSync, dictionary: Dictionary, plan: DistrictPlan): void {
  const { schoolYear, seed } = plan;
  const schools = planSchools(plan.schools);
  const courses = planCourses();
  const writer = new RowWriter(database);
  writeCodes(writer, schools, schoolYear);
  writeSchools(writer, schools, schoolYear, seed);
  const teachers = writeStaff(writer, schools, teachersPerSchool(plan), schoolYear, seed);
  writeCourses(writer, courses, schools, schoolYear);
  writeCalendar(writer, schools, schoolYear);
  writeStudents(database, plan.students, schools, schoolYear, seed);
  writeEdgeStudents(database);
  indexStudentNames(database, plan.students);
  writeSections(database, writer, courses, schools, teachers, schoolYear);
  writeGrades(database, writer, schools, schoolYear);
  writeGradebook(database, writer, schoolYear);
  writeAttendance(database, writer, schools, schoolYear);
  writeContacts(database, schoolYear);
  writeStudentDetails(database, writer, schoolYear);
  writeFees(database, schoolYear);
  createViews(database);
  fillEmptyTables(database, writer, dictionary, schoolYear);
}

/** Teachers is a view on a real server too: the person and the membership in one row. */
function createViews(database: DatabaseSync): void {
  database.exec(`
    CREATE INDEX sections_schoolid ON sections(schoolid, termid);
    CREATE INDEX schoolstaff_schoolid ON schoolstaff(schoolid);
    CREATE INDEX schoolstaff_users ON schoolstaff(users_dcid);
    CREATE INDEX schoolstaff_id ON schoolstaff(id);
    CREATE INDEX courses_number ON courses(course_number);
    CREATE VIEW teachers AS SELECT ss.dcid, ss.id, u.lastfirst, u.first_name, u.middle_name, u.last_name, ss.schoolid, ss.status,
      u.email_addr, u.psaccess, u.ptaccess, ss.users_dcid FROM schoolstaff ss JOIN users u ON u.dcid = ss.users_dcid;
  `);
}

/** One teacher for some 20 students, and enough for every grade of a small district. */
function teachersPerSchool(plan: DistrictPlan): number {
  const students = Math.min(plan.students, FULL_STUDENTS);
  return Math.max(20, Math.round(students / plan.schools / 20));
}
