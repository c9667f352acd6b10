import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { fuzz } from './fuzz.ts';
import { fixture } from './validFiles.ts';

test('ten thousand random texts are checked without a throw or a position outside, and mends settle', () => {
  assert.deepEqual(fuzz(10_000, 4711).failures, []);
});

test('a tag that is cut off takes no elements that were moved', () => {
  const { fileName, text } = fixture('valid/roster/plugin.xml');
  const cut = text.replace(
    '<ui_contexts>\n        <ui_context id="admin.header"/>',
    '<ui_contexts/ <ui_context id="admin.header"/>',
  );
  assert.notEqual(cut, text);
  for (const { fixes } of lintText({ fileName, text: cut }).diagnostics) {
    for (const { edits } of fixes) {
      const sorted = [...edits].sort((a, b) => a.range.start - b.range.start);
      for (const [i, { range }] of sorted.entries()) assert.ok(range.start >= (sorted[i - 1]?.range.end ?? 0));
    }
  }
});
