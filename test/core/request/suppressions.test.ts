import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog, loadTables } from '../../../src/core/catalog/load.ts';
import { say } from '../../../src/core/problem/phrase.ts';
import { createRequestLanguage } from '../../../src/core/request/language.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { suppressionFixes } from '../../../src/core/request/suppressions.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';
import { meaningOf, randomFile, seededRandom } from './fuzz.ts';

const language = createRequestLanguage({
  catalog: await loadCatalog(),
  tables: await loadTables(),
  server: { name: 'North', origin: 'https://ps.example.org', kind: 'production' },
  serverNames: ['North'],
});

function codesOf(text: string): string[] {
  return language.validate(parseRequestFile(text)).map(({ code }) => code);
}

test('a comment sets warnings aside for the next line or the file, an error never', () => {
  const request = 'GET /ws/v1/district/student?expansions=phone';
  assert.deepEqual(codesOf(request), ['PS544']);
  assert.deepEqual(codesOf(`# powerschool-disable-next-line PS544\n${request}`), []);
  assert.deepEqual(codesOf(`// powerschool-disable-next-line PS540, PS544: agreed\n${request}`), []);
  assert.deepEqual(codesOf(`# powerschool-disable-next-line PS544\n\n${request}`), ['PS544']);
  assert.deepEqual(codesOf(`${request}\n\n###\n# powerschool-disable PS544\n${request}\n`), []);
  assert.deepEqual(codesOf('# powerschool-disable PS520\nGET /ws/v1/school/{{missing}}'), ['PS520']);
});

test('what a comment is offered for is set aside by it, and the file means the same', () => {
  let offered = 0;
  for (let seed = 1; seed <= 4000; seed++) {
    const { text } = parseRequestFile(randomFile(seededRandom(seed)));
    const file = parseRequestFile(text);
    const found = language.validate(file);
    for (const diagnostic of found) {
      for (const { title, edits } of suppressionFixes(file, diagnostic)) {
        offered++;
        const after = parseRequestFile(applyEdits(text, edits));
        const about = `${say(title)} in seed ${seed}: ${JSON.stringify(text)}`;
        const { faults: _, ...meaning } = meaningOf(file);
        const { faults: __, ...same } = meaningOf(after);
        assert.deepEqual(same, meaning, about);
        const left = language.validate(after).map(({ code }) => code);
        const others = (codes: readonly string[]): string[] => codes.filter((code) => code !== diagnostic.code);
        const before = found.map(({ code }) => code);
        assert.deepEqual(others(left), others(before), about);
        assert.ok(left.length < before.length, about);
      }
    }
  }
  assert.ok(offered > 4000, String(offered));
});
