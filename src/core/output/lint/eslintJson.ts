import { countMessages, type LintMessage, type LintReport } from './lintReport.ts';

/** The shape that tools which read ESLint's `--format json` expect. */
interface EslintFile {
  filePath: string;
  messages: EslintMessage[];
  errorCount: number;
  warningCount: number;
  fixableErrorCount: number;
  fixableWarningCount: number;
}

interface EslintMessage {
  ruleId: string;
  severity: 0 | 1 | 2;
  message: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  fix?: { range: [number, number]; text: string };
}

/** Every linted file, also clean ones; a fix's range counts UTF-16 units of the text without byte order mark. */
export function eslintJson(reports: readonly LintReport[]): string {
  const files = reports.map((report): EslintFile => {
    const counts = countMessages([report]);
    return {
      filePath: report.filePath,
      messages: report.messages.map(eslintMessage),
      errorCount: counts.errors,
      warningCount: counts.warnings,
      fixableErrorCount: counts.fixableErrors,
      fixableWarningCount: counts.fixableWarnings,
    };
  });
  return `${JSON.stringify(files)}\n`;
}

function eslintMessage(message: LintMessage): EslintMessage {
  const { code, severity, message: text, line, column, endLine, endColumn, fix } = message;
  return {
    ruleId: code,
    severity: severity === 'error' ? 2 : severity === 'warning' ? 1 : 0,
    message: text,
    line,
    column,
    endLine,
    endColumn,
    ...(fix === undefined ? {} : { fix: { range: [fix.range.start, fix.range.end], text: fix.text } }),
  };
}
