import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from './fuzz.ts';

test('ten thousand random texts are checked without a throw or a position outside, and mends settle', () => {
  assert.deepEqual(fuzz(10_000, 4711).failures, []);
});
