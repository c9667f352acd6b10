import { keyOf } from '../district/cell.ts';
import type { Row } from '../district/district.ts';
import { allOf, type Condition } from '../query/condition.ts';
import { pageOf } from '../query/paging.ts';
import { selectPage } from '../query/selectPage.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import { callerOf, idParameter, notFound, type Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { Element, ElementValue } from '../wire/element.ts';
import { EXPANSIONS, expansionsAttribute, namesParameter } from './expansions.ts';
import { extensionData, extensionsAttribute } from './extensions.ts';
import { STUDENT_BASE_COLUMNS, STUDENT_EXPANSIONS, studentBase } from './studentElement.ts';
import { studentQuery } from './studentQuery.ts';
import { studentRelations } from './studentRelations.ts';
import { schoolRow } from './v1Schools.ts';

/** Reading students. */
export const V1_STUDENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/student/{id}', access: 'v1Read', handler: answerStudent },
  {
    method: 'GET',
    path: '/ws/v1/district/student',
    access: 'v1Read',
    handler: (call) => answerList(call, ofDistrict(call)),
  },
  {
    method: 'GET',
    path: '/ws/v1/district/student/count',
    access: 'v1Read',
    handler: (call) => answerCount(call, ofDistrict(call)),
  },
  {
    method: 'GET',
    path: '/ws/v1/school/{id}/student',
    access: 'v1Read',
    handler: (call) => answerList(call, ofSchool(call)),
  },
  {
    method: 'GET',
    path: '/ws/v1/school/{id}/student/count',
    access: 'v1Read',
    handler: (call) => answerCount(call, ofSchool(call)),
  },
];

function answerStudent(call: Call): Answer {
  const row = call.sandbox.district.get('SELECT * FROM students WHERE dcid = ?', [idParameter(call)]);
  if (row === undefined) throw notFound();
  return elementAnswer({ name: 'student', content: { ...attributes(call), ...studentElements(call, [row])[0] } });
}

function answerList(call: Call, where: Condition): Answer {
  const page = pageOf(call, callerOf(call).pageLimits.student_max_page_size);
  const expanded = [...namesParameter(call, 'expansions')].some((name) => name in STUDENT_EXPANSIONS);
  const rows = selectPage(
    call.sandbox.district,
    call.sandbox.anchors,
    { table: 'students', key: 'dcid', columns: expanded ? '*' : STUDENT_BASE_COLUMNS, where },
    page,
  );
  return elementAnswer({ name: 'students', content: { ...attributes(call), student: studentElements(call, rows) } });
}

function answerCount(call: Call, where: Condition): Answer {
  const count = call.sandbox.district.number(`SELECT count(*) FROM students WHERE ${where.sql}`, where.parameters);
  return elementAnswer({ name: 'resource', content: { count } });
}

/** No default filter. */
function ofDistrict(call: Call): Condition {
  return studentQuery(call.query.get('q')).condition;
}

/** Active students only, unless `q` names a status. */
function ofSchool(call: Call): Condition {
  const query = studentQuery(call.query.get('q'));
  const school = { sql: 'schoolid = ?', parameters: [keyOf(schoolRow(call), 'school_number')] };
  const active = { sql: 'enroll_status = 0', parameters: [] };
  return allOf(query.namesStatus ? [school, query.condition] : [school, active, query.condition]);
}

function attributes(call: Call): Element {
  return {
    '@expansions': expansionsAttribute(EXPANSIONS.student),
    '@extensions': extensionsAttribute(call.sandbox.district, 'students'),
  };
}

function studentElements(call: Call, rows: readonly Row[]): readonly Element[] {
  const asked = namesParameter(call, 'expansions');
  const expansions = EXPANSIONS.student.filter((name) => asked.has(name));
  const relations = studentRelations(call.sandbox.district, rows, asked);
  const keys = rows.map((row) => keyOf(row, 'dcid'));
  const extensions = extensionData(call.sandbox.district, 'students', namesParameter(call, 'extensions'), keys);
  return rows.map((row) => {
    const parts: Record<string, ElementValue> = {};
    for (const name of expansions) parts[name] = STUDENT_EXPANSIONS[name]?.(row, relations) ?? {};
    return { _extension_data: extensions.get(keyOf(row, 'dcid')), ...studentBase(row), ...parts };
  });
}
