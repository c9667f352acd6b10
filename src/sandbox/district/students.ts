import type { DatabaseSync } from 'node:sqlite';
import { FIRST_NAMES, LAST_NAMES, STREETS } from './names.ts';
import { GRADUATED_SCHOOL, type SchoolPlan } from './schools.ts';
import type { SchoolYear } from './schoolYear.ts';

/** Above this number only the students table itself grows. */
export const FULL_STUDENTS = 20_000;

/** `students.person_id` of student n is this plus n: contacts have the small person ids. */
export const STUDENT_PERSON_OFFSET = 100_000;

/** `students.id` of student n (its DCID), above 1: the two are different numbers, as on a real server. */
export const STUDENT_ID_OFFSET = 2000;

/** Rows made by one statement: bounds the memory of its temporary results. */
const CHUNK = 50_000;

/**
 * Fills the students table. The rows are computed inside SQLite, from a hash of the row's number and the seed:
 * a million students take a few seconds, and the same seed gives the same students.
 */
export function writeStudents(
  database: DatabaseSync,
  count: number,
  schools: readonly SchoolPlan[],
  year: SchoolYear,
  seed: number,
): void {
  createWordLists(database, schools);
  const sql = insertStudentsSql(year, (Math.abs(Math.trunc(seed)) * 7919) % 1_000_003);
  const insert = database.prepare(sql);
  for (let first = 1; first <= count; first += CHUNK) {
    insert.run(first, Math.min(first + CHUNK - 1, count));
  }
  database.exec('DROP TABLE temp.words; DROP TABLE temp.grade_school');
}

/** Indexes for the ways in which students are looked up; `students_dcid` is a narrow copy of the key for paging. */
export function indexStudents(database: DatabaseSync): void {
  database.exec(`
    CREATE INDEX students_dcid ON students(dcid);
    CREATE INDEX students_id ON students(id);
    CREATE INDEX students_student_number ON students(student_number);
    CREATE INDEX students_school ON students(schoolid, enroll_status);
    CREATE INDEX students_last_name ON students(last_name COLLATE NOCASE);
  `);
}

