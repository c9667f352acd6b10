import type { DatabaseSync } from 'node:sqlite';
import { FIRST_NAMES, LAST_NAMES, STREETS } from '../names.ts';
import type { SchoolYear } from '../schoolYear.ts';
import type { SchoolPlan } from './schools.ts';
import { plain } from './staff.ts';
import { COPIED_STUDENT_COLUMNS, FULL_STUDENTS, LEFT_OUT_OF_COPIES, studentColumns } from './studentColumns.ts';

/**
 * Fills the students table. The rows are computed inside SQLite, from a hash of the row's number and the seed. Rows
 * above 20,000 are copies of those with other keys and names, at less than half the cost: a million students take a
 * few seconds, and the same seed gives the same students.
 */
export function writeStudents(
  database: DatabaseSync,
  count: number,
  schools: readonly SchoolPlan[],
  year: SchoolYear,
  seed: number,
): void {
  const offset = (Math.abs(Math.trunc(seed)) * 7919) % 1_000_003;
  createWordLists(database, schools);
  const computed = Math.min(count, FULL_STUDENTS);
  database.prepare(insertStudentsSql(year, offset)).run(computed);
  // Before the copies: they come in the order of most keys, and appending costs less than sorting a wide table later.
  indexStudents(database);
  if (count > computed) copyStudents(database, count, year, offset);
  database.exec('DROP TABLE temp.words; DROP TABLE temp.grade_school');
}

function copyStudents(database: DatabaseSync, count: number, year: SchoolYear, offset: number): void {
  const names = Object.keys(studentColumns(year)).filter((name) => !LEFT_OUT_OF_COPIES.has(name));
  const list = names.join(', ');
  // A table of its own to read from: from the table that is written SQLite would first copy everything aside.
  database.exec(`CREATE TEMP TABLE template AS SELECT ${list} FROM students`);
  const values = names.map((name) => COPIED_STUDENT_COLUMNS[name] ?? `t.${name}`).join(', ');
  const insert = database.prepare(`
    INSERT INTO students (${list})
    SELECT ${values} FROM (SELECT *, dcid + CAST(?1 AS INTEGER) AS n FROM temp.template WHERE dcid <= CAST(?2 AS INTEGER)) t
      CROSS JOIN temp.words f ON f.id = ((n + ${offset}) * 7919) & 511
      CROSS JOIN temp.words l ON l.id = (((n + ${offset}) * 668265263) >> 13) & 511`);
  for (let before = FULL_STUDENTS; before < count; before += FULL_STUDENTS) {
    insert.run(before, Math.min(FULL_STUDENTS, count - before));
  }
  database.exec('DROP TABLE temp.template');
}

/** Indexes for the ways in which students are looked up; `students_dcid` is a narrow copy of the key for paging. */
function indexStudents(database: DatabaseSync): void {
  database.exec(`
    CREATE INDEX students_dcid ON students(dcid);
    CREATE INDEX students_id ON students(id);
    CREATE INDEX students_student_number ON students(student_number);
    CREATE INDEX students_school ON students(schoolid, enroll_status);
  `);
}

/** Not for very large districts: to sort a million names takes longer than a look-up without the index. */
export function indexStudentNames(database: DatabaseSync, count: number): void {
  if (count <= 200_000) database.exec('CREATE INDEX students_last_name ON students(last_name COLLATE NOCASE)');
}

function createWordLists(database: DatabaseSync, schools: readonly SchoolPlan[]): void {
  database.exec(
    'CREATE TEMP TABLE words(id INTEGER PRIMARY KEY, first TEXT, last TEXT, street TEXT, initial TEXT, login TEXT)',
  );
  const word = database.prepare('INSERT INTO temp.words VALUES (?, ?, ?, ?, ?, ?)');
  for (let id = 0; id < 512; id++) {
    const first = FIRST_NAMES[id % FIRST_NAMES.length] ?? '';
    const last = LAST_NAMES[id % LAST_NAMES.length] ?? '';
    const street = STREETS[id % STREETS.length] ?? '';
    word.run(id, first, last, street, plain(first).charAt(0), plain(last));
  }
  database.exec(
    'CREATE TEMP TABLE grade_school(grade INTEGER, slot INTEGER, slots INTEGER, schoolid INTEGER, PRIMARY KEY(grade, slot))',
  );
  const place = database.prepare('INSERT INTO temp.grade_school VALUES (?, ?, ?, ?)');
  for (let grade = 0; grade <= 12; grade++) {
    const serving = schools.filter((school) => school.lowGrade <= grade && grade <= school.highGrade);
    serving.forEach((school, slot) => place.run(grade, slot, serving.length, school.number));
  }
}

function insertStudentsSql(year: SchoolYear, offset: number): string {
  const columns = studentColumns(year);
  return `
    INSERT INTO students (${Object.keys(columns).join(', ')})
    WITH RECURSIVE
      numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1),
      first_hash AS (SELECT n, ((n + ${offset}) * 668265263) & 4294967295 AS a FROM numbers),
      second_hash AS MATERIALIZED (SELECT n, ${mix('a', 374761393)} AS b FROM first_hash),
      third_hash AS MATERIALIZED (SELECT n, b, ${mix('b', 668265263)} AS c FROM second_hash),
      drawn AS MATERIALIZED (
        SELECT n, b, c, (b >> 10) % 13 AS g,
          CASE WHEN n <= 20 THEN 0 ELSE CASE
            WHEN (c >> 14) % 1000 < 900 THEN 0 WHEN (c >> 14) % 1000 < 940 THEN 2 WHEN (c >> 14) % 1000 < 965 THEN -1
            WHEN (c >> 14) % 1000 < 985 THEN 3 WHEN (c >> 14) % 1000 < 995 THEN 4 ELSE 1 END END AS status
        FROM third_hash)
    SELECT ${Object.values(columns).join(',\n      ')}
    FROM drawn
      CROSS JOIN temp.words f ON f.id = (b >> 2) & 511
      CROSS JOIN temp.words m ON m.id = (b >> 11) & 511
      CROSS JOIN temp.words l ON l.id = (b >> 20) & 511
      CROSS JOIN temp.words w ON w.id = (c >> 3) & 511
      CROSS JOIN temp.words s ON s.id = (c >> 17) & 511
      CROSS JOIN temp.grade_school p ON p.grade = g AND p.slot = (b >> 15) % (SELECT slots FROM temp.grade_school WHERE grade = g AND slot = 0)`;
}

/** One round of mixing. SQLite has no exclusive or: a|b minus a&b. Products stay below 2^63, where integers end. */
function mix(value: string, factor: number): string {
  return `(((${value} >> 15 | ${value}) - (${value} >> 15 & ${value})) * ${factor}) & 4294967295`;
}
