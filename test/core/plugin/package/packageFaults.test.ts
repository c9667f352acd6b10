import assert from 'node:assert/strict';
import { test } from 'node:test';
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
