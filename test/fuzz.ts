// `npm run fuzz`: a million random and damaged texts for each language, and XML texts judged beside libxml2; `npm run fuzz -- 50000` for fewer.
// The seed is printed: the same seed finds the same.
import { loadCatalog, loadTables } from '../src/core/catalog/load.ts';
import { createRequestLanguage } from '../src/core/request/language.ts';
import { fuzz as fuzzPluginFiles } from './core/plugin/fuzz.ts';
import { compareSchemaVerdicts, XSD_LANGUAGES, type XsdLanguage } from './core/plugin/verdicts/compareSchema.ts';
import { compareXmlVerdicts } from './core/plugin/verdicts/compareXml.ts';
import { fuzzRequestFiles } from './core/request/fuzz.ts';
import { Libxml2 } from './support/libxml2.ts';

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
const libxml2 = await Libxml2.load();
for (let done = 0; done < count; done += ROUND) {
  const round = Math.min(ROUND, count - done);
  const { failures } = fuzzPluginFiles(round, seed + done);
  const { differences } = compareXmlVerdicts(libxml2, round, seed + done);
  const found = [...failures, ...differences];
  for (const language of Object.keys(XSD_LANGUAGES))
    found.push(...compareSchemaVerdicts(libxml2, language as XsdLanguage, round / 5, seed + done).differences);
  if (found.length > 0) {
    console.error(found.join('\n'));
    process.exit(1);
  }
  // Half of them with all that the language can know of a server.
  fuzzRequestFiles(round / 2, seed + done);
  fuzzRequestFiles(round / 2, seed + done + round / 2, language);
  console.log(`${done + round} of ${count}`);
}
