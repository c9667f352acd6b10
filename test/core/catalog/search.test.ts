import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadCatalog, loadSynonyms, loadTables } from '../../../src/core/catalog/load.ts';
import { CatalogSearch, type SearchHit } from '../../../src/core/catalog/search.ts';
import { splitWords } from '../../../src/core/catalog/searchIndex.ts';
import { mergeCatalog, mergeTables } from '../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';

const catalog = await loadCatalog();
const tables = await loadTables();
const synonyms = await loadSynonyms();
const search = new CatalogSearch(catalog, tables, synonyms);
const names = (text: string, limit = 8): string[] =>
  search.search(text, { limit }).map(({ kind, name }) => `${kind} ${name}`);

test('everyday words find what the tables and records call otherwise', () => {
  for (const [text, wanted] of [
    ['birth date', 'field demographics.birth_date'],
    ['birth date', 'column students.dob'],
    ['birthday', 'column students.dob'],
    ['homeroom', 'column students.home_room'],
    ['homeroom', 'field schedule_setup.home_room'],
    ['lunch', 'expansion lunch'],
    ['lunch balance', 'column students.balance1'],
    ['zip code', 'column students.zip'],
    ['transcript', 'table storedgrades'],
    ['webhook', 'resource Event Subscriptions'],
    ['guardians', 'powerQuery com.pearson.core.guardian.student_guardian_detail'],
    ['teachers', 'table teachers'],
    ['enroll_status', 'column students.enroll_status'],
    ['extension u_students', 'extension u_students_extension'],
  ] as const) {
    assert.ok(names(text, 20).includes(wanted), `${text}: ${names(text, 20).join(', ')}`);
  }
});

test('the name itself comes first', () => {
  assert.equal(names('students.dob')[0], 'column students.dob');
  assert.equal(names('attendance_code')[0], 'table attendance_code');
  assert.equal(names('Students')[0], 'resource Students');
  assert.equal(names('demographics')[0], 'expansion demographics');
});

test('every word has to be found; case, order and plural do not matter', () => {
  assert.deepEqual(names('zzzz'), []);
  assert.deepEqual(names('lunch zzzz'), []);
  assert.deepEqual(names(' , '), []);
  assert.deepEqual(new Set(names('BALANCE lunch')), new Set(names('lunch balance')));
  assert.ok(names('contact phones').includes('resource Contact Phones'));
});

test('a hit says what to reveal and what to try', () => {
  const [dob] = search.search('students.dob', { kinds: ['column'] });
  assert.deepEqual([dob?.table, dob?.column, dob?.operation], ['students', 'dob', 'listTableRows']);
  const [field] = search.search('demographics.birth_date', { kinds: ['field'] });
  assert.deepEqual(
    [field?.resource, field?.operation, field?.part],
    ['students', 'listDistrictStudents', 'demographics'],
  );
  const hits: SearchHit[] = search.search('student', { limit: 500 });
  for (const hit of hits) {
    if (hit.operation !== undefined) assert.ok(catalog.operation(hit.operation), hit.operation);
    if (hit.table !== undefined) assert.ok(tables.table(hit.table), hit.table);
  }
});

test('what only the server has is found too', () => {
  const facts = {
    ...NO_FACTS,
    extensions: { students: ['u_bikepermits'] },
    columns: { u_bikepermits: 'PERMIT_NO FullAccess String\nEXPIRES_ON ViewOnly Date' },
    powerQueries: [{ name: 'org.fernhill.bikes.permits.list', summary: 'Bike permits', arguments: [] }],
  };
  const own = new CatalogSearch(mergeCatalog(catalog, facts), mergeTables(tables, facts), synonyms);
  const found = own.search('bike permits').map(({ kind }) => kind);
  assert.ok(
    ['table', 'extension', 'powerQuery'].every((kind) => found.includes(kind as SearchHit['kind'])),
    found.join(),
  );
  assert.equal(own.search('permit no')[0]?.column, 'PERMIT_NO');
});

test('a hundred thousand columns: all of them can be found, and the index is built in steps', () => {
  const columns = Object.fromEntries(
    Array.from({ length: 1000 }, (_, table) => [
      `u_big_${table}`,
      Array.from({ length: 100 }, (_, column) => `COLUMN_${table}_${column} ViewOnly -`).join('\n'),
    ]),
  );
  const big = new CatalogSearch(catalog, mergeTables(tables, { ...NO_FACTS, columns }), synonyms);
  const steps = [...big.prepare()].length;
  assert.ok(steps > 40);
  assert.deepEqual([...big.prepare()], []);
  for (const table of [0, 500, 999])
    assert.equal(big.search(`u_big_${table} column_${table}_99`)[0]?.column, `COLUMN_${table}_99`);
  assert.equal(big.search('column', { limit: 30 }).length, 30);
  // A search of many hits lets others run, too.
  assert.ok([...big.searchSteps('column')].length > 20);
});

test('names are split at marks and capitals, and kept joined', () => {
  assert.deepEqual(splitWords('home_room'), ['home', 'room', 'homeroom']);
  assert.deepEqual(splitWords('LastFirst'), ['last', 'first', 'lastfirst']);
  assert.deepEqual(splitWords('Straße, Größe!'), ['straße', 'größe']);
});

test('synonyms are lower-case words, each once in its group', () => {
  const groups = JSON.parse(
    readFileSync(new URL('../../../src/core/catalog/data/synonyms.json', import.meta.url), 'utf8'),
  ) as string[][];
  for (const group of groups) {
    assert.ok(group.length > 1);
    assert.deepEqual(group, [...new Set(group)]);
    for (const word of group) assert.match(word, /^[a-z0-9_-]+$/);
  }
});
