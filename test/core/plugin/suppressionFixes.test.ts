import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../../../src/core/problem/diagnostic.ts';
import { say } from '../../../src/core/problem/phrase.ts';
import { lintText } from '../../../src/core/plugin/lintText.ts';
import { SuppressionFixes } from '../../../src/core/plugin/suppressionFixes.ts';
import { applyEdits } from '../../../src/core/text/textRange.ts';
import { allMutations } from './allMutations.ts';

function codesOf(found: readonly Diagnostic[]): string[] {
  return found.map(({ code }) => code);
}

test('a comment that is offered sets aside what it is offered for, and nothing else', () => {
  const wrong: string[] = [];
  let forLines = 0;
  let forFiles = 0;
  for (const { fileName, text } of allMutations()) {
    const found = lintText({ fileName, text }).diagnostics;
    const fixes = new SuppressionFixes(fileName, text);
    for (const diagnostic of found) {
      for (const { title, edits } of fixes.of(diagnostic)) {
        const after = codesOf(lintText({ fileName, text: applyEdits(text, edits) }).diagnostics);
        const isForFile = say(title).endsWith('file');
        if (isForFile) forFiles++;
        else forLines++;
        const others = codesOf(found).filter((code) => code !== diagnostic.code);
        const left = after.filter((code) => code === diagnostic.code).length;
        const before = found.length - others.length;
        const isRight = isForFile ? left === 0 : left < before;
        const same = after.filter((code) => code !== diagnostic.code);
        if (!isRight || same.join() !== others.join())
          wrong.push(`${say(title)} in ${fileName}: ${after.join()} instead of ${codesOf(found).join()}\n${text}`);
      }
    }
  }
  assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} wrong`);
  assert.ok(forLines > 1000 && forFiles > 1000, `${forLines} ${forFiles}`);
});
