import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import { allMutations } from './allMutations.ts';
import type { Mutation } from './mutation.ts';
import { fixture, VALID_FILES } from './validFiles.ts';

function findings(file: { fileName: string; text: string }) {
  return lintText(file).diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

function place({ text }: { text: string }, offset: number): string {
  const { line, character } = new LineIndex(text).positionAt(offset);
  return `${line + 1}:${character + 1}`;
}

function isFound(mutation: Mutation): boolean {
  return findings(mutation).some(
    ({ code, range }) => range.start === mutation.at && mutation.codes.some((wanted) => code.endsWith(wanted)),
  );
}

test('the files that the faults are put into have neither errors nor warnings', () => {
  for (const path of VALID_FILES) {
    assert.deepEqual(findings(fixture(path)), [], path);
  }
});

test('each of more than three thousand single faults is found at its line and column', () => {
  const missed: string[] = [];
  let faults = 0;
  for (const mutation of allMutations()) {
    faults++;
    if (isFound(mutation)) continue;
    const found = findings(mutation).map(({ code, range }) => `${code} at ${place(mutation, range.start)}`);
    missed.push(
      `${mutation.fileName}, ${mutation.name}: wanted ${mutation.codes.join(' or ')} at ${place(mutation, mutation.at)}, found ${found.join(', ')}`,
    );
  }
  assert.deepEqual(missed, []);
  assert.ok(faults > 3000, `only ${faults} faults were generated`);
});

test('a single fault brings at most one and a half messages on average', () => {
  let faults = 0;
  let messages = 0;
  for (const mutation of allMutations()) {
    faults++;
    messages += findings(mutation).length;
  }
  assert.ok(messages / faults <= 1.5, `${messages} messages for ${faults} faults`);
});

test('the same faults are found in files with CRLF line ends', () => {
  const missed: string[] = [];
  for (const mutation of allMutations()) {
    const before = mutation.text.slice(0, mutation.at).replaceAll('\n', '\r\n');
    const crlf = { ...mutation, text: mutation.text.replaceAll('\n', '\r\n'), at: before.length };
    if (!isFound(crlf)) missed.push(`${mutation.fileName}, ${mutation.name}`);
  }
  assert.deepEqual(missed, []);
});
