import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { createRequestLanguage } from '../../../src/core/request/language.ts';
import { fuzzRequestFiles } from './fuzz.ts';

test('10,000 random and damaged files: nothing throws, places are true, formatting keeps the meaning', async () => {
  fuzzRequestFiles(8000, 1);
  const server = { name: 'North', origin: 'https://ps.example.org', kind: 'production' } as const;
  const context = { catalog: await loadCatalog(), tables: await loadTables(), server, serverNames: ['North'] };
  fuzzRequestFiles(2000, 1_000_000, createRequestLanguage(context));
});
