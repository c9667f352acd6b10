import type { TestEvent } from 'node:test/reporters';
import type { Counts } from './counts.ts';
import { errorText, type Failure } from './failure.ts';

/** Lines of a file that could not run which tell why. */
const LAST_WORDS = 30;

/**
 * A reporter for `node --test` that writes one line of JSON: how many tests passed, failed and were skipped, and which
 * failed with what error.
 */
export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  /** What is running, from the outermost suite inwards: tests are reported in their order. */
  const running: string[] = [];
  const saidBy = new Map<string | undefined, string[]>();
  for await (const event of source) {
    if (event.type === 'test:start') running.splice(event.data.nesting, Infinity, event.data.name);
    if (event.type === 'test:stderr') {
      const said = saidBy.get(event.data.file) ?? [];
      saidBy.set(event.data.file, [...said, ...event.data.message.split('\n')].slice(-LAST_WORDS));
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, skip, todo, nesting, name, file } = event.data;
    if (event.type === 'test:fail' && todo === undefined) {
      const { error } = event.data.details;
      // A suite with a failed test in it has nothing of its own to tell.
      if (failureType(error) !== 'subtestsFailed') {
        const said = isFileItself(error) ? (saidBy.get(file) ?? []) : [];
        failures.push({
          name: [...running.slice(0, nesting), name].join(' › '),
          error: [errorText(error.cause ?? error), ...said].join('\n'),
        });
      }
    }
    if (details.type === 'suite') continue;
    if (skip !== undefined || todo !== undefined) counts.skipped += 1;
    else if (event.type === 'test:pass') counts.passed += 1;
    else counts.failed += 1;
  }
  yield `${JSON.stringify({ ...counts, failures })}\n`;
}

function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}

/** The file broke off by itself: its process says why, the error does not. */
function isFileItself(error: Error): boolean {
  return 'exitCode' in error;
}
