import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from '../../../../src/core/problem/phrase.ts';
import { applyEdits } from '../../../../src/core/text/textRange.ts';
import { renamingFor } from '../../../../src/core/plugin/package/layoutMends.ts';
import type { PackageFileResult } from '../../../../src/core/plugin/package/lintPackage.ts';
import { LAYOUT_CODES } from '../../../../src/core/plugin/package/layoutCodes.ts';
import { PACKAGE_RULES } from '../../../../src/core/plugin/rules/package/packageRules.ts';
import { faultyFiles, lintFiles, PACKAGE_FAULTS } from './packageFaults.ts';
import { rosterFiles } from './packageOf.ts';

/** `path code offset`. */
function listed(files: readonly PackageFileResult[]): string[] {
  return files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, range }) => `${path} ${code} ${range.start}`),
  );
}

test('each fault across files is found in its file', async () => {
  for (const fault of PACKAGE_FAULTS) {
    const found = await lintFiles(faultyFiles(fault), fault);
    const codes = found.find(({ path }) => path === fault.path)?.diagnostics.map(({ code }) => code) ?? [];
    assert.ok(codes.includes(fault.code), `${fault.code} in ${fault.path}, found ${listed(found).join(', ')}`);
  }
});

test('there is a fault for every code that is found across files', () => {
  const known = new Set(PACKAGE_FAULTS.map(({ code }) => code));
  const missing = [...PACKAGE_RULES.map(({ code }) => code), ...LAYOUT_CODES].filter((code) => !known.has(code));
  assert.deepEqual(missing, []);
});

test('a fault across files is one message, and no place has two', async () => {
  const more: string[] = [];
  const usual = codesOf(await lintFiles(rosterFiles()));
  for (const fault of PACKAGE_FAULTS) {
    const files = await lintFiles(faultyFiles(fault), fault);
    const left = [...usual];
    // what the valid package has too is not of this fault, wherever it moved to
    const own = codesOf(files).filter((code) => {
      const at = left.indexOf(code);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const places = files.flatMap(({ path, diagnostics }) => diagnostics.map(({ range }) => `${path} ${range.start}`));
    if (own.some((code) => code !== fault.code)) more.push(`${fault.code} in ${fault.path} brings ${own.join(', ')}`);
    const twice = places.filter((place, i) => places.indexOf(place) !== i);
    if (twice.length > 0) more.push(`${fault.code} in ${fault.path}: two messages at ${twice.join(', ')}`);
  }
  assert.deepEqual(more, []);
});

function codesOf(files: readonly PackageFileResult[]): string[] {
  return files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

test('each mend of a fault across files leaves the package without it, and nothing else changes', async () => {
  const unmended = new Set<string>();
  for (const fault of PACKAGE_FAULTS) {
    const files = faultyFiles(fault);
    const count = (found: readonly PackageFileResult[]): number =>
      found.find(({ path }) => path === fault.path)?.diagnostics.filter(({ code }) => code === fault.code).length ?? 0;
    const before = await lintFiles(files, fault);
    const findings = before.find(({ path }) => path === fault.path)?.diagnostics ?? [];
    for (const { fixes } of findings.filter(({ code }) => code === fault.code)) {
      if (fixes.length === 0) unmended.add(fault.code);
      for (const { title, edits } of fixes) {
        const text = applyEdits(files[fault.path] ?? '', edits);
        const after = await lintFiles({ ...files, [fault.path]: text }, fault);
        assert.ok(count(after) < count(before), `${fault.code}: still there after “${say(title)}”`);
        const errors = worse(after).filter((code) => !worse(before).includes(code));
        assert.deepEqual(errors, [], `${fault.code}: “${say(title)}” brings others`);
      }
    }
  }
  // what is mended in another file, by another name for the file, or by the writer alone
  assert.deepEqual([...unmended].sort(), [
    'PS348',
    'PS355',
    'PS356',
    'PS357',
    ...LAYOUT_CODES,
    'PS475',
    'PS476',
    'PS479',
  ]);
});

function worse(files: readonly PackageFileResult[]): string[] {
  return files.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code),
  );
}

test('files and folders in the wrong place or with the wrong name are mended by another name', async () => {
  const renamed: string[] = [];
  for (const fault of PACKAGE_FAULTS.filter(({ code }) => (LAYOUT_CODES as readonly string[]).includes(code))) {
    const files = faultyFiles(fault);
    const found = (await lintFiles(files, fault)).find(({ path }) => path === fault.path)?.diagnostics ?? [];
    for (const diagnostic of found) {
      const renaming = renamingFor(diagnostic, fault.path);
      if (renaming === undefined) continue;
      const { from, to } = renaming;
      const isIn = (path: string): boolean => path === from || path.startsWith(`${from}/`);
      const moved = Object.entries(files).map(([path, text]) => [
        isIn(path) ? to + path.slice(from.length) : path,
        text,
      ]);
      const after = await lintFiles(Object.fromEntries(moved) as typeof files, fault);
      assert.ok(!codesOf(after).includes(diagnostic.code), `${diagnostic.code}: still there as ${to}`);
      renamed.push(`${diagnostic.code} ${from} → ${to}`);
    }
  }
  assert.deepEqual(renamed, [
    'PS462 Plugin.xml → plugin.xml',
    'PS463 queries_root/old/roster.named_queries.xml → queries_root/roster.named_queries.xml',
    'PS464 permissions_root/roster.mappings.xml → permissions_root/roster.permission_mappings.xml',
    'PS467 web_root/pagecataloging → pagecataloging',
    'PS474 Queries_Root → queries_root',
  ]);
});

/** The file with a comment that sets the code aside, as its kind writes comments; undefined when it has none. */
function withComment(path: string, text: string, code: string): string | undefined {
  if (/\.(?:xml|html)$/i.test(path)) return `${text}\n<!-- powerschool-disable ${code} -->\n`;
  return path.endsWith('.properties') ? `${text}\n# powerschool-disable ${code}\n` : undefined;
}

test('a comment in the file sets every code across files aside, but for files without comments and unreadable ones', async () => {
  const kept = new Set<string>();
  for (const fault of PACKAGE_FAULTS) {
    const files = faultyFiles(fault);
    const commented = withComment(fault.path, files[fault.path] ?? '', fault.code);
    if (commented === undefined || files[fault.path] === undefined) {
      kept.add(fault.code);
      continue;
    }
    const found = await lintFiles({ ...files, [fault.path]: commented }, fault);
    const there = found.find(({ path }) => path === fault.path)?.diagnostics.map(({ code }) => code) ?? [];
    assert.ok(!there.includes(fault.code), `${fault.code} in ${fault.path} stays`);
  }
  assert.deepEqual([...kept].sort(), ['PS460', 'PS464', 'PS466', 'PS467', 'PS468', 'PS469', 'PS488']);
});
