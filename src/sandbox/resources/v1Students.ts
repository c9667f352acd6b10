import { keyOf } from '../district/cell.ts';
import { allOf, type Condition } from '../query/condition.ts';
import { pageOf } from '../query/paging.ts';
import { rowsByKey, selectKeys } from '../query/selectPage.ts';
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
  const [student] = studentElements(call, [idParameter(call)]);
  if (student === undefined) throw notFound();
  return elementAnswer({ name: 'student', content: { ...attributes(call), ...student } });
}

function answerList(call: Call, where: Condition): Answer {
  const { district, anchors } = call.sandbox;
  const page = pageOf(call, callerOf(call).pageLimits.student_max_page_size);
  const keys = selectKeys(district, anchors, { table: 'students', key: 'dcid', where }, page);
  return elementAnswer({ name: 'students', content: { ...attributes(call), student: studentElements(call, keys) } });
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

/** The students with these DCIDs, made while they are written. */
function* studentElements(call: Call, keys: readonly number[]): Generator<Element> {
  const { district } = call.sandbox;
  const asked = namesParameter(call, 'expansions');
  const askedExtensions = namesParameter(call, 'extensions');
  const expansions = EXPANSIONS.student.filter((name) => asked.has(name));
  const columns = expansions.length === 0 ? STUDENT_BASE_COLUMNS : '*';
  for (const rows of rowsByKey(district, 'students', 'dcid', columns, keys)) {
    const relations = studentRelations(district, rows, asked, callerOf(call).grants);
    const dcids = rows.map((row) => keyOf(row, 'dcid'));
    const extensions = extensionData(district, 'students', askedExtensions, dcids);
    for (const row of rows) {
      const parts: Record<string, ElementValue> = {};
      for (const name of expansions) parts[name] = STUDENT_EXPANSIONS[name]?.(row, relations) ?? {};
      yield { _extension_data: extensions.get(keyOf(row, 'dcid')), ...studentBase(row), ...parts };
    }
  }
}
