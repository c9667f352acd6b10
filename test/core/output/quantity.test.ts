import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FetchPace } from '../../../src/core/output/fetchPace.ts';
import { formatDuration, formatRemaining, formatSize } from '../../../src/core/output/quantity.ts';

test('sizes use decimal units with one decimal', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [4096, '4.1 kB'],
    [999_960, '1.0 MB'],
    [12_345_678, '12.3 MB'],
    [5e12, '5000.0 GB'],
  ];
  for (const [bytes, text] of cases) assert.equal(formatSize(bytes), text);
});

test('durations read as a person says them', () => {
  const cases: [number, string][] = [
    [0.4, '0 ms'],
    [85.2, '85 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [59_996, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ];
  for (const [milliseconds, text] of cases) assert.equal(formatDuration(milliseconds), text);
});

test('what is left reads in whole seconds', () => {
  const cases: [number, string][] = [
    [0, '1 s'],
    [8400, '8 s'],
    [125_000, '2 min 5 s'],
    [4_321_000, '1 h 12 min'],
  ];
  for (const [milliseconds, text] of cases) assert.equal(formatRemaining(milliseconds), text);
});

test('the pace of a run that goes on counts only its own records', () => {
  let now = 1000;
  const pace = new FetchPace(() => now, 500);
  assert.deepEqual(pace.at(600, 2000), { records: 600, count: 2000, perSecond: undefined, remaining: undefined });
  now = 3000;
  assert.deepEqual(pace.at(1500, 2000), { records: 1500, count: 2000, perSecond: 500, remaining: 1000 });
  assert.deepEqual(pace.at(1500, undefined), { records: 1500, count: undefined, perSecond: 500, remaining: undefined });
  assert.equal(pace.at(2100, 2000).remaining, undefined);
});
