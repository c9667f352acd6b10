import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row } from '../district/district.ts';
import { allOf, type Condition } from '../query/condition.ts';
import { queryCondition, type QueryFields } from '../query/fields.ts';
import { notFound, idParameter, type Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { Element } from '../wire/element.ts';
import { EXPANSIONS } from './expansions.ts';
import { answerRecord, answerRecordCount, answerRecords, type RecordKind } from './recordList.ts';
import { schoolRow } from './v1Schools.ts';

const COURSE: RecordKind = {
  singular: 'course',
  plural: 'courses',
  table: 'courses',
  select: 'SELECT r.* FROM courses r',
  orderBy: 'r.course_number, r.dcid',
  limit: 'course_max_page_size',
  expansions: undefined,
  extensible: true,
  element: (row) => ({
    id: keyOf(row, 'dcid'),
    course_number: textOf(row, 'course_number'),
    course_name: textOf(row, 'course_name'),
  }),
};

const SECTION: RecordKind = {
  singular: 'section',
  plural: 'sections',
  table: 'sections',
  select: `SELECT r.*, h.dcid AS school_id, c.dcid AS course_id, t.dcid AS term_id, f.dcid AS staff_id, t.yearid,
      t.name AS term_name, t.abbreviation AS term_abbreviation, t.firstday AS term_first, t.lastday AS term_last,
      t.portion AS term_portion FROM sections r
    LEFT JOIN schools h ON h.school_number = r.schoolid
    LEFT JOIN courses c ON c.course_number = r.course_number
    LEFT JOIN terms t ON t.id = r.termid AND t.schoolid = r.schoolid
    LEFT JOIN schoolstaff f ON f.id = r.teacher`,
  orderBy: 'r.section_number, r.course_number, r.termid, r.dcid',
  limit: 'section_max_page_size',
  expansions: EXPANSIONS.section,
  extensible: true,
  element: (row, _call, asked) => ({
    id: keyOf(row, 'dcid'),
    school_id: numberOf(row, 'school_id'),
    course_id: numberOf(row, 'course_id'),
    term_id: numberOf(row, 'term_id'),
    section_number: textOf(row, 'section_number'),
    expression: textOf(row, 'expression'),
    external_expression: textOf(row, 'external_expression'),
    staff_id: numberOf(row, 'staff_id'),
    gradebooktype: numberOf(row, 'gradebooktype') === 1 ? 'PTG' : 'PTP',
    ...(asked.has('term') ? { term: sectionTerm(row) } : {}),
  }),
};

function sectionTerm(row: Row): Element {
  return {
    id: numberOf(row, 'term_id'),
    school_id: numberOf(row, 'school_id'),
    start_year: keyOf(row, 'yearid') + 1990,
    portion: numberOf(row, 'term_portion'),
    start_date: textOf(row, 'term_first'),
    end_date: textOf(row, 'term_last'),
    abbreviation: textOf(row, 'term_abbreviation'),
    name: textOf(row, 'term_name'),
  };
}

const TERM: RecordKind = {
  singular: 'term',
  plural: 'terms',
  table: 'terms',
  select: 'SELECT r.*, h.dcid AS school_id FROM terms r LEFT JOIN schools h ON h.school_number = r.schoolid',
  orderBy: 'r.portion, r.firstday, r.dcid',
  limit: 'term_max_page_size',
  expansions: undefined,
  extensible: false,
  element: (row) => ({
    id: keyOf(row, 'dcid'),
    school_id: numberOf(row, 'school_id'),
    start_year: keyOf(row, 'yearid') + 1990,
    portion: numberOf(row, 'portion'),
    start_date: textOf(row, 'firstday'),
    end_date: textOf(row, 'lastday'),
    abbreviation: textOf(row, 'abbreviation'),
    name: textOf(row, 'name'),
  }),
};

const ENROLLMENT: RecordKind = {
  singular: 'section_enrollment',
  plural: 'section_enrollments',
  table: 'cc',
  // SectionID of a dropped class is negative.
  select: `SELECT r.dcid, r.dateenrolled, r.dateleft, r.sectionid, x.dcid AS section_id, s.dcid AS student_id FROM cc r
    LEFT JOIN sections x ON x.id = abs(r.sectionid) LEFT JOIN students s ON s.id = r.studentid`,
  orderBy: 's.dcid, r.dateenrolled, r.dcid',
  limit: 'section_enrollment_max_page_size',
  expansions: undefined,
  extensible: true,
  element: (row) => ({
    id: keyOf(row, 'dcid'),
    section_id: numberOf(row, 'section_id'),
    student_id: numberOf(row, 'student_id'),
    entry_date: textOf(row, 'dateenrolled'),
    exit_date: textOf(row, 'dateleft'),
    dropped: keyOf(row, 'sectionid') < 0,
  }),
};

/** Courses, sections, terms and who sits in a section. */
export const V1_SCHEDULE_ROUTES: readonly Route[] = [
  read('/ws/v1/course/{id}', (call) => answerRecord(call, COURSE)),
  read('/ws/v1/school/{id}/course', (call) => answerRecords(call, COURSE, schoolCourses(call))),
  read('/ws/v1/school/{id}/course/count', (call) => answerRecordCount(call, COURSE, schoolCourses(call))),
  read('/ws/v1/section/{id}', (call) => answerRecord(call, SECTION)),
  read('/ws/v1/school/{id}/section', (call) => answerRecords(call, SECTION, schoolSections(call))),
  read('/ws/v1/school/{id}/section/count', (call) => answerRecordCount(call, SECTION, schoolSections(call))),
  read('/ws/v1/term/{id}', (call) => answerRecord(call, TERM)),
  read('/ws/v1/school/{id}/term', (call) => answerRecords(call, TERM, schoolTerms(call))),
  read('/ws/v1/school/{id}/term/count', (call) => answerRecordCount(call, TERM, schoolTerms(call))),
  read('/ws/v1/section_enrollment/{id}', (call) => answerRecord(call, ENROLLMENT)),
  read('/ws/v1/section/{id}/section_enrollment', (call) => answerRecords(call, ENROLLMENT, sectionLines(call))),
  read('/ws/v1/section/{id}/section_enrollment/count', (call) =>
    answerRecordCount(call, ENROLLMENT, sectionLines(call)),
  ),
];

function read(path: string, handler: Route['handler']): Route {
  return { method: 'GET', path, access: 'v1Read', handler };
}

/** Courses that the school offers this school year. */
function schoolCourses(call: Call): Condition {
  return {
    sql: 'r.id IN (SELECT courseid FROM school_course WHERE schoolid = ? AND yearid = ?)',
    parameters: [keyOf(schoolRow(call), 'school_number'), call.sandbox.district.schoolYear.yearId],
  };
}

const SECTION_FIELDS: QueryFields = {
  'term.start_year': { sql: '(t.yearid + 1990)', type: 'integer' },
  id: { sql: 'r.dcid', type: 'integer' },
  section_number: { sql: 'r.section_number', type: 'string' },
};

/** Sections of this school year, unless `q` names another. */
function schoolSections(call: Call): Condition {
  const q = call.query.get('q');
  const { yearId } = call.sandbox.district.schoolYear;
  const conditions: Condition[] = [
    { sql: 'r.schoolid = ?', parameters: [keyOf(schoolRow(call), 'school_number')] },
    queryCondition(q, SECTION_FIELDS),
  ];
  if (!(q ?? '').toLowerCase().includes('term.start_year')) {
    conditions.push({ sql: 'r.termid >= ? AND r.termid < ?', parameters: [yearId * 100, (yearId + 1) * 100] });
  }
  return allOf(conditions);
}

const TERM_FIELDS: QueryFields = {
  start_year: { sql: '(r.yearid + 1990)', type: 'integer' },
  id: { sql: 'r.dcid', type: 'integer' },
  portion: { sql: 'r.portion', type: 'integer' },
  abbreviation: { sql: 'r.abbreviation', type: 'string' },
};

function schoolTerms(call: Call): Condition {
  return allOf([
    { sql: 'r.schoolid = ?', parameters: [keyOf(schoolRow(call), 'school_number')] },
    queryCondition(call.query.get('q'), TERM_FIELDS),
  ]);
}

/** Everybody who sits or sat in the section: a dropped line has the negative id. */
function sectionLines(call: Call): Condition {
  const section = call.sandbox.district.get('SELECT id FROM sections WHERE dcid = ?', [idParameter(call)]);
  if (section === undefined) throw notFound();
  const id = keyOf(section, 'id');
  return { sql: 'r.sectionid IN (?, ?)', parameters: [id, -id] };
}
