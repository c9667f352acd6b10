import {
  filterText,
  joinFacts,
  namedIds,
  recordsUnder,
  tableRows,
  textAt,
  type Candidate,
  type LookupAttempt,
  type LookupPlan,
} from './lookup.ts';
import { encodeInnerValue } from './queryString.ts';
import { lastFirst } from './recordCandidates.ts';

/** Enough to choose from; who finds more types more. */
const PAGE = 25;
const COLUMNS = 'dcid,id,student_number,lastfirst,grade_level,schoolid,enroll_status';
const STATUS: Readonly<Record<string, string>> = {
  '-1': 'pre-registered',
  '0': 'active',
  '2': 'transferred',
  '3': 'graduated',
  '4': 'historical',
};

/**
 * What to try for a student: a number may be the student number, the DCID, the state number or Students.ID; text may
 * be a name (`Quill`, `Quill, Nora`, `Nora Quill`), a user name or a state number. No attempt for an empty text.
 * Attempts on the table follow those on `/ws/v1`: a plugin often has one of the two rights only.
 */
export function studentLookup(typed: string): LookupPlan {
  const text = filterText(typed.replace(/@.*$/, ''));
  const attempts: LookupAttempt[] = [];
  if (/^\d{1,15}$/.test(text)) {
    attempts.push(
      byFilter('Student number', 'local_id', text),
      byDcid(text),
      byFilter('State number', 'state_province_id', text),
    );
    attempts.push(
      byColumn('Student number', 'student_number', text),
      byColumn('DCID', 'dcid', text),
      byColumn('ID', 'id', text),
    );
  } else if (text !== '') {
    if (!text.includes(' ')) {
      attempts.push(byFilter('User name', 'student_username', text));
      if (/\d/.test(text)) attempts.push(byFilter('State number', 'state_province_id', text));
    }
    for (const { last, first } of readNames(typed)) attempts.push(byName(last, first));
    const [name] = readNames(typed);
    if (name !== undefined) attempts.push(nameInTable(name.last, name.first));
  }
  return { attempts, wantsSchool: false };
}

/**
 * The read that adds Students.ID, which `/ws/v1` never shows: from the table, where the plugin needs the columns
 * granted. Merge its candidates with the ones there are.
 */
export function studentIdsByDcid(dcid: string): LookupAttempt {
  return byColumn('DCID', 'dcid', dcid);
}

/** `Last, First` is plain; `First Last` can be two last names as well, so both ways are tried. */
function readNames(typed: string): { last: string; first: string }[] {
  const comma = typed.indexOf(',');
  if (comma >= 0)
    return [{ last: filterText(typed.slice(0, comma)), first: filterText(typed.slice(comma + 1)) }].filter(
      ({ last, first }) => last + first !== '',
    );
  const words = filterText(typed)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const whole = words.join(' ');
  if (words.length === 1)
    return [
      { last: whole, first: '' },
      { last: '', first: whole },
    ];
  return [
    { last: words.at(-1) ?? '', first: words.slice(0, -1).join(' ') },
    { last: whole, first: '' },
  ];
}

function byFilter(by: string, field: string, value: string): LookupAttempt {
  return v1List(by, `${by} ${value}`, `${field}==${encodeInnerValue(value)}`);
}

function byName(last: string, first: string): LookupAttempt {
  const terms = [
    last === '' ? '' : `name.last_name==${encodeInnerValue(last)}*`,
    first === '' ? '' : `name.first_name==${encodeInnerValue(first)}*`,
  ];
  const title = last === '' ? `First name ${first}` : first === '' ? `Last name ${last}` : `${last}, ${first}`;
  return v1List('Name', title, terms.filter((term) => term !== '').join(';'));
}

function v1List(by: string, title: string, filter: string): LookupAttempt {
  return {
    title,
    by,
    target: `/ws/v1/district/student?expansions=school_enrollment&q=${filter}&pagesize=${PAGE}`,
    allPages: false,
    read: (body) => recordsUnder(body, 'students.student').map((record) => fromV1(record, by)),
  };
}

function byDcid(value: string): LookupAttempt {
  return {
    title: `DCID ${value}`,
    by: 'DCID',
    target: `/ws/v1/student/${value}?expansions=school_enrollment`,
    allPages: false,
    read: (body) => recordsUnder(body, 'student').map((record) => fromV1(record, 'DCID')),
  };
}

function byColumn(by: string, column: string, value: string): LookupAttempt {
  return fromTable(by, `${by} ${value}`, `${column}==${encodeInnerValue(value)}`);
}

function nameInTable(last: string, first: string): LookupAttempt {
  const terms = [
    last === '' ? '' : `last_name==${encodeInnerValue(last)}*`,
    first === '' ? '' : `first_name==${encodeInnerValue(first)}*`,
  ];
  return fromTable('Name', joinFacts([last, first]), terms.filter((term) => term !== '').join(';'));
}

function fromTable(by: string, title: string, filter: string): LookupAttempt {
  return {
    title,
    by,
    target: `/ws/schema/table/students?projection=${COLUMNS}&q=${filter}&pagesize=${PAGE}`,
    allPages: false,
    read: (body) =>
      tableRows(body, 'students').map((row) => ({
        value: textAt(row, 'dcid'),
        title: textAt(row, 'lastfirst'),
        ids: namedIds(
          [
            ['Student number', textAt(row, 'student_number')],
            ['DCID', textAt(row, 'dcid')],
            ['ID', textAt(row, 'id')],
          ],
          'DCID',
        ),
        detail: details(
          textAt(row, 'grade_level'),
          textAt(row, 'schoolid'),
          STATUS[textAt(row, 'enroll_status')] ?? '',
        ),
        foundBy: by,
      })),
  };
}

function fromV1(record: Record<string, unknown>, by: string): Candidate {
  return {
    value: textAt(record, 'id'),
    title: lastFirst(record),
    ids: namedIds(
      [
        ['Student number', textAt(record, 'local_id')],
        ['DCID', textAt(record, 'id')],
        ['State number', textAt(record, 'state_province_id')],
      ],
      'DCID',
    ),
    detail: details(
      textAt(record, 'school_enrollment.grade_level'),
      textAt(record, 'school_enrollment.school_number'),
      textAt(record, 'school_enrollment.enroll_status_description').toLowerCase(),
    ),
    foundBy: by,
  };
}

function details(grade: string, school: string, status: string): string {
  return joinFacts([grade === '' ? '' : `grade ${grade}`, school === '' ? '' : `school ${school}`, status]);
}
