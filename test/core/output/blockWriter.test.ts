import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockWriter } from '../../../src/core/output/blockWriter.ts';

test('everything is written once, in order, in few writes', async () => {
  const written: Buffer[] = [];
  const blocks = new BlockWriter(async (bytes) => {
    await Promise.resolve();
    written.push(Buffer.from(bytes));
  });
  const chunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(1 + index * 3001, index));
  const expected = Buffer.concat(chunks);
  for (const chunk of chunks) await blocks.push(chunk);
  await blocks.end();
  assert.ok(Buffer.concat(written).equals(expected));
  assert.equal(written.length, Math.ceil(expected.length / (512 << 10)));
});

test('a chunk larger than a block is written whole', async () => {
  const written: Buffer[] = [];
  const blocks = new BlockWriter((bytes) => {
    written.push(Buffer.from(bytes));
    return Promise.resolve();
  });
  const large = Buffer.alloc(1_500_000, 'abc');
  const expected = Buffer.from(large);
  await blocks.push(large);
  await blocks.end();
  assert.ok(Buffer.concat(written).equals(expected));
});

test('a write that fails is heard of', async () => {
  const blocks = new BlockWriter(() => Promise.reject(new Error('disk full')));
  await blocks.push(Buffer.from('x'));
  await assert.rejects(blocks.end(), /disk full/);
});
