// `npm run fuzz`: a million random and damaged texts for each language; `npm run fuzz -- 50000` for fewer.
// The seed is printed: the same seed finds the same.
import { loadCatalog, loadTables } from '../src/core/catalog/load.ts';
import { createRequestLanguage } from '../src/core/request/language.ts';
import { fuzz as fuzzPluginFiles } from './core/plugin/fuzz.ts';
import { fuzzRequestFiles } from './core/request/fuzz.ts';

const server = { name: 'North', origin: 'https://ps.example.org', kind: 'production' } as const;
const language = createRequestLanguage({
  catalog: await loadCatalog(),
  tables: await loadTables(),
  server,
  serverNames: ['North'],
});

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const ROUND = 10_000;

if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error('npm run fuzz -- [COUNT] [SEED]: two whole numbers, a count of at least 1.');
  process.exit(2);
}

console.log(`seed ${seed}`);
for (let done = 0; done < count; done += ROUND) {
  const round = Math.min(ROUND, count - done);
  const { failures } = fuzzPluginFiles(round, seed + done);
  if (failures.length > 0) {
    console.error(failures.join('\n'));
    process.exit(1);
  }
  // Half of them with all that the language can know of a server.
  fuzzRequestFiles(round / 2, seed + done);
  fuzzRequestFiles(round / 2, seed + done + round / 2, language);
  console.log(`${done + round} of ${count}`);
}
