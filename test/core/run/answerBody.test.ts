import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiveBody } from '../../../src/core/run/answerBody.ts';
import type { Spool } from '../../../src/core/run/ports.ts';

function fullDisk(): NodeJS.ErrnoException {
  return Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
}

/** A spool that fails at one of its steps, as a disk that is full makes it. */
function failing(step: keyof Spool | 'open', discarded: () => void): () => Promise<Spool> {
  const or = <T>(name: string, value: T): Promise<T> =>
    name === step ? Promise.reject(fullDisk()) : Promise.resolve(value);
  return () =>
    or('open', {
      write: () => or('write', undefined),
      end: () => or('end', { path: '', read: () => chunks(0) }),
      discard: () => {
        discarded();
        return or('discard', undefined);
      },
    });
}

async function* chunks(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield Buffer.alloc(1000, 'x');
}

for (const step of ['open', 'write', 'end'] as const) {
  test(`a full disk is said in plain words when a large body cannot ${step}`, async () => {
    const options = { limit: 1500, indexLarge: true };
    await assert.rejects(
      receiveBody({ body: chunks(5), headers: [] }, { ...options, openSpool: failing(step, () => undefined) }),
      { code: 'PS9970', message: 'The answer could not be kept on disk: the disk is full.' },
    );
    const small = await receiveBody(
      { body: chunks(1), headers: [] },
      { ...options, openSpool: failing(step, () => undefined) },
    );
    assert.equal(small.size, 1000);
  });
}

test('what was written of a body that breaks off is dropped, and the reason stays', async () => {
  let discarded = 0;
  const broken = (async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks(3);
    throw new Error('reset');
  })();
  const openSpool = failing('discard', () => discarded++);
  await assert.rejects(
    receiveBody({ body: broken, headers: [] }, { limit: 10, indexLarge: false, openSpool }),
    /reset/,
  );
  assert.equal(discarded, 1);
});
