import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, formatSize } from '../../../src/core/output/quantity.ts';

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
