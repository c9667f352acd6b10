import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { EVERY_FIELD, type FieldGrants } from '../../../src/sandbox/auth/installedPlugin.ts';
import { createDictionary, type Dictionary, type TableSource } from '../../../src/sandbox/district/dictionary.ts';
import { createTables, RowWriter } from '../../../src/sandbox/district/tableBuilder.ts';
import type { NamedQuery } from '../../../src/sandbox/powerquery/namedQuery.ts';
import { createPowerQueryEngine, type PowerQueryEngine } from '../../../src/sandbox/powerquery/powerQueryEngine.ts';
import { type PowerQueryRequest, readPowerQueryRequest } from '../../../src/sandbox/powerquery/powerQueryRequest.ts';

const column = (name: string, type = 'string'): { name: string; type: string } => ({ name, type });

const TABLES: readonly TableSource[] = [
  {
    name: 'students',
    description: '',
    kind: 'core',
    columns: [
      column('dcid', 'integer'),
      column('id', 'integer'),
      column('lastfirst'),
      column('grade_level', 'integer'),
      column('entrydate', 'date'),
      column('middle_name'),
      column('note', 'clob'),
    ],
  },
  {
    name: 'cc',
    description: '',
    kind: 'core',
    columns: [
      column('dcid', 'integer'),
      column('id', 'integer'),
      column('studentid', 'integer'),
      column('course_number'),
    ],
  },
  {
    name: 's_stu_x',
    description: '',
    kind: 'state extension',
    primaryKey: 'studentsdcid',
    columns: [column('studentsdcid', 'integer'), column('suffix')],
  },
];

/** Twelve students, 101 to 112 by DCID, in grades 9 to 12, each in one course; in a folder of its own. */
interface TestDistrict {
  readonly databasePath: string;
  readonly dictionary: Dictionary;
  remove(): void;
}

function createTestDistrict(): TestDistrict {
  const folder = mkdtempSync(join(tmpdir(), 'powerquery-test-'));
  const databasePath = join(folder, 'district.db');
  const dictionary = createDictionary(TABLES);
  const database = new DatabaseSync(databasePath);
  database.exec('PRAGMA journal_mode = WAL');
  createTables(database, dictionary);
  const writer = new RowWriter(database);
  for (let id = 1; id <= 12; id++) {
    writer.insert('students', {
      dcid: 100 + id,
      id,
      lastfirst: `Student ${String(id).padStart(2, '0')}`,
      grade_level: 9 + (id % 4),
      entrydate: `2026-09-${String(id).padStart(2, '0')}`,
      middle_name: id % 2 === 0 ? 'Ann' : null,
    });
    writer.insert('cc', { dcid: id, id, studentid: id, course_number: id < 4 ? 'BIO101' : 'M&M;s' });
  }
  writer.insert('s_stu_x', { studentsdcid: 101, suffix: 'Jr' });
  return {
    databasePath,
    dictionary,
    remove: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A query with what the test leaves out. */
export function namedQuery(
  query: Partial<NamedQuery> & { readonly sql: string; readonly columns: NamedQuery['columns'] },
): NamedQuery {
  return {
    name: 'org.fernhill.demo.students.list',
    coreTable: 'Students',
    summary: 'Students',
    description: '',
    args: [],
    ...query,
  };
}

/** An engine on a district of the test's own, closed with the test; `timeLimit` in milliseconds. */
export function startEngine(
  context: TestContext,
  queries: readonly NamedQuery[],
  timeLimit?: number,
): PowerQueryEngine {
  const district = createTestDistrict();
  const engine = createPowerQueryEngine({
    ...district,
    queries: () => queries,
    now: () => new Date(2026, 10, 10, 10, 30),
    dataVersion: () => '16323283',
    changedSince: (version) => new Map(version < 10 ? [['students', new Set([103, 105])]] : []),
    timeLimit,
  });
  context.after(async () => {
    await engine.close();
    district.remove();
  });
  return engine;
}

/** Calls the first query of an engine as a client would. */
export async function call(
  engine: PowerQueryEngine,
  body: unknown = {},
  query = '',
  grants: FieldGrants = EVERY_FIELD,
  name = 'org.fernhill.demo.students.list',
): Promise<Record<string, unknown>> {
  const answer = await engine.run(name, request(body, query), grants);
  if (answer.kind === 'page') return { ...answer.body };
  let text = '';
  for await (const piece of answer.pieces) text += piece;
  return JSON.parse(text) as Record<string, unknown>;
}

export function request(body: unknown = {}, query = ''): PowerQueryRequest {
  return readPowerQueryRequest(body, new URLSearchParams(query));
}
