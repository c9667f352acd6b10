import { say } from '../../../src/core/problem/phrase.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixAll, lintText } from '../../../src/core/plugin/lintText.ts';
import type { Diagnostic } from '../../../src/core/problem/diagnostic.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';
import { allMutations } from './allMutations.ts';
import { fixture, VALID_FILES } from './validFiles.ts';

/** Errors and warnings, and those information findings that have a mend. */
function findings(file: { fileName: string; text: string }): readonly Diagnostic[] {
  return lintText(file).diagnostics;
}

function count(list: readonly Diagnostic[], code: string): number {
  return list.filter((diagnostic) => diagnostic.code === code).length;
}

test('each mend of every finding leaves a file without that finding', () => {
  const left: string[] = [];
  let fixes = 0;
  for (const mutation of allMutations()) {
    const before = findings(mutation);
    for (const { code, fixes: offered, severity } of before) {
      if (severity === 'hint') continue;
      for (const { title, edits } of offered) {
        fixes++;
        const after = findings({ ...mutation, text: applyEdits(mutation.text, edits) });
        if (count(after, code) >= count(before, code))
          left.push(`${mutation.fileName}, ${mutation.name}: ${code} after “${say(title)}”`);
      }
    }
  }
  assert.deepEqual(left, []);
  assert.ok(fixes > 3000);
});

test('the edits of a mend never overlap', () => {
  for (const { fileName, text } of allMutations()) {
    for (const { fixes } of findings({ fileName, text })) {
      for (const { title, edits } of fixes) {
        const sorted = [...edits].sort((a, b) => a.range.start - b.range.start);
        for (const [i, { range }] of sorted.entries()) {
          assert.ok(range.start <= range.end && range.end <= text.length, say(title));
          assert.ok(range.start >= (sorted[i - 1]?.range.end ?? 0), say(title));
        }
      }
    }
  }
});

test('mending all twice changes nothing more, and nothing that could be mended is left', () => {
  for (const mutation of allMutations()) {
    const once = fixAll(mutation);
    assert.equal(fixAll({ ...mutation, text: once }), once, mutation.name);
    const mendable = findings({ ...mutation, text: once }).filter(({ fixes }) =>
      fixes.some(({ automatic }) => automatic),
    );
    assert.deepEqual(mendable, [], mutation.name);
  }
});

test('mending all leaves valid files as they are', () => {
  for (const path of VALID_FILES) {
    const file = fixture(path);
    assert.equal(fixAll(file), file.text);
  }
});

function keptComments(written: string): string[] {
  return [...written.matchAll(/<!-- (?:Grants|Students|Class)[^>]*-->/g)].map(([comment]) => comment);
}

test('comments and layout survive mending', () => {
  for (const { fileName, text, name } of allMutations()) {
    const mended = fixAll({ fileName, text });
    assert.deepEqual(keptComments(mended), keptComments(text), name);
    // every line that was not part of a fault is still there
    const lines = new Set(mended.split('\n'));
    const lost = text.split('\n').filter((line) => !lines.has(line));
    const moved = /outside of|before links|twice|mis|deleted|never closed|half closed|unclosed|without|capitals/.test(
      name,
    );
    assert.ok(moved || lost.length <= 2, `${name}: ${lost.join('\n')}`);
  }
});

test('a byte order mark stays when everything is mended', () => {
  const { fileName, text } = fixture('valid/roster/plugin.xml');
  const faulty = `\ufeff${text.replace('access="ViewOnly"', 'access="viewonly"')}`;
  assert.equal(fixAll({ fileName, text: faulty }), `\ufeff${text}`);
});

test('CRLF line ends stay when lines are added', () => {
  const { fileName, text } = fixture('valid/roster/plugin.xml');
  const faulty = text.replace('</access_request>', '').replaceAll('\n', '\r\n');
  assert.equal(fixAll({ fileName, text: faulty }).replace(/\r\n/g, '').includes('\n'), false);
});
