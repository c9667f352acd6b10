import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start();
});
after(() => api.stop());

async function xml(path: string, accept?: string) {
  const headers = { Authorization: `Bearer ${await api.token()}`, ...(accept === undefined ? {} : { Accept: accept }) };
  return api.raw('GET', path, headers);
}

test('without an Accept header that names JSON, v1 answers XML', async () => {
  for (const accept of [undefined, '*/*', 'application/xml', 'text/html']) {
    const answer = await xml('/ws/v1/student/1', accept);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/xml/, accept ?? 'none');
    assert.equal(XMLValidator.validate(answer.text), true);
  }
  const json = await xml('/ws/v1/student/1', 'application/json, text/plain, */*');
  assert.match(json.headers.get('content-type') ?? '', /^application\/json/);
});

test('the XML has the same records as the JSON, with attributes for the @ keys', async () => {
  const path = '/ws/v1/district/student?pagesize=3&expansions=phones,school_enrollment';
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });
  const { students } = parser.parse((await xml(path)).text) as {
    students: { '@expansions': string; student: { id: string; school_enrollment: { school_id: string } }[] };
  };
  const expected = (await api.get(path)).json.students;
  assert.equal(students['@expansions'], expected['@expansions']);
  assert.deepEqual(
    students.student.map((student) => [student.id, student.school_enrollment.school_id]),
    expected.student.map((student) => [String(student.id), String(student.school_enrollment.school_id)]),
  );
});

test('characters that XML minds are escaped', async () => {
  const answer = await xml('/ws/v1/student/11');
  assert.match(answer.text, /<last_name>Marks &amp; Sons, &lt;Ltd&gt;<\/last_name>/);
});

test('tables, contacts and the gradebook are JSON whatever is accepted', async () => {
  for (const path of [
    '/ws/schema/table/students?projection=dcid',
    '/ws/contacts/contact/1',
    '/ws/xte/section/standard',
  ]) {
    const answer = await xml(path);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/, path);
    assert.notEqual(answer.json, undefined);
  }
});

test('errors of v1 are errorMessage, in XML when JSON is not accepted', async () => {
  const answer = await xml('/ws/v1/student/999999');
  assert.equal(answer.status, 404);
  assert.match(answer.text, /<errorMessage><message>Resource not found<\/message><\/errorMessage>$/);
  const json = await api.get('/ws/v1/student/999999');
  assert.deepEqual(json.json, { errorMessage: { message: 'Resource not found' } });
});

test('a wrong method is 405 in XML when JSON is not accepted, whatever the family', async () => {
  const answer = await xml('/ws/schema/query/org.fernhill.demo.students.list');
  assert.equal(answer.status, 405);
  assert.match(answer.text, /<errorMessage><message>HTTP 405 Method Not Allowed<\/message><\/errorMessage>$/);
});
