import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { corpusExists, readCorpusJson } from '../../support/corpus.ts';

interface EndpointFact {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly pathParams: readonly { readonly name: string; readonly type: string }[];
  readonly queryParams: readonly { readonly name: string; readonly required: boolean; readonly default?: unknown }[];
  readonly expansions: readonly string[];
  readonly extensionsSupported: boolean;
  readonly supportsPaging: boolean;
  readonly maxPageSizeKey?: string;
  readonly countPath?: string;
  readonly queryFields?: readonly string[];
  readonly responseRoot: string | null;
  readonly responseShape: string;
  readonly statuses?: readonly number[];
  readonly sinceVersion?: string;
  readonly accessibleTo: readonly string[];
  readonly responseExample?: unknown;
  readonly requestBodyExample?: unknown;
  readonly unverified?: readonly string[];
}

interface CatalogFacts {
  readonly endpoints: readonly EndpointFact[];
  readonly metadataKeys: Readonly<Record<string, string>>;
  readonly expansionsByResource: Readonly<Record<string, readonly string[]>>;
  readonly knownPowerQueries: readonly { readonly name: string }[];
}

interface TableFacts {
  readonly tables: readonly {
    readonly name: string;
    readonly primaryKey?: string;
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly typeInferred?: boolean;
      readonly description?: string;
      readonly nativeType?: string;
    }[];
  }[];
  readonly powerQueryViews: readonly string[];
}

const options = { skip: corpusExists ? false : 'the facts are not beside the project' };

test('every endpoint of the facts is in the catalog with all it offers', options, async () => {
  const catalog = await loadCatalog();
  const facts = readCorpusJson('powerschool/api/catalog.json') as CatalogFacts;
  assert.equal(facts.endpoints.length, 131);
  assert.equal(catalog.operations.length, facts.endpoints.length);
  for (const fact of facts.endpoints) {
    const operation = catalog.operations.find(({ method, path }) => method === fact.method && path === fact.path);
    assert.ok(operation, fact.id);
    assert.deepEqual(
      operation.pathParams.map(({ name, is }) => [name, is.type]),
      fact.pathParams.map(({ name, type }) => [name, type]),
      fact.id,
    );
    assert.deepEqual(
      operation.queryParams.map(({ name, required, default: value }) => [
        name,
        required ?? false,
        name === 'projection' ? undefined : value,
      ]),
      fact.queryParams.map(({ name, required, default: value }) => [name, required, value]),
      fact.id,
    );
    assert.deepEqual(
      operation.expansions.map(({ name }) => name),
      fact.expansions,
      fact.id,
    );
    assert.equal(operation.extensionsSupported, fact.extensionsSupported, fact.id);
    assert.equal(operation.paged, fact.supportsPaging, fact.id);
    assert.equal(operation.limitKey, fact.maxPageSizeKey, fact.id);
    assert.equal(
      operation.countWith === undefined ? undefined : catalog.operation(operation.countWith)?.path,
      fact.countPath,
      fact.id,
    );
    assert.deepEqual(operation.filter?.fields.map(({ name }) => name) ?? [], fact.queryFields ?? [], fact.id);
    assert.deepEqual(
      [operation.response.shape, operation.response.root ?? null],
      [fact.responseShape, fact.responseRoot],
      fact.id,
    );
    assert.deepEqual(operation.statuses, fact.statuses ?? [], fact.id);
    assert.equal(operation.since, fact.sinceVersion, fact.id);
    assert.deepEqual(operation.callers, fact.accessibleTo, fact.id);
    assert.equal(operation.example !== undefined, (fact.responseExample ?? undefined) !== undefined, fact.id);
    assert.equal(operation.body !== undefined, (fact.requestBodyExample ?? undefined) !== undefined, fact.id);
    if ((fact.unverified ?? []).length > 0) assert.ok(operation.unverified.length > 0, fact.id);
  }
  assert.deepEqual(catalog.metadataKeys.map(({ key }) => key).sort(), Object.keys(facts.metadataKeys).sort());
  assert.deepEqual(
    catalog.powerQueries.map(({ name }) => name),
    facts.knownPowerQueries.map(({ name }) => name),
  );
  for (const [set, names] of Object.entries(facts.expansionsByResource)) {
    assert.deepEqual(
      catalog.data.expansions[set]?.map(({ name }) => name),
      names,
    );
  }
});

test('every table and column of the facts is in the tables', options, async () => {
  const catalog = await loadTables();
  const facts = readCorpusJson('powerschool/api/tables.json') as TableFacts;
  assert.deepEqual(
    catalog.tables.map(({ name }) => name),
    facts.tables.map(({ name }) => name),
  );
  for (const fact of facts.tables) {
    const table = catalog.table(fact.name);
    assert.equal(table?.key, fact.primaryKey, fact.name);
    assert.deepEqual(
      table?.columns.map((column) => [
        column.name,
        column.type,
        column.typeInferred,
        column.nativeType,
        column.description !== '',
      ]),
      fact.columns.map((column) => [
        column.name,
        column.type,
        column.typeInferred ?? false,
        column.nativeType,
        column.description !== undefined,
      ]),
      fact.name,
    );
  }
  assert.deepEqual(catalog.powerQueryViews, facts.powerQueryViews);
});
