import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLintConfig } from '../../../src/core/plugin/lintConfig.ts';

function ignores(patterns: readonly string[], path: string): boolean {
  const reading = readLintConfig(JSON.stringify({ ignore: patterns }));
  assert.equal(reading.kind, 'config');
  return reading.kind === 'config' && reading.config.ignores(path);
}

test('patterns are those of .gitignore', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['old', 'old/plugin.xml', true],
    ['old', 'a/old/b/plugin.xml', true],
    ['old', 'older/plugin.xml', false],
    ['old/', 'old/plugin.xml', true],
    ['./old/plugin.xml', 'old/plugin.xml', true],
    ['a/old', 'b/a/old/plugin.xml', false],
    ['**/old/*.xml', 'a/b/old/plugin.xml', true],
    ['**/old/*.xml', 'old/plugin.xml', true],
    ['old/*.xml', 'old/queries_root/a.xml', false],
    ['old/**', 'old/queries_root/a.xml', true],
    ['*.named_queries.xml', 'a/queries_root/x.named_queries.xml', true],
    ['v?/plugin.xml', 'v1/plugin.xml', true],
    ['v?/plugin.xml', 'v12/plugin.xml', false],
    ['a.b', 'axb', false],
    ['old\\plugin.xml', 'old/plugin.xml', true],
  ];
  for (const [pattern, path, expected] of cases) assert.equal(ignores([pattern], path), expected, `${pattern} ${path}`);
});

test('what is not understood is a fault with its reason', () => {
  const faults: readonly (readonly [string, RegExp])[] = [
    ['{', /JSON/],
    ['[]', /object/],
    ['{ "rule": {} }', /“rule” is not known/],
    ['{ "rules": [] }', /rules must be an object/],
    ['{ "rules": { "PS999": "off" } }', /“PS999” is no code/],
    ['{ "rules": { "PS265": "warn" } }', /PS265 must be off/],
    ['{ "ignore": "old" }', /list of paths/],
  ];
  for (const [text, reason] of faults) {
    const reading = readLintConfig(text);
    assert.match(reading.kind === 'faulty' ? reading.reason : '', reason, text);
  }
});

test('a byte order mark is nothing', () => {
  const reading = readLintConfig('\ufeff{ "rules": { "PS265": "off" } }');
  assert.deepEqual(reading.kind === 'config' && reading.config.rules, { PS265: 'off' });
});
