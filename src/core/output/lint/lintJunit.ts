import { type JunitCase, junitXml } from '../junit.ts';
import type { LintReport } from './lintReport.ts';

/** A suite for each file, a failed case for each finding; a clean file is one case that passed. */
export function lintJunit(reports: readonly LintReport[], showPath: (filePath: string) => string): string {
  return junitXml(
    reports.map(({ filePath, messages }) => {
      const path = showPath(filePath);
      const findings = messages.filter(({ severity }) => severity === 'error' || severity === 'warning');
      const cases = findings.map(({ code, severity, message, line, column }): JunitCase => ({
        name: `${code} ${line}:${column}`,
        className: path,
        outcome: {
          kind: 'failure',
          type: severity,
          message,
          text: `${path}:${line}:${column} ${severity} ${message} (${code})`,
        },
      }));
      const clean: JunitCase = { name: 'no problems', className: path, outcome: { kind: 'passed' } };
      return { name: path, cases: cases.length === 0 ? [clean] : cases };
    }),
  );
}
