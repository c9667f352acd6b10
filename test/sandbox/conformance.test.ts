import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadCatalog } from '../../src/core/catalog/load.ts';
import type { Operation } from '../../src/core/catalog/operation.ts';
import { ROUTES } from '../../src/sandbox/server/routes.ts';
import { differences } from './answerShape.ts';
import { ApiCaller, type ApiAnswer } from './apiCaller.ts';
import { manifest, PluginFolder } from './pluginFixtures.ts';

const { operations } = await loadCatalog();

/** The query of the documented example. */
const QUERY = `<queries>
  <query name="org.fernhill.demo.students.list" coreTable="students" flattened="false">
    <description>Students with their courses</description>
    <args><arg name="studentnumber" column="STUDENTS.STUDENT_NUMBER" required="false"/></args>
    <columns>
      <column column="STUDENTS.DCID">students.dcid</column>
      <column column="STUDENTS.ID">students.id</column>
      <column column="STUDENTS.LASTFIRST">students.lastfirst</column>
      <column column="CC.COURSE_NUMBER">cc.course_number</column>
    </columns>
    <sql><![CDATA[SELECT s.dcid, s.id, s.lastfirst, c.course_number FROM students s JOIN cc c ON c.studentid = s.id
      WHERE s.student_number = nvl(:studentnumber, s.student_number) ORDER BY s.dcid, c.dcid]]></sql>
  </query>
</queries>`;

let api: ApiCaller;
let folder: PluginFolder;
/** Values for the ids of paths, by the kind of id. */
const ids: Record<string, string> = {
  student: '1',
  school: '3',
  contact: '1',
  contactAddress: '1',
  contactEmail: '1',
  contactPhone: '1',
  contactStudent: '1',
  contactStudentDetail: '1',
  course: '1',
  enrollment: '1',
  staff: '2',
  term: '1',
  teacherCategory: '1',
  gradeScales: '1',
  table: 'u_bikepermits',
  row: '1',
  tableArea: 'attendance',
  storedGrade: '1',
  specialProgram: '1',
  transportationEntry: '1',
  powerQuery: 'org.fernhill.demo.students.list',
  application: 'fernhill',
  dataVersion: '0',
  plugin: '2',
};
/** Members of example bodies that point to rows of the documentation's district, and our rows. */
const references: Record<string, string> = {
  studentsdcid: '1',
  student_id: '1',
  dcid: '1',
  studentid: '1',
  recordid: '1',
  schoolid: '360',
  school_id: '3',
  fee_id: '1',
  attendance_codeid: '10',
  calendar_dayid: '453',
  ccid: '1',
  periodid: '15',
};

before(async () => {
  folder = await PluginFolder.create();
  const zip = await folder.zip('roster.zip', {
    'plugin.xml': manifest(),
    'queries_root/a.named_queries.xml': QUERY,
  });
  api = await ApiCaller.start({ plugins: [zip] });
  const line = (await api.get('/ws/schema/table/cc/1?projection=sectionid')).json;
  const section = line.tables['cc']?.['sectionid'] ?? '';
  const { tables } = (await api.get(`/ws/schema/table/sections/${section}?projection=teacher`)).json;
  const staff = `q=id==${tables['sections']?.['teacher']}&projection=users_dcid`;
  const teacher = (await api.get(`/ws/schema/table/schoolstaff?${staff}`)).json.record[0]?.tables['schoolstaff'];
  const assignment = `q=sectionsdcid==${section}&projection=assignmentid`;
  const [row] = (await api.get(`/ws/schema/table/assignmentsection?${assignment}`)).json.record;
  ids['section'] = section;
  ids['assignment'] = String(row?.id);
  ids['teacher'] = teacher?.['users_dcid'] ?? '';
  references['sectionsdcid'] = section;
  references['assignmentsectionid'] = ids['assignment'];
  const category = `q=assignmentsectionid==${row?.id}&projection=teachercategoryid`;
  const [link] = (await api.get(`/ws/schema/table/assignmentcategoryassoc?${category}`)).json.record;
  references['teachercategoryid'] = link?.tables['assignmentcategoryassoc']?.['teachercategoryid'] ?? '';
});
after(async () => {
  await api.stop();
  await folder.remove();
});

function addressOf(operation: Operation, other: Readonly<Record<string, string>> = {}): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const kind = operation.pathParams.find((parameter) => parameter.name === name)?.kind ?? '';
    return other[kind] ?? ids[kind] ?? '1';
  });
  const query = new URLSearchParams();
  for (const { name } of operation.queryParams) {
    if (name === 'expansions') query.set(name, operation.expansions.map((expansion) => expansion.name).join(','));
    if (name === 'extensions' && path.startsWith('/ws/v1/student')) query.set(name, 'u_bikepermits');
    if (name === 'projection' && operation.method === 'GET') query.set(name, '*');
    if (name === 'users_dcid') query.set(name, ids['teacher'] ?? '');
    if (name === 'year_id') query.set(name, '36');
    if (name === 'term_id') query.set(name, '3600');
    if (name === 'section_ids' && path.includes('assignment')) query.set(name, ids['section'] ?? '');
    if (name === 'contactids') query.set(name, '1,2');
    if (name === 'pagesize' && operation.method === 'GET') query.set(name, '50');
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The example of a body with the references of this district; types stay as they are. */
function adapted(body: unknown, other: Readonly<Record<string, string>> = {}): unknown {
  if (Array.isArray(body)) return body.map((item) => adapted(item, other));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const reference = other[name] ?? references[name];
      if (reference === undefined || typeof value === 'object') return [name, adapted(value, other)];
      return [name, typeof value === 'number' ? Number(reference) : reference];
    }),
  );
}

