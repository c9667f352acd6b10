import { allOf, type Condition } from '../query/condition.ts';
import { badQuery, fieldCondition, queryTerms, type QueryFields } from '../query/fields.ts';
import type { Term } from '../query/fiql.ts';

/** Names that `q` of the student lists knows, and their columns. */
const STUDENT_FIELDS: QueryFields = {
  id: { sql: 'dcid', type: 'integer' },
  local_id: { sql: 'student_number', type: 'integer' },
  state_province_id: { sql: 'state_studentnumber', type: 'string' },
  student_username: { sql: 'student_web_id', type: 'string' },
  'name.first_name': { sql: 'first_name', type: 'string' },
  'name.middle_name': { sql: 'middle_name', type: 'string' },
  'name.last_name': { sql: 'last_name', type: 'string' },
  'school_enrollment.enroll_status_code': { sql: 'enroll_status', type: 'integer' },
  'school_enrollment.entry_date': { sql: 'entrydate', type: 'date' },
  'school_enrollment.exit_date': { sql: 'exitdate', type: 'date' },
  'school_enrollment.grade_level': { sql: 'grade_level', type: 'integer' },
};

const STATUS = 'school_enrollment.enroll_status';

export interface StudentQuery {
  readonly condition: Condition;
  /** Whether `q` names an enrollment status: the default filter of a school's list is off then. */
  readonly namesStatus: boolean;
}

/** The condition that a `q` of the student lists stands for; 400 for what it does not know. */
export function studentQuery(q: string | null): StudentQuery {
  const terms = queryTerms(q);
  return {
    condition: allOf(terms.map(studentCondition)),
    namesStatus: terms.some((term) => term.name.toLowerCase().startsWith(STATUS)),
  };
}

function studentCondition(term: Term): Condition {
  if (term.name.toLowerCase() !== STATUS) return fieldCondition(term, STUDENT_FIELDS);
  if (term.operator !== '==') throw badQuery(`Operator ${term.operator} is not supported for ${term.name}`);
  const parts = term.values.map(statusCondition);
  return { sql: `(${parts.join(' OR ')})`, parameters: [] };
}

/** A status letter in any case, or its code: a shipped connector sends `(0)`. */
function statusCondition(value: string): string {
  const code = STATUS_CODES[value.toUpperCase()] ?? (/^-?\d{1,9}$/.test(value) ? Number(value) : undefined);
  if (code === undefined) throw badQuery(`Invalid enrollment status '${value}'`);
  return code === 'inactive' ? 'enroll_status NOT IN (-1, 0, 2, 3, 4)' : `enroll_status = ${code}`;
}

const STATUS_CODES: Readonly<Record<string, number | 'inactive'>> = { A: 0, P: -1, T: 2, G: 3, H: 4, I: 'inactive' };
