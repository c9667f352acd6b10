import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChunkMemory } from '../../../src/core/http/chunkMemory.ts';

test('memory goes back when a chunk lies elsewhere, and at the end', () => {
  const memory = new ChunkMemory();
  const [first, second] = [new Uint8Array(1000), new Uint8Array(1000)];
  memory.read(first);
  assert.equal(first.length, 1000);
  memory.read(second);
  assert.deepEqual([first.length, second.length], [0, 1000]);
  memory.release();
  assert.equal(second.length, 0);
  memory.release();
});

test('chunks of one read of the socket keep their memory until the last of them was read', () => {
  const memory = new ChunkMemory();
  const socket = new Uint8Array(1000).fill(7);
  const parts = [socket.subarray(100, 400), socket.subarray(410, 700), socket.subarray(700, 990)];
  for (const part of parts) {
    assert.equal(part[0], 7);
    memory.read(part);
  }
  memory.read(new Uint8Array(10));
  assert.equal(socket.length, 0);
});

test('memory that Node shares between small buffers stays', () => {
  const memory = new ChunkMemory();
  const [small, neighbour] = [Buffer.from('small'), Buffer.from('neighbour')];
  assert.equal(small.buffer, neighbour.buffer);
  memory.read(small);
  memory.release();
  assert.equal(`${small.toString()} ${neighbour.toString()}`, 'small neighbour');
});

test('memory that threads share stays', () => {
  const memory = new ChunkMemory();
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  memory.read(shared);
  memory.release();
  assert.equal(shared.length, 8);
});
