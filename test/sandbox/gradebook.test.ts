import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';

interface Assignment {
  readonly _id: number;
  readonly _name: string;
  readonly assignmentid: number;
  readonly hasstandards: boolean;
  readonly _assignmentsections: readonly AssignmentSection[];
}

interface AssignmentSection {
  readonly assignmentsectionid: number;
  readonly sectionsdcid: number;
  readonly name: string;
  readonly duedate: string;
  readonly _assignmentcategoryassociations: readonly { teachercategoryid: number }[];
}

let api: ApiCaller;
let teacher = 0;
let section = 0;
before(async () => {
  api = await ApiCaller.start();
  const line = (await api.get('/ws/schema/table/cc/1?projection=sectionid')).json;
  section = Number(line.tables['cc']?.['sectionid']);
  const { tables } = (await api.get(`/ws/schema/table/sections/${section}?projection=teacher`)).json;
  const staff = await api.get(
    `/ws/schema/table/schoolstaff?q=id==${tables['sections']?.['teacher']}&projection=users_dcid`,
  );
  teacher = Number(staff.json.record[0]?.tables['schoolstaff']?.['users_dcid']);
});
after(() => api.stop());

async function assignments(): Promise<readonly Assignment[]> {
  const path = `/ws/xte/section/assignment/?users_dcid=${teacher}&section_ids=${section}`;
  return (await api.get(path)).json as unknown as Assignment[];
}

async function standards(query: string): Promise<number> {
  return ((await api.get(`/ws/xte/section/standard?${query}`)).json as unknown as unknown[]).length;
}

function quiz(name: string, duedate = '2026-11-27'): object {
  return { _assignmentsections: [{ sectionsdcid: section, name, duedate, scoretype: 'POINTS', totalpointvalue: 10 }] };
}

test('OAuth callers must say for whom they act', async () => {
  assert.equal((await api.get('/ws/xte/section/assignment/?section_ids=1')).status, 400);
  assert.equal((await api.get(`/ws/xte/teacher_category?users_dcid=${teacher}`)).status, 400);
  assert.equal((await api.get(`/ws/xte/teacher_category?users_dcid=${teacher}&year_id=36`)).status, 200);
  assert.equal((await api.get('/ws/xte/section/assignment/?users_dcid=999999')).status, 404);
});

test('embedded lists start with an underscore, records carry _name and _id', async () => {
  const [assignment] = await assignments();
  assert.ok(assignment);
  assert.equal(assignment['_name'], 'assignment');
  assert.equal(assignment['_id'], assignment.assignmentid);
  assert.equal(assignment['_assignmentsections'][0]?.sectionsdcid, section);
});

test('an assignment is created with 201, changed with 201 and deleted with 204', async () => {
  const created = await api.call('POST', `/ws/xte/section/assignment/?users_dcid=${teacher}`, quiz('Cell quiz'));
  assert.equal(created.status, 201);
  const id = (created.json as unknown as Assignment)['_assignmentsections'][0]?.assignmentsectionid;
  const path = `/ws/xte/section/assignment/${id}?users_dcid=${teacher}`;
  const changed = await api.call('PUT', path, quiz('Cell test', '2026-12-04'));
  assert.equal(changed.status, 201);
  const read = (await api.get(path)).json as unknown as Assignment;
  assert.deepEqual(
    [read['_assignmentsections'][0]?.name, read['_assignmentsections'][0]?.duedate],
    ['Cell test', '2026-12-04'],
  );
  assert.equal((await api.call('DELETE', path)).status, 204);
  assert.equal((await api.get(path)).status, 404);
});

test('a validation fault is 409 and names the field', async () => {
  const answer = await api.call(
    'POST',
    `/ws/xte/section/assignment/?users_dcid=${teacher}`,
    quiz('Cell quiz', 'Friday'),
  );
  assert.equal(answer.status, 409);
  assert.deepEqual(answer.json, { message: 'Validation failed', errors: [{ field: 'duedate' }] });
});

test('a teacher has no hand in the sections of another', async () => {
  const other = teacher === 1 ? 2 : 1;
  assert.equal(
    (await api.call('POST', `/ws/xte/section/assignment/?users_dcid=${other}`, quiz('Cell quiz'))).status,
    403,
  );
});

