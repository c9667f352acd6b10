import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { EVERY_FIELD } from '../../../src/sandbox/auth/installedPlugin.ts';
import { createDistrict } from '../../../src/sandbox/district/createDistrict.ts';
import { loadTableSources } from '../../../src/sandbox/district/loadTableSources.ts';
import { schoolYearOf } from '../../../src/sandbox/district/schoolYear.ts';
import type { NamedQuery, QueryArgument } from '../../../src/sandbox/powerquery/namedQuery.ts';
import { readNamedQueries } from '../../../src/sandbox/powerquery/namedQueryReader.ts';
import { translateOracle } from '../../../src/sandbox/powerquery/oracleTranslation.ts';
import { createPowerQueryEngine } from '../../../src/sandbox/powerquery/powerQueryEngine.ts';
import { Refusal } from '../../../src/sandbox/server/refusal.ts';
import { corpusExists, corpusPath } from '../../support/corpus.ts';
import { request } from './testDistrict.ts';

const skip = corpusExists ? false : 'the corpus is not there';

/** Queries of published packages. */
function corpusQueries(): NamedQuery[] {
  const folder = corpusPath('powerschool/plugin/corpus/named_queries/');
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readNamedQueries(readFileSync(join(folder, name), 'utf8')));
}

/** Something that a caller could give. */
function plausible({ name, column, type }: QueryArgument): unknown {
  const value = /date/i.test(`${name}${column ?? ''}`) ? '2026-10-01' : '1';
  return type === 'array' ? [value] : value;
}

test('most published PowerQueries run on the invented district', { skip }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'powerquery-corpus-'));
  const databasePath = join(folder, 'district.db');
  const plan = { students: 200, schools: 3, seed: 1, schoolYear: schoolYearOf('2026-11-10') };
  const district = await createDistrict(databasePath, await loadTableSources(), plan);
  const { dictionary } = district;
  const all = corpusQueries();
  let queries: NamedQuery[] = [];
  const engine = createPowerQueryEngine({
    databasePath,
    dictionary,
    queries: () => queries,
    now: () => new Date(2026, 10, 10),
  });
  context.after(async () => {
    await engine.close();
    district.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const refused: string[] = [];
  let known = 0;
  let filled = 0;
  for (const query of all) {
    // Several versions of one package have queries of the same name.
    queries = [query];
    const args = Object.fromEntries(query.args.map((argument) => [argument.name, plausible(argument)]));
    try {
      const answer = await engine.run(query.name, request(args), EVERY_FIELD);
      assert.ok(answer.kind === 'page');
      if (answer.assumed.length === 0) known += 1;
      if (answer.body['record'] !== undefined) filled += 1;
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      refused.push(`${query.name}: ${error.message}`);
    }
  }
  const run = all.length - refused.length;
  context.diagnostic(
    `${run} of ${all.length} run, ${filled} with rows, ${known} on tables and columns that the district has`,
  );
  for (const line of refused) context.diagnostic(line);
  assert.ok(run / all.length >= 0.9, `${run} of ${all.length}`);
});

test('no part of a query makes the translation fail', { skip }, () => {
  for (const { sql } of corpusQueries()) {
    for (let end = 0; end < sql.length; end += 37) translateOracle(sql.slice(0, end));
    for (let start = 1; start < sql.length; start += 41) translateOracle(`select ${sql.slice(start)}`);
  }
  const deep = translateOracle(`select ${'('.repeat(200_000)}1`);
  assert.equal(deep.ok, false);
});
