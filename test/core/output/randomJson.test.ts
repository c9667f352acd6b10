import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonIndenter, prettyJson } from '../../../src/core/output/prettyJson.ts';
import { sortedJson } from '../../../src/core/output/sortedJson.ts';
import { sliceRecords } from '../../../src/core/powerschool/pageSlicing.ts';
import { findRecords } from '../../../src/core/powerschool/records.ts';
import { RecordIndexer } from '../../../src/core/records/recordIndexer.ts';
import { seededRandom } from '../request/fuzz.ts';

const NUMBERS = ['0', '-0', '1e5', '1.10', '12345678901234567890', '-1E-7', 'true', 'null', '{}', '[]', '{ }', '[ ]'];
// No escapes in keys: V8 takes one key with an escape for another now and then.
const KEYS = ['""', '"a"', '"},{"', '"[{"', '"é😀"', '" "', '"id"', '"a:b"'];
const TEXTS = [...KEYS, '"\\u0041"', '"\\\\"', '"\\""', '"\\/"', '"\\ud800"'];
const SIGNS = ['"', '{', '}', '[', ']', ',', ':', '\\', '1', 'x', '\u0000'];

/** The text without the white space between its tokens. */
function compact(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (piece) => (piece.startsWith('"') ? piece : ''));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('JSON is indented, sorted and cut into records as it is; what is none comes back and harms nothing', () => {
  const random = seededRandom(31);
  const upTo = (most: number): number => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const space = (): string => (random() < 0.15 ? pick([' ', '\n', '\t', '\r\n']) : '');
  const many = (one: () => string): string =>
    Array.from({ length: upTo(4) }, () => one() + space()).join(`,${space()}`);
  const value = (depth: number): string => {
    const kind = random() * (depth > 4 ? 4 : 8);
    if (kind < 2) return pick(TEXTS);
    if (kind < 4) return pick(NUMBERS);
    if (kind < 6) return `{${space()}${many(() => `${pick(KEYS)}${space()}:${space()}${value(depth + 1)}`)}}`;
    return `[${space()}${many(() => value(depth + 1))}]`;
  };
  let broken = 0;
  for (let round = 0; round < 4000; round++) {
    const inner = value(0);
    const text = pick([inner, `{"record":${inner}}`, `{"students":{"@x":"]","student":${inner}}}`]);
    const pretty = prettyJson(text);
    assert.equal(compact(pretty), compact(text));
    assert.equal(prettyJson(pretty), pretty);
    const sorted = sortedJson(text);
    assert.deepEqual(JSON.parse(sorted), JSON.parse(text), text);
    assert.equal(sortedJson(sorted), sorted);
    const indenter = new JsonIndenter();
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + upTo(9);
      indenter.add(bytes.subarray(at, end));
      at = end;
    }
    assert.equal(indenter.end(), pretty);

    const at = upTo(text.length + 1);
    const damaged = text.slice(0, at) + (random() < 0.5 ? '' : pick(SIGNS)) + text.slice(at + upTo(3));
    const damagedBytes = Buffer.from(damaged, 'utf8');
    const indexer = new RecordIndexer();
    indexer.add(damagedBytes);
    indexer.end();
    const most = pick([undefined, 1, 2, 3]);
    if (isJson(damaged)) {
      const batch = sliceRecords(damagedBytes, most);
      const records = findRecords(JSON.parse(damaged.toWellFormed())).records;
      const cut = batch && Array.from({ length: batch.count }, (_, index) => index);
      const texts = cut?.map((index) => batch?.bytes.subarray(batch.ranges[2 * index], batch.ranges[2 * index + 1]));
      assert.deepEqual(
        texts?.map((record) => JSON.parse(Buffer.from(record ?? []).toString()) as unknown),
        records,
        damaged,
      );
      continue;
    }
    broken++;
    assert.equal(prettyJson(damaged), damaged);
    assert.equal(sortedJson(damaged), damaged);
    try {
      sliceRecords(damagedBytes, most);
    } catch (error) {
      assert.ok(error instanceof SyntaxError, String(error));
    }
  }
  assert.ok(broken > 1000, `${broken} broken`);
});
