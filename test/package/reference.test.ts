import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { allProblems } from '../../src/core/problem/allProblems.ts';
import { withRules } from '../../scripts/lintConfigSchema.ts';
import { referencePage } from '../../src/core/problem/referencePage.ts';

test('docs/reference.md is what npm run reference writes', async () => {
  const written = await readFile(new URL('../../docs/reference.md', import.meta.url), 'utf8');
  assert.equal(written, referencePage());
});

test('every code has the form PS and four digits or three, a sentence, a mend, a reason and a source', async () => {
  for (const [code, row] of allProblems()) {
    assert.match(code, /^PS[1-59]\d{2,3}$/);
    for (const key of ['message', 'mend', 'why', 'source'] as const) {
      assert.ok(row[key].trim() !== '', `${code} has a ${key}`);
    }
    if (row.why.length > 3) assert.match(row.why, /[.!)]$/, `the reason of ${code} is a sentence`);
  }
});

test('every code is reported somewhere in the sources', async () => {
  const core = new URL('../../src/', import.meta.url);
  const files = (await readdir(core, { recursive: true })).filter((file) => /\.ts$|\.schema\.json$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file.replaceAll('\\', '/'), core), 'utf8')));
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/['"](PS\d{3,4})['"]/g)].map(([, code]) => code)));
  const codes = [...allProblems().keys()];
  // the codes that XML languages share are made of a prefix and a number
  assert.deepEqual(
    codes.filter((code) => !named.has(code) && !/^PS[1-4][0-4]\d$/.test(code)),
    [],
  );
});

test('the schema of the lint configuration has the rules that npm run reference writes', async () => {
  const written = await readFile(new URL('../../media/lintConfig.schema.json', import.meta.url), 'utf8');
  assert.equal(written.replaceAll('\r\n', '\n'), withRules(written));
});
