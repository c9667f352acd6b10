import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortedJson } from '../../../src/core/output/sortedJson.ts';

test('keys are in order at every depth, lists keep theirs, and digits and escapes are kept to the letter', () => {
  assert.equal(
    sortedJson('{"b":[{"z":1.0,"a":12345678901234567890}, [], {}],\n "a":"\\u00e9 , } \\"", "B":null}'),
    '{\n  "B": null,\n  "a": "\\u00e9 , } \\"",\n  "b": [\n    {\n      "a": 12345678901234567890,\n      "z": 1.0\n    },\n    [],\n    {}\n  ]\n}\n',
  );
});

test('text that is not JSON comes back unchanged', () => {
  assert.equal(sortedJson('<b/>'), '<b/>');
  assert.equal(sortedJson('{"a":'), '{"a":');
});

test('a long string does not end the reader', () => {
  const text = JSON.stringify({ b: 'x"'.repeat(2_000_000), a: 1 });
  assert.deepEqual(JSON.parse(sortedJson(text)), JSON.parse(text));
});
