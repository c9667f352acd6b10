import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSwaggerQueries } from '../../../src/core/catalog/swaggerQueries.ts';
import { Refusal } from '../../../src/sandbox/server/refusal.ts';
import { namedQuery, startEngine } from './testDistrict.ts';

const QUERY = namedQuery({
  tags: ['roster'],
  args: [
    { name: 'grade', column: 'STUDENTS.GRADE_LEVEL', required: true, type: 'primitive', description: 'A grade' },
    { name: 'since', column: 'STUDENTS.ENTRYDATE', required: true, type: 'primitive', default: '2026-08-01' },
    { name: 'codes', required: false, type: 'array' },
  ],
  columns: [
    { text: 'STUDENTS.DCID', description: 'Key' },
    { text: 'course', column: 'CC.COURSE_NUMBER' },
    { text: 'cc.again', column: 'cc.course_number' },
  ],
  sql: 'select 1, 2, 3 from dual',
});

test('the description of the queries is Swagger as the field’s clients read it', (context) => {
  const engine = startEngine(context, [QUERY, { ...QUERY, name: 'a.b', args: [], flattened: true }]);
  const described = engine.describe() as {
    swagger: string;
    paths: Record<string, { post: Record<string, unknown> }>;
    definitions: Record<string, Record<string, unknown>>;
  };
  assert.equal(described.swagger, '2.0');
  const { post } = described.paths[`/ws/schema/query/${QUERY.name}`] ?? {};
  assert.deepEqual([post?.['tags'], post?.['summary']], [['students', 'roster'], 'Students']);
  assert.deepEqual(post?.['parameters'], [
    { in: 'body', name: 'body', required: true, schema: { $ref: `#/definitions/powerquery.param.${QUERY.name}` } },
  ]);
  assert.deepEqual(described.definitions[`powerquery.param.${QUERY.name}`], {
    type: 'object',
    required: ['grade'],
    properties: {
      grade: { type: 'integer', description: 'A grade' },
      since: { type: 'string', format: 'date', default: '2026-08-01' },
      codes: { type: 'array', items: { type: 'string' } },
    },
  });
  assert.deepEqual(described.definitions[`powerquery.resp.${QUERY.name}.record`]?.['properties'], {
    students: {
      type: 'object',
      properties: { dcid: { type: 'string', description: 'Key' }, course: { type: 'string' } },
    },
    cc: { type: 'object', properties: { again: { type: 'string' } } },
  });
  assert.equal(described.paths['/ws/schema/query/a.b']?.post['parameters'], undefined);
  const flat = described.definitions['powerquery.resp.a.b.record']?.['properties'] ?? {};
  assert.deepEqual(Object.keys(flat), ['dcid', 'course', 'again']);
});

test('the product reads its own description', (context) => {
  const [found] = readSwaggerQueries(startEngine(context, [QUERY]).describe()) ?? [];
  assert.equal(found?.name, QUERY.name);
  assert.deepEqual(
    found.arguments.map(({ name, type, required }) => [name, type, required ?? false]),
    [
      ['grade', 'integer', true],
      ['since', 'date', false],
      ['codes', 'string[]', false],
    ],
  );
});

test('the access list names every column once', (context) => {
  const engine = startEngine(context, [QUERY]);
  assert.deepEqual(engine.accessList(QUERY.name), {
    name: QUERY.name,
    access_request: {
      field: [
        { table: 'STUDENTS', field: 'DCID', access: 'ViewOnly' },
        { table: 'CC', field: 'COURSE_NUMBER', access: 'ViewOnly' },
      ],
    },
  });
  assert.throws(() => engine.accessList('a.b'), Refusal);
});
