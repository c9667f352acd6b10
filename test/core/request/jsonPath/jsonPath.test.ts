import { say } from '../../../../src/core/problem/phrase.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonPath, parseJsonPathPrefix } from '../../../../src/core/request/jsonPath/parseJsonPath.ts';
import { equalJson, isLess, selectJson } from '../../../../src/core/request/jsonPath/selectJson.ts';

const DISTRICT = {
  '@expansions': 'phones',
  schools: {
    school: [
      { id: 5, name: 'North', grades: [9, 10, 11, 12], address: { city: 'Fernhill' }, closed: null },
      { id: 6, name: 'South', grades: [6, 7, 8], address: { city: 'Oakdale' } },
      { id: 7, name: 'Ünder☺', grades: [], 'first name': "O'Hara" },
    ],
  },
};

function select(path: string, value: unknown = DISTRICT): unknown[] {
  const parsed = parseJsonPath(path);
  if ('reason' in parsed) assert.fail(`${path}: ${say(parsed.reason)}`);
  return selectJson(parsed, value);
}

test('names, indexes, wildcards and slices select in the order of the document', () => {
  const cases: [string, unknown[]][] = [
    ['$', [DISTRICT]],
    ['$.schools.school[0].name', ['North']],
    ["$['@expansions']", ['phones']],
    ['$["schools"] .school [ -1 ] ["first name"]', ["O'Hara"]],
    ['$.schools.school[*].id', [5, 6, 7]],
    ['$.schools.school[0,2,0].id', [5, 7, 5]],
    ['$.schools.school[0].grades[1:3]', [10, 11]],
    ['$.schools.school[0].grades[::-2]', [12, 10]],
    ['$.schools.school[0].grades[-2:]', [11, 12]],
    ['$.schools.school[0].grades[1:2:0]', []],
    ['$..city', ['Fernhill', 'Oakdale']],
    ['$..[0]', [DISTRICT.schools.school[0], 9, 6]],
    ['$.schools.school[9]', []],
    ['$.schools.name', []],
    ['$.schools.school[0].closed', [null]],
    ['$.schools.school[2].name.length', []],
  ];
  for (const [path, expected] of cases) assert.deepEqual(select(path), expected, path);
});

test('filters compare, combine and call functions', () => {
  const cases: [string, unknown[]][] = [
    ['$.schools.school[?@.id == 6].name', ['South']],
    ["$.schools.school[?@.address.city=='Fernhill'||@.id>6].id", [5, 7]],
    ['$.schools.school[?@.id >= 6 && !(@.id == 7)].id', [6]],
    ['$.schools.school[?@.closed].id', [5]],
    ['$.schools.school[?!@.address].id', [7]],
    ['$.schools.school[?@.closed == null].id', [5]],
    ['$.schools.school[?@.address.city == @.nothing].id', [7]],
    ['$.schools.school[?length(@.grades) == 0].id', [7]],
    ['$.schools.school[?count(@.*) > 4].id', [5]],
    ["$.schools.school[?match(@.name, 'N.*h')].id", [5]],
    ["$.schools.school[?search(@.name, 'out')].id", [6]],
    ["$.schools.school[?search(@.name, '[')].id", []],
    ['$.schools.school[?value(@..city) == "Oakdale"].id', [6]],
    ['$.schools.school[?@.grades[?@ > 11]].id', [5]],
    ['$.schools.school[?$.schools.school[0].id == @.id].id', [5]],
    ['$.schools.school[?length(@.name) == 6].id', [7]],
  ];
  for (const [path, expected] of cases) assert.deepEqual(select(path), expected, path);
});

test('what is no path is refused with its place', () => {
  const cases: [string, number][] = [
    ['', 0],
    ['schools', 0],
    ['$.', 2],
    ['$.first-name', 7],
    ['$.@expansions', 2],
    ['$[', 2],
    ['$[01]', 3],
    ['$[-0]', 2],
    ["$['a]", 2],
    ['$["\\x"]', 3],
    ['$[9007199254740992]', 2],
    ['$ ', 1],
    ['$[?@.a = 1]', 7],
    ['$[?1]', 3],
    ['$[?@.* == 1]', 3],
    ['$[?length(@.a)]', 3],
    ['$[?!length(@.a)]', 4],
    ['$[?foo(@)]', 3],
    ['$[?count(1) == 1]', 9],
    ['$[?match(@.a) == true]', 3],
    ["$[?match(@.a, 'b') == true]", 3],
    ['$[?length(@.*) == 1]', 10],
  ];
  for (const [path, at] of cases) {
    const parsed = parseJsonPath(path);
    assert.ok('reason' in parsed, `${path} is refused`);
    assert.equal(parsed.at, at, path);
  }
});

test('a path ends where an operator begins', () => {
  for (const [text, path] of [
    ['$.a == 1', '$.a'],
    ['$.a[?@.b == 1] .c  >= 2', '$.a[?@.b == 1] .c'],
    ["$['x == y']", "$['x == y']"],
    ['$ exists', '$'],
  ] as const) {
    const parsed = parseJsonPathPrefix(text);
    assert.ok('end' in parsed);
    assert.equal(text.slice(0, parsed.end), path);
  }
});

test('deep nesting neither throws nor hangs', () => {
  let value: unknown = 1;
  for (let i = 0; i < 20_000; i++) value = { a: value };
  assert.equal(select('$..a', value).length, 20_000);
  assert.ok('reason' in parseJsonPath(`$[?${'('.repeat(5000)}`));
});

test('equality is deep and knows no order of keys; only numbers and texts have an order', () => {
  assert.ok(equalJson({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }));
  assert.ok(!equalJson([1, 2], [2, 1]));
  assert.ok(!equalJson({ a: undefined }, { b: undefined }));
  assert.ok(!equalJson('1', 1));
  assert.ok(isLess('2026-01-01', '2026-01-02'));
  assert.ok(isLess('Z', '\u{1f600}') && isLess('\ufffd', '\u{1f600}'));
  assert.ok(!isLess('1', 2) && !isLess(null, 1));
});
