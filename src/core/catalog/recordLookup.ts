import { filterText, recordsUnder, tableRows, type Candidate, type LookupAttempt, type LookupPlan } from './lookup.ts';
import { encodeInnerValue } from './queryString.ts';
import {
  COURSE_COLUMNS,
  readCourse,
  readCourseRow,
  readSchool,
  readSection,
  readSectionRow,
  readStaff,
  readTerm,
  readTermRow,
  readUser,
  readUserRow,
  SECTION_COLUMNS,
  TERM_COLUMNS,
  USER_COLUMNS,
  type CandidateReader,
} from './recordCandidates.ts';
import { studentLookup } from './studentLookup.ts';

/** Id kinds (keys in the catalog) that can be looked up. */
export const LOOKUP_KINDS = ['student', 'school', 'section', 'staff', 'user', 'course', 'term'] as const;
export type LookupKind = (typeof LOOKUP_KINDS)[number];

export function canLookUp(kind: string): kind is LookupKind {
  return (LOOKUP_KINDS as readonly string[]).includes(kind);
}

/**
 * What to try for something that somebody typed: a number (of any kind), a name, or nothing to list them all. Courses,
 * sections, staff and terms are listed by school: with `school` (its DCID) such attempts are added, without it the
 * plan says that it wants one.
 */
export function lookUp(kind: LookupKind, typed: string, school?: string): LookupPlan {
  if (kind === 'student') return studentLookup(typed);
  const text = filterText(typed);
  if (kind === 'school') {
    return {
      attempts: [listed('Schools', '/ws/v1/district/school', 'schools.school', text, readSchool)],
      wantsSchool: false,
    };
  }
  const known = school !== undefined && school !== '';
  const inSchool = known ? [listOfSchool(kind, encodeURIComponent(school), text)] : [];
  return { attempts: [...withoutSchool(kind, text), ...inSchool], wantsSchool: !known };
}

type KindBySchool = Exclude<LookupKind, 'student' | 'school'>;

const SCHOOL_LISTS: Readonly<
  Record<KindBySchool, { title: string; path: string; root: string; read: CandidateReader }>
> = {
  staff: { title: 'Staff of the school', path: 'staff?expansions=emails', root: 'staffs.staff', read: readStaff },
  user: { title: 'Staff of the school', path: 'staff?expansions=emails', root: 'staffs.staff', read: readUser },
  course: { title: 'Courses of the school', path: 'course', root: 'courses.course', read: readCourse },
  section: { title: 'Sections of the school', path: 'section', root: 'sections.section', read: readSection },
  term: { title: 'Terms of the school', path: 'term', root: 'terms.term', read: readTerm },
};

function listOfSchool(kind: KindBySchool, school: string, text: string): LookupAttempt {
  const { title, path, root, read } = SCHOOL_LISTS[kind];
  // Terms are the one list with a filter that fits: the school year.
  const year = kind === 'term' && /^(?:19|20)\d\d$/.test(text);
  const target = `/ws/v1/school/${school}/${path}${year ? `?q=start_year==${text}` : ''}`;
  const attempt = listed(title, target, root, year ? '' : text, read);
  if (kind !== 'section') return attempt;
  const courses = SCHOOL_LISTS.course;
  return { ...attempt, beside: { target: `/ws/v1/school/${school}/${courses.path}`, root: courses.root } };
}

function withoutSchool(kind: KindBySchool, text: string): LookupAttempt[] {
  if (text === '') return [];
  const isNumber = /^\d{1,15}$/.test(text);
  const value = encodeInnerValue(text);
  const single = isNumber && kind !== 'user' ? [byDcid(kind, text, SCHOOL_LISTS[kind].read)] : [];
  switch (kind) {
    case 'staff':
      return single;
    case 'user':
      return isNumber
        ? [
            inTable('Teacher number', 'users', USER_COLUMNS, { teachernumber: value }, readUserRow),
            inTable('Person DCID', 'users', USER_COLUMNS, { dcid: value }, readUserRow),
          ]
        : [
            inTable(
              'Name',
              'users',
              USER_COLUMNS,
              { last_name: `${encodeInnerValue(text.split(' ')[0] ?? '')}*` },
              readUserRow,
            ),
          ];
    case 'course':
      return [
        ...single,
        inTable('Course number', 'courses', COURSE_COLUMNS, { course_number: value }, readCourseRow),
        inTable('Name', 'courses', COURSE_COLUMNS, { course_name: `${value}*` }, readCourseRow),
      ];
    case 'section':
      return [
        ...single,
        isNumber ? inTable('ID', 'sections', SECTION_COLUMNS, { id: text }, readSectionRow) : byCourseAndSection(text),
      ];
    case 'term':
      return isNumber ? [...single, inTable('Term id', 'terms', TERM_COLUMNS, { id: text }, readTermRow)] : [];
    default:
      return [];
  }
}

/** `BIO101.2` or `BIO101 2` is a course number with a section number. */
function byCourseAndSection(text: string): LookupAttempt {
  const [, course = text, section] = /^(\S+?)[. ]+(\S+)$/.exec(text) ?? [];
  const terms = {
    course_number: encodeInnerValue(course),
    ...(section === undefined ? {} : { section_number: encodeInnerValue(section) }),
  };
  return inTable('Course and section', 'sections', SECTION_COLUMNS, terms, readSectionRow);
}

/** A list that is searched here, since the API has no filter for it. */
function listed(title: string, target: string, root: string, text: string, read: CandidateReader): LookupAttempt {
  return {
    title,
    by: title,
    target,
    allPages: true,
    read: (body, named) =>
      recordsUnder(body, root).flatMap((record) => {
        const foundBy = fit(read(record, '', named), text);
        return foundBy === undefined ? [] : [read(record, foundBy, named)];
      }),
  };
}

/** The record with this DCID. */
function byDcid(resource: string, dcid: string, read: CandidateReader): LookupAttempt {
  return {
    title: `DCID ${dcid}`,
    by: 'DCID',
    target: `/ws/v1/${resource}/${dcid}`,
    allPages: false,
    read: (body) => recordsUnder(body, resource).map((record) => read(record, 'DCID')),
  };
}

function inTable(
  by: string,
  table: string,
  columns: string,
  terms: Readonly<Record<string, string>>,
  read: CandidateReader,
): LookupAttempt {
  const filter = Object.entries(terms).map(([column, value]) => `${column}==${value}`);
  const values = Object.values(terms).map((value) => decodeURIComponent(value).replace(/\*$/, ''));
  return {
    title: `${by} ${values.join(' ')}`,
    by,
    target: `/ws/schema/table/${table}?projection=${columns}&q=${filter.join(';')}&pagesize=25`,
    allPages: false,
    read: (body) => tableRows(body, table).map((row) => read(row, by)),
  };
}

/** Which of its ids is the text, or `Name`; undefined when nothing fits. Ids are compared whole, names by words. */
function fit(candidate: Candidate, text: string): string | undefined {
  if (text === '') return '';
  const same = candidate.ids.filter(({ value }) => value.toLowerCase() === text.toLowerCase());
  if (same.length > 0) return same.map(({ label }) => label).join(', ');
  const haystack = `${candidate.title} ${candidate.detail}`.toLowerCase();
  const words = text.toLowerCase().split(' ');
  return !/^\d+$/.test(text) && words.every((word) => haystack.includes(word)) ? 'Name' : undefined;
}
