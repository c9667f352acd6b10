import assert from 'node:assert/strict';
import { before, describe, it, test } from 'node:test';

// Tests that fail on purpose: testReport.test.ts runs them and reads what is told of them.

test('passes', () => undefined);

test('is skipped', { skip: true }, () => undefined);

describe('outer', () => {
  describe('inner', () => {
    it('compares', () => compare(1, 2));
    it('passes too', () => undefined);
  });
  it('is awaited', async () => {
    await Promise.resolve();
    throw new Error('It went wrong.', { cause: new Error('There is a reason.') });
  });
});

describe('without a start', () => {
  before(() => {
    throw new Error('It did not start.');
  });
  it('never runs', () => undefined);
});

function compare(one: number, other: number): void {
  assert.equal(one, other, 'One is not the other.');
}
