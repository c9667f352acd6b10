/** A test that runs inside the extension host. */
export interface EditorTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Runs the tests one after another, prints a line for each and the counts, and throws when one failed. */
export async function runTests(tests: readonly EditorTest[], print: (line: string) => void): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of tests) {
    try {
      await run();
      counts.passed++;
      print(`✔ ${name}`);
    } catch (error) {
      counts.failed++;
      print(`✖ ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return counts;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
