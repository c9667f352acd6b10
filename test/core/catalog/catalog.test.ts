import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog } from '../../../src/core/catalog/load.ts';
import { fillTemplate } from '../../../src/core/catalog/pathTemplate.ts';

const catalog = await loadCatalog();
const found = (method: string, target: string): string | undefined => catalog.match(method, target)?.operation.id;

test('every operation is found by its own address', () => {
  for (const operation of catalog.operations) {
    const values = Object.fromEntries(operation.pathParams.map(({ name, is }) => [name, String(is.example)]));
    const match = catalog.match(operation.method, fillTemplate(operation.path, values));
    assert.equal(match?.operation.id, operation.id);
    assert.deepEqual(match.pathParams, values);
  }
});

test('origin, query, end slash and letter case of the method do not matter', () => {
  for (const target of [
    '/ws/v1/student/4101',
    '/ws/v1/student/4101/',
    '/ws/v1/student/4101?expansions=phones/x',
    'https://ps.example.org:8443/ws/v1/student/4101#top',
    '{{host}}/ws/v1/student/4101',
    'https://{{host}}/ws/v1/student/4101',
  ]) {
    assert.equal(found('get', target), 'getStudent', target);
  }
});

test('fixed text wins over a parameter', () => {
  assert.equal(found('GET', '/ws/schema/table/students/count'), 'countTableRows');
  assert.equal(found('GET', '/ws/schema/table/students/17'), 'getTableRow');
  assert.equal(found('GET', '/ws/schema/table/storedgrades/17'), 'getStoredGrade');
  assert.equal(found('GET', '/ws/schema/table/storedgrades'), 'listTableRows');
  assert.equal(found('GET', '/ws/schema/query/api'), 'describePowerQueries');
  assert.equal(found('POST', '/ws/schema/query/org.fernhill.demo.students.list/count'), 'countPowerQuery');
});

test('a table name counts in any case, other text does not', () => {
  assert.equal(found('GET', '/ws/schema/table/StoredGrades/17'), 'getStoredGrade');
  assert.equal(found('GET', '/WS/v1/student/17'), undefined);
});

test('variables stand for values, also with a slash inside', () => {
  const match = catalog.match('GET', '/ws/v1/school/{{first.response.body.$.a/b}}/student?page=1');
  assert.equal(match?.operation.id, 'listSchoolStudents');
  assert.deepEqual(match.pathParams, { id: '{{first.response.body.$.a/b}}' });
});

test('values of a path are decoded, broken escapes stay as they are', () => {
  assert.deepEqual(catalog.match('GET', '/ws/schema/area/a%20b/table')?.pathParams, { area: 'a b' });
  assert.deepEqual(catalog.match('GET', '/ws/schema/area/100%/table')?.pathParams, { area: '100%' });
});

test('what can be done at an address is told for every method', () => {
  assert.deepEqual(
    catalog.matchAll('/ws/v1/event_subscription').map(({ operation }) => operation.method),
    ['GET', 'PUT', 'DELETE'],
  );
  assert.equal(found('GET', '/ws/schema/query/a.b.c.d.e'), undefined);
});

test('addresses that people try lead to the right one with the reason', () => {
  for (const [method, target, id] of [
    ['PUT', '/ws/v1/student/4101', 'saveStudents'],
    ['GET', '/ws/v1/students', 'listDistrictStudents'],
    ['GET', '/ws/v1/district/staff', 'listSchoolStaff'],
    ['GET', '/ws/schema/query/a.b.c.d.e', 'runPowerQuery'],
  ] as const) {
    const [suggestion] = catalog.nearest(target, method);
    assert.equal(suggestion?.operation.id, id);
    assert.ok(suggestion.reason, target);
  }
});

test('a slip in an address leads to the nearest ones, nonsense to none', () => {
  const first = (target: string): string | undefined => catalog.nearest(target)[0]?.operation.id;
  assert.equal(first('/ws/v1/distict/student'), 'listDistrictStudents');
  assert.equal(first('/ws/v1/school/5/sections'), 'listSchoolSections');
  assert.equal(first('/ws/schema/tabel/students'), 'listTableRows');
  assert.equal(first('/ws/v1/staf/88'), 'getStaff');
  assert.deepEqual(catalog.nearest('/index.html'), []);
  assert.deepEqual(catalog.nearest(''), []);
});

test('a path is filled with encoded values; a variable and a missing value stay', () => {
  assert.equal(fillTemplate('/ws/schema/area/{area}/table', { area: 'a/b ü' }), '/ws/schema/area/a%2Fb%20%C3%BC/table');
  assert.equal(fillTemplate('/ws/v1/student/{id}', { id: '{{dcid}}' }), '/ws/v1/student/{{dcid}}');
  assert.equal(fillTemplate('/ws/v1/student/{id}', {}), '/ws/v1/student/{id}');
  assert.equal(fillTemplate('/ws/xte/grade_scale/scales/{ids}', { ids: '4,5' }), '/ws/xte/grade_scale/scales/4,5');
});
