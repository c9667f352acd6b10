import { CommandFailure } from '../process/runCommand.ts';
import { sayCounts, type Counts } from './counts.ts';
import { errorText, sayFailure, type Failure } from './failure.ts';

/** Lines of a failed command that are repeated at the end. */
const COMMAND_LINES = 12;

/** Runs the parts of the tests, says how each went, and at the very end what failed: a log may be cut before that. */
export class TestReport {
  readonly total: Counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #failed: { readonly title: string; readonly failures: readonly Failure[] }[] = [];
  readonly #print: (text: unknown) => void;

  constructor(print: (text: unknown) => void) {
    this.#print = print;
  }

  /**
   * One part: a check that passes or throws, or a suite that counts. False when something in it failed.
   *
   * @param start when it began, for work that is under way already
   */
  async part(title: string, work: () => Promise<Counts | void>, start = performance.now()): Promise<boolean> {
    this.#print(`\n── ${title}`);
    let counts: Counts;
    try {
      counts = (await work()) ?? { passed: 1, failed: 0, skipped: 0 };
    } catch (error) {
      const output = error instanceof CommandFailure ? error.output : undefined;
      this.#print(output ?? error);
      const last = output?.trimEnd().split('\n').slice(-COMMAND_LINES).join('\n') ?? errorText(error);
      counts = { passed: 0, failed: 1, skipped: 0, failures: [{ name: title, error: last }] };
    }
    for (const key of ['passed', 'failed', 'skipped'] as const) this.total[key] += counts[key];
    if (counts.failed > 0) this.#failed.push({ title, failures: counts.failures ?? [] });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    this.#print(`${counts.failed > 0 ? '✖' : '✔'} ${title}: ${sayCounts(counts)} in ${seconds} s`);
    return counts.failed === 0;
  }

  /** Every failed test with its error, then the counts of all parts as the last line. */
  end(): void {
    for (const { title, failures } of this.#failed)
      this.#print([`\nFailed: ${title}`, ...failures.map(sayFailure)].join('\n'));
    this.#print(`\n${sayCounts(this.total)}`);
  }
}
