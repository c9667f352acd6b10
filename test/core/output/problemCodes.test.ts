import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTPUT_PROBLEMS } from '../../../src/core/output/outputProblems.ts';
import { POWERSCHOOL_PROBLEMS } from '../../../src/core/powerschool/powerschoolProblems.ts';
import { allProblems } from '../../../src/core/problem/allProblems.ts';

test('codes of output are nobody else’s, and are found', () => {
  for (const [code, row] of Object.entries(OUTPUT_PROBLEMS)) {
    assert.ok(!(code in POWERSCHOOL_PROBLEMS), code);
    assert.deepEqual(allProblems().get(code), row);
  }
});