function assertShape(operation: Operation, answer: ApiAnswer): void {
  if (operation.example === undefined) return;
  const v1 = operation.path.startsWith('/ws/v1');
  assert.deepEqual(differences(operation.example, answer.json, v1), []);
}

/** Our success status, where the list of statuses names none, or not the one that a read can have. */
const OWN_STATUS: Readonly<Record<string, number>> = {
  getAssignment: 200,
  listStudentContacts: 200,
  createAssignment: 201,
  replaceAssignment: 201,
  createTeacherCategories: 201,
  unlinkAssignmentStudents: 201,
  removeContactAddress: 200,
  removeContactEmail: 200,
  removeContactPhone: 200,
  removeContactStudent: 200,
  removeContactStudentDetail: 200,
  deleteContact: 200,
};

function successOf(operation: Operation): number {
  return OWN_STATUS[operation.id] ?? operation.statuses.find((status) => status < 300) ?? 200;
}

const NOT_ANSWERED = new Set([
  'getStudentGpa',
  'listStudentTests',
  'saveStudentTests',
  'saveScore',
  'massUpdateTable',
  'listPowerQueryAccess',
]);

function isAnswered(operation: Operation): boolean {
  return !NOT_ANSWERED.has(operation.id) && !operation.legacy;
}

test('every endpoint of the catalogue has a route', () => {
  const known = new Set(ROUTES.map((route) => shapeOf(route.method, route.path)));
  // One route with a name in it serves these three tables as well.
  const tables = /\/ws\/schema\/table\/(storedgrades|spenrollments|transportation)\//;
  for (const { method, path } of operations) {
    const general = path.replace(tables, '/ws/schema/table/{tablename}/');
    assert.ok(known.has(shapeOf(method, path)) || known.has(shapeOf(method, general)), `${method} ${path}`);
  }
});

function shapeOf(method: string, path: string): string {
  return `${method} ${path
    .replace(/\{\w+\}/g, '{}')
    .replace(/\/$/, '')
    .toLowerCase()}`;
}

for (const operation of operations.filter((candidate) => !isAnswered(candidate))) {
  test(`${operation.method} ${operation.path} is 501 and says why`, async () => {
    const answer = await api.call(operation.method, addressOf(operation), operation.method === 'GET' ? undefined : {});
    assert.equal(answer.status, 501);
    assert.match(answer.text, /no source/);
  });
}

for (const operation of operations.filter((candidate) => isAnswered(candidate) && candidate.method === 'GET')) {
  test(`${operation.method} ${operation.path} answers in the documented shape`, async () => {
    if (operation.id === 'getEventSubscriptions') {
      const subscriptions = operations.find(({ id }) => id === 'replaceEventSubscriptions');
      await api.call('PUT', '/ws/v1/event_subscription', subscriptions?.body);
    }
    const answer = await api.get(addressOf(operation));
    assert.equal(answer.status, successOf(operation), answer.text);
    assertShape(operation, answer);
  });
}

/** Ids and references of writes that must not meet the rows that are there. */
const OTHER_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  insertTableRow: { studentsdcid: '11' },
  addContactStudent: { dcid: '5' },
  addContactStudentDetail: {},
};

for (const operation of operations.filter((candidate) => isAnswered(candidate) && /POST|PUT/.test(candidate.method))) {
  test(`${operation.method} ${operation.path} takes the documented body and answers in the documented shape`, async () => {
    if (operation.id === 'requestToken') return assertShape(operation, await api.signIn());
    let body = adapted(operation.body ?? {}, OTHER_ROWS[operation.id]);
    if (operation.id === 'runPowerQuery') body = { studentnumber: 100001 };
    if (operation.id === 'queryStandardScores') body = {};
    if (operation.id === 'saveStudents')
      body = { students: { student: [{ client_uid: 'row-1', action: 'UPDATE', id: 1 }] } };
    if (operation.id === 'addContactStudentDetail') {
      await api.call('PUT', '/ws/contacts/1/students/1/studentdetails/1', { endDate: '2025-12-31' });
      body = { ...(body as object), startDate: '2026-01-01' };
    }
    if (operation.id === 'replaceEventSubscriptions') await api.call('DELETE', '/ws/v1/event_subscription');
    const answer = await api.call(operation.method, addressOf(operation), body);
    assert.equal(answer.status, successOf(operation), answer.text);
    assertShape(operation, answer);
  });
}

/** Rows that are there to be deleted. */
const DELETED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deleteContact: { contact: '3' },
  removeContactStudentDetail: {},
  deleteTeacherCategory: {},
};

// What hangs on a row goes before the row.
const deletes = operations
  .filter((candidate) => isAnswered(candidate) && candidate.method === 'DELETE')
  .toSorted((a, b) => b.path.length - a.path.length);

for (const operation of deletes) {
  test(`${operation.method} ${operation.path} answers as documented`, async () => {
    let other = DELETED[operation.id] ?? {};
    if (operation.id === 'deleteTeacherCategory') {
      const path = `/ws/xte/teacher_category?users_dcid=${ids['teacher']}`;
      const [category] = (await api.call('POST', path, [{ name: 'Spare' }])).json as unknown as { id: number }[];
      other = { teacherCategory: String(category?.id) };
    }
    const path = addressOf(operation, other);
    const force = operation.id === 'deleteAssignment' ? '&force=true' : '';
    const body = operation.body === undefined ? undefined : adapted(operation.body);
    const answer = await api.call('DELETE', path + force, body);
    assert.equal(answer.status, successOf(operation), answer.text);
    if (answer.status === 204) assert.equal(answer.text, '');
  });
}
