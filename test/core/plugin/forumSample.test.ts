import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';
import { fixture } from './validFiles.ts';

const sample = { ...fixture('forum-sample.xml'), fileName: 'plugin.xml' };

function errors(text: string) {
  return lintText({ fileName: 'plugin.xml', text }).diagnostics.filter(({ severity }) => severity === 'error');
}

test('a manifest mangled by copy and paste gets one message for each thing that is lost', () => {
  const lines = new LineIndex(sample.text);
  const found = errors(sample.text).map(({ code, range }) => {
    const { line, character } = lines.positionAt(range.start);
    return `${code} ${line + 1}:${character + 1}`;
  });
  assert.deepEqual(found, [
    'PS105 2:1', // <plugin> is never closed
    'PS131 2:9', // the namespace is empty
    'PS121 3:1', // xsi is not declared
    'PS133 6:1', // the fields stand outside of <access_request>
    'PS105 13:1', // <publisher> is never closed
    'PS139 14:10', // the e-mail address is empty
  ]);
});

test('each message says what to write', () => {
  const messages = errors(sample.text)
    .map(({ message }) => message)
    .join('\n');
  for (const part of [
    '</plugin>',
    'xmlns="http://plugin.powerschool.pearson.com"',
    'xmlns:xsi=',
    '<access_request>',
    '</publisher>',
    'email',
  ]) {
    assert.ok(messages.includes(part), `nothing says ${part}`);
  }
});

test('quick fixes alone make it a manifest without errors', () => {
  let { text } = sample;
  for (let round = 0; round < 20; round++) {
    const fix = errors(text).find(({ fixes }) => fixes.length > 0)?.fixes[0];
    if (fix === undefined) break;
    text = applyEdits(text, fix.edits);
  }
  assert.deepEqual(errors(text), []);
  assert.equal(text.match(/<field /g)?.length, sample.text.match(/<field /g)?.length);
});
