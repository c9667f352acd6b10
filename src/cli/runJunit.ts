import { type JunitCase, type JunitOutcome, type JunitSuite, junitXml } from '../core/output/junit.ts';
import type { RunResult } from '../core/run/runResult.ts';
import { failedExpectation, requestTitle } from './runPretty.ts';

/** A suite for each request file, a case for each request. */
export function runJunit(results: readonly RunResult[]): string {
  const suites = new Map<string, JunitCase[]>();
  for (const result of results) {
    const cases = suites.get(result.file) ?? [];
    suites.set(result.file, cases);
    cases.push({
      name: requestTitle(result),
      className: result.file,
      durationMs: result.answer?.durationMs ?? 0,
      outcome: outcomeOf(result),
    });
  }
  return junitXml([...suites].map(([name, cases]): JunitSuite => ({ name, cases })));
}

function outcomeOf({ outcome, error, expectations, answer }: RunResult): JunitOutcome {
  if (outcome === 'passed') return { kind: 'passed' };
  if (outcome === 'cancelled') return { kind: 'skipped', message: 'cancelled' };
  const failed = expectations.filter(({ passed }) => !passed);
  const lines = failed.map(failedExpectation);
  const problem = error === undefined ? undefined : `${error.message} ${error.mend}`.trim();
  if (outcome === 'failed' && answer !== undefined && problem === undefined) {
    return { kind: 'failure', type: 'expectation', message: lines.join('; '), text: lines.join('\n') };
  }
  const message = problem ?? lines.join('; ');
  const kind = answer === undefined || outcome !== 'failed' ? 'error' : 'failure';
  return { kind, type: error?.code ?? 'expectation', message, text: [message, ...lines].join('\n') };
}
