import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CatalogData } from '../../../src/core/catalog/catalogData.ts';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { parseTemplate } from '../../../src/core/catalog/pathTemplate.ts';
import type { TablesData } from '../../../src/core/catalog/tablesData.ts';

const folder = new URL('../../../src/core/catalog/data/', import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const data = readJson('catalog.json') as CatalogData;
const tables = readJson('tables.json') as TablesData;
const catalog = await loadCatalog();

for (const name of ['catalog', 'tables']) {
  test(`${name}.json follows its schema`, () => {
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    const validate = ajv.compile(readJson(`${name}.schema.json`) as object);
    validate(readJson(`${name}.json`));
    assert.deepEqual(
      (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`),
      [],
    );
  });
}

test('ids are given once', () => {
  for (const list of [data.areas, data.resources, data.operations]) {
    const ids = list.map((entry) => entry.id);
    assert.deepEqual(ids, [...new Set(ids)]);
  }
  const addresses = data.operations.map((operation) => `${operation.method} ${operation.path}`);
  assert.deepEqual(addresses, [...new Set(addresses)]);
});

test('every reference leads somewhere', () => {
  const missing: string[] = [];
  const need = (there: boolean, what: string): void => {
    if (!there) missing.push(what);
  };
  const operationIds = new Set(data.operations.map((operation) => operation.id));
  for (const resource of data.resources) {
    need(
      data.areas.some((area) => area.id === resource.area),
      `${resource.id}: area`,
    );
    need(resource.expansions === undefined || resource.expansions in data.expansions, `${resource.id}: expansions`);
    need(resource.extensions === undefined || resource.extensions in data.extensions, `${resource.id}: extensions`);
    need(
      resource.table === undefined || tables.tables.some(({ name }) => name === resource.table),
      `${resource.id}: table`,
    );
  }
  for (const resource of catalog.resources) {
    for (const { path, column } of resource.recordFields) {
      const [table = '', name = ''] = (column ?? '').split('.');
      const there = tables.tables.find((entry) => entry.name === table)?.columns[name];
      need(column === undefined || there !== undefined, `${resource.id}: ${path} → ${column}`);
    }
  }
  for (const operation of data.operations) {
    const resource = data.resources.find(({ id }) => id === operation.resource);
    need(resource !== undefined, `${operation.id}: resource`);
    need(
      operation.expansions === undefined || operation.expansions === resource?.expansions,
      `${operation.id}: expansions`,
    );
    need(
      Object.values(operation.params ?? {}).every((kind) => kind in data.idKinds),
      `${operation.id}: params`,
    );
    need(
      (operation.query ?? []).every((key) => key in data.parameters),
      `${operation.id}: query`,
    );
    need(
      operation.filter === undefined ||
        operation.filter in data.queryFields ||
        ['columns', 'unknown'].includes(operation.filter),
      `${operation.id}: filter`,
    );
    need(
      operation.limitKey === undefined ||
        data.metadataKeys.some(({ key, limits }) => key === operation.limitKey && limits !== undefined),
      `${operation.id}: limitKey`,
    );
    need(operation.count === undefined || operationIds.has(operation.count), `${operation.id}: count`);
    need(
      operation.sources.every((key) => key in data.sources),
      `${operation.id}: sources`,
    );
    for (const example of [operation.body, operation.example]) {
      if (JSON.stringify(example)?.startsWith('{"$example"')) {
        need((example as { $example: string }).$example in data.examples, `${operation.id}: example`);
      }
    }
  }
  for (const [name, kind] of Object.entries(data.idKinds)) {
    need(kind.find === undefined || operationIds.has(kind.find), `${name}: find`);
    need(typeof kind.example === (kind.type === 'integer' ? 'number' : 'string'), `${name}: example`);
    need(kind.table === undefined || tables.tables.some((table) => table.name === kind.table), `${name}: table`);
  }
  for (const [name, parameter] of Object.entries(data.parameters)) {
    need(parameter.kind === undefined || parameter.kind in data.idKinds, `parameter ${name}: kind`);
    need(
      data.operations.some((operation) => operation.query?.includes(name)),
      `parameter ${name} is unused`,
    );
  }
  for (const query of data.powerQueries) need(query.source in data.sources, `${query.name}: source`);
  for (const mistake of data.mistakes) need(operationIds.has(mistake.use), `${mistake.path}: use`);
  need(
    data.events.sources.every((key) => key in data.sources),
    'events: sources',
  );
  for (const table of tables.tables) {
    need(
      table.sources.every((key) => key in tables.sources),
      `${table.name}: sources`,
    );
    need(table.key === undefined || table.key in table.columns || table.kind !== 'core', `${table.name}: key`);
  }
  assert.deepEqual(missing, []);
});

test('the parameters of a path are those that its template names', () => {
  for (const operation of data.operations) {
    const names = parseTemplate(operation.path).flatMap((piece) => ('param' in piece ? [piece.param] : []));
    assert.deepEqual(Object.keys(operation.params ?? {}), names, operation.id);
  }
});

test('a count has the path of its list and takes the same filter', () => {
  for (const operation of catalog.operations) {
    if (operation.countWith === undefined) continue;
    const count = catalog.operation(operation.countWith);
    assert.equal(count?.path, `${operation.path}/count`);
    assert.equal(count.kind, 'count');
    assert.deepEqual(count.filter, operation.filter, operation.id);
  }
});

test('what an operation offers and its query parameters agree', () => {
  for (const operation of catalog.operations) {
    const names = new Set(operation.queryParams.map((parameter) => parameter.name));
    assert.equal(names.has('expansions'), operation.expansions.length > 0, `${operation.id}: expansions`);
    assert.equal(names.has('extensions'), operation.extensionsSupported, `${operation.id}: extensions`);
    assert.equal(names.has('q'), operation.filter !== undefined, `${operation.id}: q`);
    assert.equal(names.has('page'), operation.paged, `${operation.id}: page`);
    assert.equal(names.has('pagesize'), operation.paged, `${operation.id}: pagesize`);
    assert.ok(operation.sources.length > 0, operation.id);
  }
});

test('an example of an answer has its data where the response says', () => {
  for (const { id, example, response, pathParams } of catalog.operations) {
    if (example === undefined) continue;
    if (response.shape === 'array') assert.ok(Array.isArray(example), id);
    if (response.shape === 'object') assert.ok(!Array.isArray(example), id);
    let value: unknown = example;
    for (const key of (response.root ?? '').split('.').filter((part) => part !== '')) {
      // The root of a table row is named after the table.
      const name = key === '{tablename}' ? String(pathParams.find(({ kind }) => kind === 'table')?.is.example) : key;
      value = (value as Record<string, unknown>)[name];
    }
    assert.ok(value !== undefined, id);
    for (const key of response.keys ?? []) {
      if (!key.startsWith('_')) assert.ok(key in (example as object), `${id}: ${key}`);
    }
  }
});

test('the fields of a record cover the example of its operations', () => {
  for (const resource of catalog.resources) {
    if (resource.recordFields.length === 0) continue;
    const paths = new Set(resource.recordFields.map(({ path }) => path));
    const missing: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (paths.has(path) || value === '' || path.startsWith('@') || path.startsWith('_') || path.startsWith('merge'))
        return;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) missing.push(path);
      else for (const [key, entry] of Object.entries(value)) walk(entry, path === '' ? key : `${path}.${key}`);
    };
    for (const { kind, example, response } of resource.operations) {
      if (kind !== 'one' && kind !== 'list') continue;
      if (!['wrapped', 'array', 'object'].includes(response.shape) || example === undefined) continue;
      const root = (response.root ?? '').split('.').filter((key) => key !== '');
      const found = root.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], example);
      const record: unknown = Array.isArray(found) ? found[0] : found;
      if (typeof record === 'object') walk(record, '');
    }
    assert.deepEqual(missing, [], resource.id);
  }
  const student = catalog.resource('students')?.recordFields.find(({ path }) => path === 'demographics.birth_date');
  assert.deepEqual([student?.type, student?.column, student?.expansion], ['date', 'students.dob', 'demographics']);
});

test('only what changes nothing is a read, whatever its method', () => {
  for (const { id, kind, method, writes } of catalog.operations) {
    if (method === 'GET') assert.equal(writes, false, id);
    if (method === 'PUT' || method === 'DELETE') assert.equal(writes, true, id);
    if (method === 'POST' && !writes) assert.ok(['query', 'count', 'other'].includes(kind), id);
  }
});

test('a column of a table is read with type, secrecy and description', async () => {
  const catalog = await loadTables();
  const dob = catalog.column('STUDENTS', 'Dob');
  assert.deepEqual([dob?.type, dob?.description, dob?.secret], ['date', 'Date of birth', false]);
  assert.equal(catalog.column('', 'Students.Web_Password')?.secret, true);
  assert.equal(catalog.column('students', 'first_name')?.nativeType, 'String 50');
  assert.equal(catalog.column('cc', 'expression')?.typeInferred, true);
  assert.equal(catalog.column('students', 'no_such'), undefined);
  assert.equal(catalog.seenAbsent('Teachers')?.status, 405);
});

test('sentences hold no slips of the pen', () => {
  const text = JSON.stringify([data, tables]);
  for (const slip of [
    /\b[Aa] (?:address|e-mail|assignment|enrollment|entry|id)\b/,
    /addresss|programme|catalogue/,
    / {2,}[a-z]/,
    /\b(\w{2,}) \1\b(?! \()/,
    /read_file/,
  ]) {
    assert.doesNotMatch(text, slip);
  }
});

test('the data is small enough to ship: at most 400 kB, minified', () => {
  const size = ['catalog.json', 'tables.json', 'synonyms.json'].reduce(
    (sum, name) => sum + Buffer.byteLength(JSON.stringify(readJson(name))),
    0,
  );
  assert.ok(size <= 400_000, String(size));
});
