import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { District, Row } from '../district/district.ts';
import { GRADUATED_SCHOOL } from '../district/rows/schools.ts';
import { pageOf } from '../query/paging.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import { callerOf, idParameter, notFound, type Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { Element } from '../wire/element.ts';
import { EXPANSIONS, expansionsAttribute, namesParameter } from './expansions.ts';
import { extensionData, extensionsAttribute } from './extensions.ts';

/** Schools; the school of graduated students is left out of lists and counts. */
export const V1_SCHOOL_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/district/school', access: 'v1Read', handler: answerSchools },
  { method: 'GET', path: '/ws/v1/school', access: 'v1Read', handler: answerSchools },
  { method: 'GET', path: '/ws/v1/district/school/count', access: 'v1Read', handler: answerSchoolCount },
  { method: 'GET', path: '/ws/v1/school/{id}', access: 'v1Read', handler: answerSchool },
];

function answerSchools(call: Call): Answer {
  const { district } = call.sandbox;
  const page = pageOf(call, callerOf(call).pageLimits.school_max_page_size);
  const rows = district.all(
    'SELECT * FROM schools WHERE school_number <> ? ORDER BY name COLLATE NOCASE, dcid LIMIT ? OFFSET ?',
    [GRADUATED_SCHOOL, page.pageSize, (page.page - 1) * page.pageSize],
  );
  return elementAnswer({
    name: 'schools',
    content: { ...attributes(call), school: schoolElements(call, rows) },
  });
}

function answerSchoolCount(call: Call): Answer {
  const count = call.sandbox.district.number('SELECT count(*) FROM schools WHERE school_number <> ?', [
    GRADUATED_SCHOOL,
  ]);
  return elementAnswer({ name: 'resource', content: { count } });
}

function answerSchool(call: Call): Answer {
  const row = schoolRow(call);
  return elementAnswer({ name: 'school', content: { ...attributes(call), ...schoolElements(call, [row])[0] } });
}

/** The school of the path's `{id}` (its DCID), or 404. */
export function schoolRow(call: Call): Row {
  const row = call.sandbox.district.get('SELECT * FROM schools WHERE dcid = ?', [idParameter(call)]);
  if (row === undefined) throw notFound();
  return row;
}

function attributes(call: Call): Element {
  return {
    '@expansions': expansionsAttribute(EXPANSIONS.school),
    '@extensions': extensionsAttribute(call.sandbox.district, 'schools'),
  };
}

function schoolElements(call: Call, rows: readonly Row[]): Element[] {
  const { district } = call.sandbox;
  const keys = rows.map((row) => keyOf(row, 'dcid'));
  const extensions = extensionData(district, 'schools', namesParameter(call, 'extensions'), keys);
  const asked = namesParameter(call, 'expansions');
  return rows.map((row) => ({
    _extension_data: extensions.get(keyOf(row, 'dcid')),
    id: keyOf(row, 'dcid'),
    name: textOf(row, 'name'),
    school_number: numberOf(row, 'school_number'),
    low_grade: numberOf(row, 'low_grade'),
    high_grade: numberOf(row, 'high_grade'),
    alternate_school_number: numberOf(row, 'alternate_school_number'),
    addresses: {
      physical: {
        street: textOf(row, 'schooladdress'),
        city: textOf(row, 'schoolcity'),
        state_province: textOf(row, 'schoolstate'),
        postal_code: textOf(row, 'schoolzip'),
      },
    },
    phones: { main: { number: textOf(row, 'schoolphone') } },
    principal: person(textOf(row, 'principal'), textOf(row, 'principalemail')),
    assistant_principal: person(textOf(row, 'asstprincipal'), textOf(row, 'asstprincipalemail')),
    ...(asked.has('school_boundary') ? { school_boundary: {} } : {}),
    ...(asked.has('full_time_equivalencies') ? { full_time_equivalencies: equivalencies(district, row) } : {}),
    ...(asked.has('school_fees_setup') ? { school_fees_setup: FEES_SETUP } : {}),
  }));
}

function equivalencies(district: District, school: Row): Element {
  const rows = district.all('SELECT id, name, yearid, fte_value FROM fte WHERE schoolid = ? ORDER BY id', [
    keyOf(school, 'school_number'),
  ]);
  return {
    full_time_equivalency: rows.map((row) => ({
      fteid: keyOf(row, 'id'),
      name: textOf(row, 'name'),
      start_year: keyOf(row, 'yearid') + 1990,
      grade_level_defaults: numberOf(row, 'fte_value') === 1 ? gradeDefaults(school) : [],
    })),
  };
}

function gradeDefaults(school: Row): readonly Element[] {
  const low = keyOf(school, 'low_grade');
  return Array.from({ length: keyOf(school, 'high_grade') - low + 1 }, (_, index) => ({ grade_level: low + index }));
}

const FEES_SETUP: Element = {
  exemption_status: 1,
  fee_types: {
    fee_type: [
      { id: 1, name: 'Lab fee', description: 'Lab fee', category: 1, creation_date: '2020-07-01' },
      { id: 2, name: 'Locker fee', description: 'Locker fee', category: 2, creation_date: '2020-07-01' },
    ],
  },
};

/** The table holds `Last, First`. */
function person(name: string | undefined, email: string | undefined): Element | undefined {
  const [last, first] = (name ?? '').split(', ');
  if (last === undefined || last === '') return undefined;
  return { name: { first_name: first, last_name: last }, email };
}
