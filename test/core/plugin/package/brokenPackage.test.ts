import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertFields } from '../../../../src/core/plugin/making/fieldInsertion.ts';
import { renamingFor } from '../../../../src/core/plugin/package/layoutMends.ts';
import type { Diagnostic } from '../../../../src/core/problem/diagnostic.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { BROKEN_PACKAGE } from '../../../e2e/support/brokenPackage.ts';
import { lintFiles } from './packageFaults.ts';

/** Takes the first mend of a finding, as the editor offers it. */
function mend(files: Record<string, string>, path: string, diagnostic: Diagnostic): void {
  const text = files[path] ?? '';
  const renaming = renamingFor(diagnostic, path);
  if (renaming !== undefined) {
    delete files[path];
    files[renaming.to] = text;
    return;
  }
  if (diagnostic.code === 'PS475') {
    const [, table, column] = diagnostic.args.map(String);
    const manifest = files['plugin.xml'] ?? '';
    const outcome = insertFields(manifest, [{ table: table ?? '', column: column ?? '' }]);
    assert.ok(outcome.kind === 'insert', outcome.kind);
    files['plugin.xml'] = applyEdits(manifest, [{ range: outcome, text: outcome.text }]);
    return;
  }
  const [fix] = diagnostic.fixes;
  assert.ok(fix, `${diagnostic.message} has a mend`);
  files[path] = applyEdits(text, fix.edits);
}

test('a package with a fault of nearly every kind is mended by the first mend of each finding', async () => {
  const files: Record<string, string> = { ...BROKEN_PACKAGE };
  let mended = 0;
  for (;;) {
    const found = await lintFiles(files, { kind: 'folder' });
    const [first] = found.flatMap(({ path, diagnostics }) => diagnostics.map((diagnostic) => ({ path, diagnostic })));
    if (first === undefined) break;
    mend(files, first.path, first.diagnostic);
    mended++;
    assert.ok(mended < 40, 'the mends do not come to an end');
  }
  assert.equal(mended, 21);
  const all = Object.values(files).join('\n');
  for (const comment of [
    '<!-- Who may ride',
    '<!-- how the office',
    '<!-- the name as printed',
    '# Texts of the pages',
  ])
    assert.ok(all.includes(comment), comment);
  assert.match(
    files['plugin.xml'] ?? '',
    /\n {4}<field table="STUDENTS" field="GRADE_LEVEL" access="ViewOnly"\/>\n {2}</,
  );
});