test('an assignment with scores is deleted only with force: 412 before', async () => {
  const scored = (await assignments()).find(({ assignmentid }) => assignmentid % 2 === 1);
  const id = scored?.['_assignmentsections'][0]?.assignmentsectionid;
  const path = `/ws/xte/section/assignment/${id}?users_dcid=${teacher}`;
  assert.equal((await api.call('DELETE', path)).status, 412);
  assert.equal((await api.call('DELETE', `${path}&force=true`)).status, 204);
});

test('scores are written and read in the table', async () => {
  const created = await api.call('POST', `/ws/xte/section/assignment/?users_dcid=${teacher}`, quiz('Score me'));
  const id = (created.json as unknown as Assignment)['_assignmentsections'][0]?.assignmentsectionid;
  const score = {
    _assignmentsection: { assignmentsectionid: id },
    studentsdcid: 1,
    actualscoreentered: '9',
    scorepoints: 9,
  };
  assert.equal((await api.call('PUT', '/ws/xte/score', { assignment_scores: [score] })).status, 200);
  const rows = await api.get(`/ws/schema/table/assignmentscore?q=assignmentsectionid==${id}&projection=scorepoints`);
  assert.deepEqual(rows.json.record[0]?.tables, { assignmentscore: { scorepoints: '9' } });
  const stranger = { assignment_scores: [{ ...score, studentsdcid: 5 }] };
  assert.equal((await api.call('PUT', '/ws/xte/score', stranger)).json.errors[0]?.field, 'studentsdcid');
});

test('deletes of links are blind', async () => {
  const standards = await api.call('DELETE', '/ws/xte/assignment/999999/assignmentstandards?standard_ids=1,2');
  assert.equal(standards.status, 204);
  const students = await api.call('DELETE', '/ws/xte/assignment_section/students', {
    student_ids: [999999],
    section_ids: [1],
  });
  assert.equal(students.status, 201);
});

test('standards leave out inactive ones and those closed to assignments, unless asked for', async () => {
  const plain = await standards('');
  assert.ok(plain > 0);
  assert.ok((await standards('include_inactive=true')) > plain);
  assert.ok((await standards('include_nonassigment=true')) > plain);
  assert.ok((await standards(`section_ids=${section}`)) < plain);
});

test('standard scores are those of an assignment', async () => {
  const all = (await api.call('POST', '/ws/xte/standard/score', {})).json as unknown as { assignmentscoreid: number }[];
  assert.ok(all.length > 0);
  const [one] = await assignments();
  const some = await api.call('POST', '/ws/xte/standard/score', {
    assignment_ids: [one?.assignmentid],
    section_ids: [section],
  });
  assert.ok((some.json as unknown as unknown[]).length <= all.length);
});

test('a grade scale has its items unless include_items is false', async () => {
  const [scale] = (await api.get('/ws/xte/grade_scale/scales/1')).json as unknown as { _items: { name: string }[] }[];
  assert.deepEqual(
    scale?.['_items'].map(({ name }) => name),
    ['A', 'B', 'C', 'D', 'F'],
  );
  const [bare] = (await api.get('/ws/xte/grade_scale/scales/1?include_items=false')).json as unknown as object[];
  assert.equal('_items' in (bare ?? {}), false);
});

test('categories are created, changed and deleted; one in use is 409', async () => {
  const path = '/ws/xte/teacher_category';
  const created = await api.call('POST', `${path}?users_dcid=${teacher}`, [
    { name: 'Projects', color: 3, isinfinalgrades: true },
  ]);
  assert.equal(created.status, 201);
  const [category] = created.json as unknown as { id: number; name: string }[];
  const one = `${path}/${category?.id}`;
  const changed = await api.call('PUT', `${one}?users_dcid=${teacher}&term_id=3600`, [{ name: 'Short projects' }]);
  assert.equal((changed.json as unknown as { name: string }[])[0]?.name, 'Short projects');
  assert.equal((await api.call('DELETE', `${one}?users_dcid=${teacher}`)).status, 200);
  const used = (await assignments())[0]?.['_assignmentsections'][0]?.['_assignmentcategoryassociations'][0]
    ?.teachercategoryid;
  assert.equal((await api.call('DELETE', `${path}/${used}?users_dcid=${teacher}`)).status, 409);
});
