import type { SchoolYear } from '../schoolYear.ts';
import { GRADUATED_SCHOOL } from './schools.ts';

/** Above this number only the students table itself grows. */
export const FULL_STUDENTS = 20_000;

/** `students.person_id` of student n is this plus n: contacts have the small person ids. */
export const STUDENT_PERSON_OFFSET = 100_000;

/** `students.id` of student n (its DCID), above 1: the two are different numbers, as on a real server. */
const STUDENT_ID_OFFSET = 2000;

/** Columns of a student and the expressions that make them; `n` is the row's number, `a`, `b`, `c` are its hashes. */
export function studentColumns(year: SchoolYear): Readonly<Record<string, string>> {
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
    student_web_id: `CASE n % 50 WHEN 0 THEN '' || (100000 + n) ELSE f.initial || '.' || l.login || n END`,
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

/**
 * What differs in a copy of a student `t` as number `n` of a large district: the keys, the names and what is made
 * from them.
 */
export const COPIED_STUDENT_COLUMNS: Readonly<Record<string, string>> = {
  dcid: 'n',
  id: `n + ${STUDENT_ID_OFFSET}`,
  student_number: '100000 + n',
  state_studentnumber: "'MT' || (7000000 + n)",
  first_name: 'f.first',
  last_name: 'l.last',
  lastfirst: "l.last || ', ' || f.first",
  student_web_id: "f.initial || '.' || l.login || n",
  lunch_id: '30000 + n',
  enrollmentid: 'n',
};

/** Columns that copies leave empty: those made from other names, and some for the sake of time. */
export const LEFT_OUT_OF_COPIES: ReadonlySet<string> = new Set([
  'middle_name',
  'mother',
  'father',
  'guardianemail',
  'person_id',
  'emerg_contact_1',
  'emerg_phone_1',
  'mailing_street',
  'mailing_city',
  'mailing_state',
  'mailing_zip',
  'allowwebaccess',
  'balance2',
  'bus_route',
  'locker_number',
  'simple_gpa',
  'campusid',
  'membershipshare',
  'transaction_date',
]);
