import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiCaller } from './apiCaller.ts';
import { listOf } from './wireTypes.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

async function row(table: string, q: string): Promise<Readonly<Record<string, string>>> {
  const { json } = await api.get(`/ws/schema/table/${table}?projection=*&pagesize=1&q=${q}`);
  return json.record[0]?.tables[table] ?? {};
}

async function courses(q: string): Promise<number> {
  return (await api.get(`/ws/schema/table/courses/count?q=${q}`)).json.count;
}

test('the v1 id of a student is the DCID, local_id the student number, and ID another number', async () => {
  const columns = await row('students', 'dcid==7');
  const { student } = (await api.get('/ws/v1/student/7')).json;
  assert.equal(String(student.id), columns['dcid']);
  assert.equal(String(student.local_id), columns['student_number']);
  assert.notEqual(columns['id'], columns['dcid']);
});

test('studentid columns hold ID, studentsdcid columns hold DCID', async () => {
  const { id = '' } = await row('students', 'dcid==7');
  const lines = (await api.get(`/ws/schema/table/cc?q=studentid==${id}&projection=dcid,sectionid`)).json.record;
  assert.equal(lines.length, 7);
  const line = (await api.get(`/ws/v1/section_enrollment/${lines[0]?.id}`)).json.section_enrollment;
  assert.equal(line.student_id, 7);
  assert.equal((await row('u_bikepermits', 'studentsdcid==7'))['permit_no'], 'B-23');
});

test('schoolid columns hold the school number; the v1 id of a school is its DCID', async () => {
  const columns = await row('students', 'dcid==1');
  const { student } = (await api.get('/ws/v1/student/1?expansions=school_enrollment')).json;
  assert.equal(String(student.school_enrollment.school_number), columns['schoolid']);
  const { school } = (await api.get(`/ws/v1/school/${student.school_enrollment.school_id}`)).json;
  assert.equal(String(school.school_number), columns['schoolid']);
  assert.notEqual(school.id, school.school_number);
});

test('a person at two schools has two staff records with one users_dcid', async () => {
  const { staff } = (await api.get('/ws/v1/staff/2?expansions=school_affiliations')).json;
  const records = (await api.get(`/ws/schema/table/schoolstaff?q=users_dcid==${staff.users_dcid}&projection=dcid`))
    .json;
  assert.equal(records.record.length, 2);
  assert.equal(listOf(staff.school_affiliations.school_affiliation as object[]).length, 2);
});

test('section, course, term and enrollment ids are DCIDs', async () => {
  const { section } = (await api.get('/ws/v1/section/44?expansions=term')).json;
  const columns = await row('sections', 'dcid==44');
  assert.equal((await row('courses', `dcid==${section.course_id}`))['course_number'], columns['course_number']);
  assert.equal((await row('terms', `dcid==${section.term_id}`))['id'], columns['termid']);
});

test('term ids are the year id times 100 plus n', async () => {
  const terms = (await api.get('/ws/schema/table/terms?projection=id,yearid,isyearrec&q=schoolid==360')).json.record;
  for (const { tables } of terms) {
    const term = tables['terms'] ?? {};
    assert.equal(Math.floor(Number(term['id']) / 100), Number(term['yearid']));
    assert.equal(Number(term['id']) % 100 === 0, term['isyearrec'] === '1');
  }
});

test('TermID and SectionID of a dropped class are negative, and v1 says dropped', async () => {
  const dropped = (await api.get('/ws/schema/table/cc?q=sectionid=lt=0&projection=dcid,sectionid,termid')).json.record;
  assert.ok(dropped.length > 0);
  for (const { id, tables } of dropped.slice(0, 3)) {
    assert.ok(Number(tables['cc']?.['termid']) < 0);
    const line = (await api.get(`/ws/v1/section_enrollment/${id}`)).json.section_enrollment;
    assert.equal(line.dropped, true);
    assert.equal(line.section_id, -Number(tables['cc']?.['sectionid']));
  }
});

test('some courses belong to the district: their SchoolID is 0', async () => {
  assert.ok((await courses('schoolid==0')) > 0);
  assert.ok((await courses('schoolid!=0')) > 0);
});

test('school 0 is the district office', async () => {
  const office = (await api.get('/ws/v1/school/0/staff')).json.staffs.staff;
  assert.ok(office.length > 0);
});
