/** A test that runs inside the extension host. A test file exports arrays of them. */
export interface EditorTest {
  readonly name: string;
  readonly run: () => Promise<void>;
  /** Why this test does not run here, when it does not. */
  readonly skip?: string | undefined;
  /** Milliseconds that it may take. */
  readonly limit?: number;
}

export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly name: string; readonly error: string }[];
}

/** Longer than any wait inside a test, whose error says more. */
const LIMIT = 180_000;

/** Runs the tests one after another, prints a line for each, and counts. */
export async function runTests(tests: readonly EditorTest[], print: (line: string) => void): Promise<SuiteCounts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: { name: string; error: string }[] = [];
  for (const test of tests) {
    if (test.skip !== undefined) {
      counts.skipped++;
      print(`﹣ ${test.name} (${test.skip})`);
      continue;
    }
    try {
      await within(test.limit ?? LIMIT, test.run());
      counts.passed++;
      print(`✔ ${test.name}`);
    } catch (error) {
      counts.failed++;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ name: test.name, error: text });
      print(`✖ ${test.name}\n${text}`);
    }
  }
  return { ...counts, failures };
}

/** Rejects when the work takes too long, so that the tests after it still run. */
async function within(limit: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end within ${limit / 1000} seconds.`)), limit);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
