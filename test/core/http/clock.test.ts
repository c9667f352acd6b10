import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSystemClock, onAbort, untilAborted } from '../../../src/core/http/clock.ts';

test('an abort is heard once, with its reason as an error', () => {
  const stop = new AbortController();
  const heard: string[] = [];
  onAbort(stop.signal, (reason) => heard.push(reason.message));
  stop.abort(new Error('enough'));
  stop.abort(new Error('more than enough'));
  assert.deepEqual(heard, ['enough']);
  const plain = new AbortController();
  onAbort(plain.signal, (reason) => heard.push(reason.name));
  plain.abort('text');
  assert.deepEqual(heard, ['enough', 'AbortError']);
});

test('who stops listening hears nothing', () => {
  const stop = new AbortController();
  const heard: string[] = [];
  const stopListening = onAbort(stop.signal, (reason) => heard.push(reason.message));
  stopListening();
  stopListening();
  stop.abort();
  assert.equal(heard.length, 0);
  onAbort(undefined, (reason) => heard.push(reason.message))();
});

test('a listener that was removed holds nothing, however long the signal keeps it', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { signal } = new AbortController();
  const listeners: unknown[] = [];
  const add = signal.addEventListener.bind(signal);
  Object.defineProperty(signal, 'addEventListener', {
    value: (...args: Parameters<typeof add>): void => {
      listeners.push(args[1]);
      add(...args);
    },
  });
  const listen = (): WeakRef<object> => {
    const body = { size: 700_000 };
    const stopListening = onAbort(signal, () => assert.fail(`${body.size}`));
    stopListening();
    return new WeakRef(body);
  };
  const body = listen();
  // A weak reference holds until the turn of the event loop in which it was made has ended.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  assert.equal(body.deref(), undefined);
  assert.equal(listeners.length, 1);
});

test('a wait and a promise end with the signal', async () => {
  const stop = new AbortController();
  const waits = [createSystemClock().wait(60_000, stop.signal), untilAborted(new Promise(() => {}), stop.signal)];
  stop.abort(new Error('enough'));
  for (const wait of waits) await assert.rejects(wait, /enough/);
  await assert.rejects(createSystemClock().wait(60_000, stop.signal), /enough/);
  await assert.rejects(untilAborted(Promise.resolve(1), stop.signal), /enough/);
  assert.equal(await untilAborted(Promise.resolve(1), new AbortController().signal), 1);
});
