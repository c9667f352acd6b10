import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PageBuffers } from '../../../src/core/powerschool/pageBuffers.ts';

function bodyOf(...chunks: Uint8Array[]): { body: AsyncIterable<Uint8Array>; headers: [] } {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield* await Promise.resolve(chunks);
  }
  return { body: body(), headers: [] };
}

test('a body of any size is read whole', async () => {
  const buffers = new PageBuffers(false);
  const chunks = Array.from({ length: 50 }, (_, index) => Buffer.alloc(7000 + index, index));
  assert.deepEqual(Buffer.from(await buffers.read(bodyOf(...chunks))), Buffer.concat(chunks));
  assert.equal((await buffers.read(bodyOf())).length, 0);
});

test('a recycled buffer is used again, another is left alone', async () => {
  const buffers = new PageBuffers(false);
  const first = await buffers.read(bodyOf(Buffer.from('first')));
  const second = await buffers.read(bodyOf(Buffer.from('second')));
  assert.notEqual(first.buffer, second.buffer);
  buffers.recycle(first);
  const third = await buffers.read(bodyOf(Buffer.from('third page')));
  assert.equal(third.buffer, first.buffer);
  assert.equal(Buffer.from(third).toString(), 'third page');
  assert.equal(Buffer.from(second).toString(), 'second');
});

test('memory of chunks goes back only when they are nobody else’s', async () => {
  const first = new Uint8Array(1000).fill(1);
  const second = new Uint8Array(1000).fill(2);
  const chunks = [first.subarray(400), second.subarray(0, 10), second.subarray(10, 900)];
  const expected = Buffer.concat(chunks);
  assert.deepEqual(Buffer.from(await new PageBuffers(false).read(bodyOf(...chunks))), expected);
  assert.deepEqual([first.length, second.length], [1000, 1000]);
  assert.deepEqual(Buffer.from(await new PageBuffers(true).read(bodyOf(...chunks))), expected);
  assert.deepEqual([first.length, second.length], [0, 0]);
});
