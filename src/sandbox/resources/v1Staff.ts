import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { Row } from '../district/district.ts';
import { allOf, type Condition } from '../query/condition.ts';
import { queryCondition, type QueryFields } from '../query/fields.ts';
import type { Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { Element, ElementValue } from '../wire/element.ts';
import { EXPANSIONS } from './expansions.ts';
import { answerRecord, answerRecordCount, answerRecords, type RecordKind } from './recordList.ts';
import { schoolRow } from './v1Schools.ts';

/** A staff record is a membership of a school (SchoolStaff); a person at two schools has two. */
const STAFF: RecordKind = {
  singular: 'staff',
  plural: 'staffs',
  table: 'schoolstaff',
  select: `SELECT r.dcid, r.schoolid, r.users_dcid, r.staffstatus, r.status, u.teachernumber, u.loginid, u.teacherloginid,
      u.first_name, u.middle_name, u.last_name, u.street, u.city, u.state, u.zip, u.email_addr, u.home_phone, u.title
    FROM schoolstaff r JOIN users u ON u.dcid = r.users_dcid`,
  orderBy: 'r.dcid',
  limit: 'staff_max_page_size',
  expansions: EXPANSIONS.staff,
  extensible: true,
  element: staffElement,
};

/** Staff of a school, active ones only; school 0 is the district office. */
export const V1_STAFF_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/staff/{id}', access: 'v1Read', handler: (call) => answerRecord(call, STAFF) },
  {
    method: 'GET',
    path: '/ws/v1/school/{id}/staff',
    access: 'v1Read',
    handler: (call) => answerRecords(call, STAFF, schoolStaff(call)),
  },
  {
    method: 'GET',
    path: '/ws/v1/school/{id}/staff/count',
    access: 'v1Read',
    handler: (call) => answerRecordCount(call, STAFF, schoolStaff(call)),
  },
];

const STAFF_FIELDS: QueryFields = {
  id: { sql: 'r.dcid', type: 'integer' },
  local_id: { sql: 'u.teachernumber', type: 'string' },
  users_dcid: { sql: 'r.users_dcid', type: 'integer' },
  teacher_username: { sql: 'u.teacherloginid', type: 'string' },
  admin_username: { sql: 'u.loginid', type: 'string' },
  'name.first_name': { sql: 'u.first_name', type: 'string' },
  'name.last_name': { sql: 'u.last_name', type: 'string' },
  'school_affiliations.status': { sql: 'r.status', type: 'integer' },
};

function schoolStaff(call: Call): Condition {
  const school = call.parameters['id'] === '0' ? 0 : keyOf(schoolRow(call), 'school_number');
  return allOf([
    { sql: 'r.schoolid = ? AND r.status = 1', parameters: [school] },
    queryCondition(call.query.get('q'), STAFF_FIELDS),
  ]);
}

function staffElement(row: Row, call: Call, asked: ReadonlySet<string>): Element {
  const parts: Record<string, ElementValue> = {};
  for (const name of EXPANSIONS.staff) {
    if (asked.has(name)) parts[name] = PARTS[name](row, call) ?? {};
  }
  return {
    id: keyOf(row, 'dcid'),
    local_id: textOf(row, 'teachernumber'),
    admin_username: textOf(row, 'loginid'),
    teacher_username: textOf(row, 'teacherloginid'),
    name: {
      first_name: textOf(row, 'first_name'),
      middle_name: textOf(row, 'middle_name'),
      last_name: textOf(row, 'last_name'),
    },
    ...parts,
    users_dcid: keyOf(row, 'users_dcid'),
  };
}

const PARTS: Readonly<Record<(typeof EXPANSIONS.staff)[number], (row: Row, call: Call) => ElementValue>> = {
  addresses: (row) =>
    textOf(row, 'street') === undefined
      ? {}
      : {
          home: {
            street: textOf(row, 'street'),
            city: textOf(row, 'city'),
            state_province: textOf(row, 'state'),
            postal_code: textOf(row, 'zip'),
          },
        },
  emails: (row) => ({ work_email: textOf(row, 'email_addr') }),
  phones: (row) => ({ home_phone: textOf(row, 'home_phone') }),
  school_affiliations: (row, call) => ({ school_affiliation: affiliations(row, call) }),
  school_counselors: (row, call) => ({
    school_counselor:
      textOf(row, 'title') === 'Counselor'
        ? affiliations(row, call).map((affiliation) => ({ school_id: affiliation['school_id'], counselor: true }))
        : [],
  }),
  teacher_global_id: () => undefined,
  staff_global_id: () => undefined,
};

/** Every school that the person belongs to; the district office has id 0. */
function affiliations(row: Row, call: Call): readonly Element[] {
  return call.sandbox.district
    .all(
      `SELECT s.staffstatus, s.status, h.dcid AS school_id FROM schoolstaff s
        LEFT JOIN schools h ON h.school_number = s.schoolid WHERE s.users_dcid = ? ORDER BY s.dcid`,
      [keyOf(row, 'users_dcid')],
    )
    .map((member) => ({
      school_id: numberOf(member, 'school_id') ?? 0,
      type: numberOf(member, 'staffstatus'),
      status: numberOf(member, 'status'),
    }));
}