function createWordLists(database: DatabaseSync, schools: readonly SchoolPlan[]): void {
  database.exec('CREATE TEMP TABLE words(id INTEGER PRIMARY KEY, first TEXT, last TEXT, street TEXT)');
  const word = database.prepare('INSERT INTO temp.words VALUES (?, ?, ?, ?)');
  for (let id = 0; id < 512; id++) {
    word.run(
      id,
      FIRST_NAMES[id % FIRST_NAMES.length] ?? '',
      LAST_NAMES[id % LAST_NAMES.length] ?? '',
      STREETS[id % STREETS.length] ?? '',
    );
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

/** Columns of a student and the expressions that make them; `n` is the row's number, `a`, `b`, `c` are its hashes. */
function studentColumns(year: SchoolYear): Readonly<Record<string, string>> {
  const active = 'status = 0';
  return {
    dcid: 'n',
    id: `CASE WHEN n = 1 THEN 1 ELSE n + ${STUDENT_ID_OFFSET} END`,
    student_number: '100000 + n',
    state_studentnumber: `CASE WHEN n % 9 = 0 THEN printf('%09d', n) ELSE 'MT' || (7000000 + n) END`,
    first_name: 'f.first',
    middle_name: 'CASE WHEN (b >> 3) % 5 = 0 THEN NULL ELSE m.first END',
    last_name: 'l.last',
    lastfirst: `l.last || ', ' || f.first || CASE WHEN (b >> 3) % 5 = 0 THEN '' ELSE ' ' || m.first END`,
    gender: `CASE (b >> 7) % 40 WHEN 0 THEN 'X' ELSE CASE WHEN (b >> 9) & 1 THEN 'M' ELSE 'F' END END`,
    dob: `printf('%d-%02d-%02d', ${year.startYear} - 6 - g, 1 + (c >> 3) % 12, 1 + (c >> 7) % 28)`,
    grade_level: 'CASE status WHEN 3 THEN 99 ELSE g END',
    schoolid: `CASE status WHEN 3 THEN ${GRADUATED_SCHOOL} ELSE p.schoolid END`,
    enrollment_schoolid: 'p.schoolid',
    enroll_status: 'status',
    entrydate: `CASE status WHEN 0 THEN '${year.firstDay}' WHEN -1 THEN '${year.startYear + 1}-08-23' ELSE '${year.startYear - 1}-08-25' END`,
    exitdate: `CASE status WHEN 0 THEN '${year.exitDate}' WHEN -1 THEN '${year.startYear + 2}-06-16' WHEN 2 THEN '${year.startYear}-10-02' ELSE '${year.startYear}-06-15' END`,
    entrycode: `CASE (c >> 5) % 4 WHEN 0 THEN 'E2' ELSE 'E1' END`,
    exitcode: `CASE WHEN ${active} THEN NULL ELSE 'W' || (1 + (c >> 5) % 3) END`,
    fteid: '1',
    track: `CASE (c >> 11) % 10 WHEN 0 THEN 'B' ELSE 'A' END`,
    districtentrydate: `(${year.startYear} - g / 2) || '-08-24'`,
    districtentrygradelevel: 'g - g / 2',
    schoolentrydate: `'${year.startYear - 1}-08-25'`,
    schoolentrygradelevel: 'max(g - 1, 0)',
    street: `(1 + (c >> 2) % 980) || ' ' || s.street`,
    city: `'Alderbrook'`,
    state: `'MT'`,
    zip: `'597' || printf('%02d', (c >> 6) % 20)`,
    mailing_street: `CASE (c >> 9) % 3 WHEN 0 THEN 'PO Box ' || (c >> 4) % 900 ELSE NULL END`,
    mailing_city: `CASE (c >> 9) % 3 WHEN 0 THEN 'Alderbrook' ELSE NULL END`,
    mailing_state: `CASE (c >> 9) % 3 WHEN 0 THEN 'MT' ELSE NULL END`,
    mailing_zip: `CASE (c >> 9) % 3 WHEN 0 THEN '59701' ELSE NULL END`,
    home_phone: `CASE (c >> 10) % 5 WHEN 0 THEN NULL WHEN 1 THEN '40655501' || printf('%02d', c % 100) ELSE '406-555-01' || printf('%02d', c % 100) END`,
    home_room: `CASE WHEN ${active} THEN 'R' || (100 + (c >> 8) % 40) ELSE NULL END`,
    student_web_id: `CASE n % 50 WHEN 0 THEN '' || (100000 + n) ELSE lower(substr(f.first, 1, 1)) || '.' || lower(replace(l.last, '''', '')) || n END`,
    student_allowwebaccess: '1',
    allowwebaccess: '1',
    ethnicity: `'' || (1 + (b >> 11) % 6)`,
    fedethnicity: '(b >> 14) % 5 = 0',
    fedracedecline: '0',
    classof: `${year.startYear + 1} + 12 - g`,
    sched_yearofgraduation: `${year.startYear + 1} + 12 - g`,
    next_school: 'p.schoolid',
    sched_nextyeargrade: 'min(g + 1, 12)',
    mother: `CASE (b >> 5) % 6 WHEN 0 THEN NULL ELSE l.last || ', ' || m.first END`,
    father: `CASE (b >> 6) % 6 WHEN 0 THEN NULL ELSE l.last || ', ' || w.first END`,
    guardianemail: `CASE (b >> 12) % 4 WHEN 0 THEN NULL ELSE 'family' || n || '@mail.example' END`,
    emerg_contact_1: `CASE (b >> 13) % 7 WHEN 0 THEN NULL ELSE w.last || ', ' || w.first END`,
    emerg_phone_1: `CASE (b >> 13) % 7 WHEN 0 THEN NULL ELSE '406-555-01' || printf('%02d', b % 100) END`,
    lunchstatus: `CASE (b >> 15) % 5 WHEN 0 THEN 'F' WHEN 1 THEN 'R' ELSE 'P' END`,
    lunch_id: '30000 + n',
    balance1: `CASE (b >> 16) % 4 WHEN 0 THEN 0 ELSE ((b >> 8) % 4000) / 100.0 END`,
    balance2: '0',
    cumulative_gpa: `CASE WHEN g >= 9 AND status <> -1 THEN round(1.5 + ((c >> 4) % 251) / 100.0, 2) ELSE NULL END`,
    simple_gpa: `CASE WHEN g >= 9 AND status <> -1 THEN round(1.5 + ((c >> 4) % 251) / 100.0, 2) ELSE NULL END`,
    bus_route: `CASE (c >> 12) % 3 WHEN 0 THEN '' || (1 + c % 14) ELSE NULL END`,
    locker_number: `CASE WHEN g >= 6 AND ${active} THEN printf('%04d', c % 5000) ELSE NULL END`,
    photoflag: '(c >> 13) % 2',
    person_id: `CASE WHEN n <= ${FULL_STUDENTS} THEN n + ${STUDENT_PERSON_OFFSET} ELSE NULL END`,
    campusid: '0',
    state_excludefromreporting: '0',
    membershipshare: '1',
    enrollmentid: 'n',
    transaction_date: `'${year.firstDay} 07:30:00'`,
  };
}

function insertStudentsSql(year: SchoolYear, offset: number): string {
  const columns = studentColumns(year);
  return `
    INSERT INTO students (${Object.keys(columns).join(', ')})
    WITH RECURSIVE
      numbers(n) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2),
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
