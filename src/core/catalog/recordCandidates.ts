import { joinFacts, namedIds, textAt, type Candidate, type Json } from './lookup.ts';

/** Makes a candidate from a record of an answer; `foundBy` names the id or the name that fitted. */
export type CandidateReader = (record: Json, foundBy: string, named?: ReadonlyMap<string, Json>) => Candidate;

export const readSchool: CandidateReader = (record, foundBy) => {
  const low = textAt(record, 'low_grade');
  const high = textAt(record, 'high_grade');
  const ids = [
    ['School number', textAt(record, 'school_number')],
    ['DCID', textAt(record, 'id')],
  ] as const;
  return {
    value: textAt(record, 'id'),
    title: textAt(record, 'name'),
    ids: namedIds(ids, 'DCID'),
    detail: low === '' || high === '' ? '' : `grades ${low} to ${high}`,
    foundBy,
  };
};

export const readStaff: CandidateReader = (record, foundBy) => ({
  value: textAt(record, 'id'),
  title: lastFirst(record),
  ids: namedIds(staffIds(record), 'Staff record id'),
  detail: staffDetail(record),
  foundBy,
});

/** The same record, but wanted is the DCID of the person. */
export const readUser: CandidateReader = (record, foundBy) => ({
  value: textAt(record, 'users_dcid'),
  title: lastFirst(record),
  ids: namedIds(staffIds(record), 'Person DCID'),
  detail: staffDetail(record),
  foundBy,
});

export const readCourse: CandidateReader = (record, foundBy) => ({
  value: textAt(record, 'id'),
  title: textAt(record, 'course_name'),
  ids: namedIds(
    [
      ['Course number', textAt(record, 'course_number')],
      ['DCID', textAt(record, 'id')],
    ],
    'DCID',
  ),
  detail: '',
  foundBy,
});

/** `BIO101.2 Biology` where the courses are known: a section number alone says nothing. */
export const readSection: CandidateReader = (record, foundBy, courses) => ({
  value: textAt(record, 'id'),
  title: sectionTitle(textAt(record, 'section_number'), courses?.get(textAt(record, 'course_id'))),
  ids: namedIds(
    [
      ['DCID', textAt(record, 'id')],
      ['Course DCID', textAt(record, 'course_id')],
      ['Term DCID', textAt(record, 'term_id')],
    ],
    'DCID',
  ),
  detail: textAt(record, 'external_expression') || textAt(record, 'expression'),
  foundBy,
});

function sectionTitle(number: string, course: Json | undefined): string {
  if (course === undefined) return `Section ${number}`;
  return `${textAt(course, 'course_number')}.${number} ${textAt(course, 'course_name')}`.trim();
}

export const readTerm: CandidateReader = (record, foundBy) => ({
  value: textAt(record, 'id'),
  title: textAt(record, 'name'),
  ids: namedIds(
    [
      ['DCID', textAt(record, 'id')],
      ['Abbreviation', textAt(record, 'abbreviation')],
    ],
    'DCID',
  ),
  detail: joinFacts([textAt(record, 'start_year'), fromTo(textAt(record, 'start_date'), textAt(record, 'end_date'))]),
  foundBy,
});

export const USER_COLUMNS = 'dcid,lastfirst,teachernumber,email_addr';
export const readUserRow: CandidateReader = (row, foundBy) => ({
  value: textAt(row, 'dcid'),
  title: textAt(row, 'lastfirst'),
  ids: namedIds(
    [
      ['Teacher number', textAt(row, 'teachernumber')],
      ['Person DCID', textAt(row, 'dcid')],
    ],
    'Person DCID',
  ),
  detail: textAt(row, 'email_addr'),
  foundBy,
});

export const COURSE_COLUMNS = 'dcid,id,course_number,course_name';
export const readCourseRow: CandidateReader = (row, foundBy) => ({
  value: textAt(row, 'dcid'),
  title: textAt(row, 'course_name'),
  ids: namedIds(
    [
      ['Course number', textAt(row, 'course_number')],
      ['DCID', textAt(row, 'dcid')],
      ['ID', textAt(row, 'id')],
    ],
    'DCID',
  ),
  detail: '',
  foundBy,
});

export const SECTION_COLUMNS = 'dcid,id,course_number,section_number,termid,schoolid,external_expression';
export const readSectionRow: CandidateReader = (row, foundBy) => ({
  value: textAt(row, 'dcid'),
  title: [textAt(row, 'course_number'), textAt(row, 'section_number')].filter((part) => part !== '').join('.'),
  ids: namedIds(
    [
      ['DCID', textAt(row, 'dcid')],
      ['ID', textAt(row, 'id')],
    ],
    'DCID',
  ),
  detail: joinFacts([
    textAt(row, 'external_expression'),
    labelled('term', textAt(row, 'termid')),
    labelled('school', textAt(row, 'schoolid')),
  ]),
  foundBy,
});

export const TERM_COLUMNS = 'dcid,id,name,abbreviation,schoolid,firstday,lastday';
export const readTermRow: CandidateReader = (row, foundBy) => ({
  value: textAt(row, 'dcid'),
  title: textAt(row, 'name'),
  ids: namedIds(
    [
      ['Term id', textAt(row, 'id')],
      ['DCID', textAt(row, 'dcid')],
      ['Abbreviation', textAt(row, 'abbreviation')],
    ],
    'DCID',
  ),
  detail: joinFacts([
    labelled('school', textAt(row, 'schoolid')),
    fromTo(textAt(row, 'firstday'), textAt(row, 'lastday')),
  ]),
  foundBy,
});

/** `Brook, Theo` */
export function lastFirst(record: Json): string {
  return [textAt(record, 'name.last_name'), textAt(record, 'name.first_name')].filter((part) => part !== '').join(', ');
}

function staffIds(record: Json): [string, string][] {
  return [
    ['Teacher number', textAt(record, 'local_id')],
    ['Staff record id', textAt(record, 'id')],
    ['Person DCID', textAt(record, 'users_dcid')],
  ];
}

function staffDetail(record: Json): string {
  return joinFacts([
    textAt(record, 'teacher_username') || textAt(record, 'admin_username'),
    textAt(record, 'emails.work_email'),
  ]);
}

function labelled(label: string, value: string): string {
  return value === '' ? '' : `${label} ${value}`;
}

function fromTo(from: string, to: string): string {
  return [from, to].filter((date) => date !== '').join(' to ');
}
