import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerBody } from '../../../src/core/run/answerBody.ts';
import { previewOf } from '../../../src/extension/response/preview.ts';

function bodyOf(text: string): AnswerBody {
  const bytes = Buffer.from(text);
  return new AnswerBody(bytes.length, bytes, undefined);
}

const ROWS = Array.from({ length: 5000 }, (_, id) => ({ id, name: { first: `Zoë ${id}` }, tags: [] }));

test('a small answer is shown whole and indented', async () => {
  const shown = await previewOf(bodyOf('{"a":[1]}'), 100, 'json');
  assert.deepEqual(shown, { text: '{\n  "a": [\n    1\n  ]\n}\n', cut: false, records: undefined });
});

test('a larger answer is indented in steps, with the same result', async () => {
  const text = JSON.stringify({ record: Array.from({ length: 5 }, () => ROWS).flat() });
  const shown = await previewOf(bodyOf(text), 1e9, 'json');
  assert.equal(shown.text, `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
});

test('an answer over the limit shows whole records only, and is still JSON', async () => {
  const text = JSON.stringify({ '@extensions': 'x', students: { student: ROWS } });
  for (const limit of [200, 1000, 100_000]) {
    const shown = await previewOf(bodyOf(text), limit, 'json');
    const records = shown.records ?? 0;
    assert.ok(records > 0 && Buffer.byteLength(JSON.stringify(ROWS.slice(0, records + 1))) > limit - 100);
    assert.deepEqual(JSON.parse(shown.text), { '@extensions': 'x', students: { student: ROWS.slice(0, records) } });
    assert.equal(shown.cut, true);
  }
});

test('the first part of what is no list is shown as it came, without half a character', async () => {
  const shown = await previewOf(bodyOf('<a>ééé</a>'), 6, 'xml');
  assert.deepEqual(shown, { text: '<a>é', cut: true, records: undefined });
});

test('what claims to be JSON and is not comes unchanged', async () => {
  const page = `<html>  ${'  x'.repeat(200_000)}`;
  assert.equal((await previewOf(bodyOf(page), 1e9, 'json')).text, page);
  assert.equal((await previewOf(bodyOf(''), 1e9, 'json')).text, '');
});

test('of an answer of megabytes a part is shown that the editor can hold at ease', async () => {
  const text = JSON.stringify({ record: Array.from({ length: 20 }, () => ROWS).flat() });
  const shown = await previewOf(bodyOf(text), 2e6, 'json');
  assert.ok(text.length > 3e6 && shown.cut && shown.text.length < 1e6, `${shown.text.length} of ${text.length}`);
  assert.ok((shown.records ?? 0) > 5000);
});

test('XML is indented where it is short and well-formed', async () => {
  const shown = await previewOf(bodyOf('<a><b>1</b></a>'), 1e9, 'xml');
  assert.equal(shown.text, '<a>\n  <b>1</b>\n</a>\n');
  const long = `<a>${'<b>1</b>'.repeat(100_000)}</a>`;
  assert.equal((await previewOf(bodyOf(long), 1e9, 'xml')).text, long);
  for (const faulty of ['<a><b>1</b>', '<!--'.repeat(50_000), '<a>1 < 2</a>'])
    assert.equal((await previewOf(bodyOf(faulty), 1e9, 'xml')).text, faulty);
  assert.equal((await previewOf(bodyOf('<a><b>1</b></a>'), 1e9, 'html')).text, '<a><b>1</b></a>');
});
