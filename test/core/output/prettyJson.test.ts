import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyJson } from '../../../src/core/output/prettyJson.ts';

test('JSON is indented by two spaces, empty lists and objects stay on one line', () => {
  assert.equal(
    prettyJson('{"a":[1,{"b":""}],"c":{ },"d":[]}'),
    '{\n  "a": [\n    1,\n    {\n      "b": ""\n    }\n  ],\n  "c": {},\n  "d": []\n}\n',
  );
});

test('digits and escapes are kept to the letter', () => {
  assert.equal(
    prettyJson('{"id":12345678901234567890,"x":1.0,"n":"\\u00e9 \\" , {"}'),
    '{\n  "id": 12345678901234567890,\n  "x": 1.0,\n  "n": "\\u00e9 \\" , {"\n}\n',
  );
});

test('what is printed reads back as the same value', () => {
  for (const value of [null, 'x', [], {}, [[[]]], { a: [true, false, null], b: { c: 'd:e,f' } }]) {
    assert.deepEqual(JSON.parse(prettyJson(JSON.stringify(value))), value);
  }
});

test('text that is not JSON is left alone', () => {
  assert.equal(prettyJson('<html>'), '<html>');
});
