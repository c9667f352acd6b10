import type { LintReport } from './lintReport.ts';

/**
 * Workflow commands that GitHub Actions turns into annotations on the changed lines.
 * @param relativePath gives the path that GitHub knows the file by: from the root of the checkout, with `/`.
 */
export function githubAnnotations(reports: readonly LintReport[], relativePath: (filePath: string) => string): string {
  let text = '';
  for (const { filePath, messages } of reports) {
    const file = property(relativePath(filePath));
    for (const { code, severity, message, line, column, endLine, endColumn } of messages) {
      const command = severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'notice';
      // GitHub drops columns of an annotation over several lines.
      const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : '';
      text += `::${command} file=${file},line=${line},endLine=${endLine}${columns},title=${code}::${data(message)}\n`;
    }
  }
  return text;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
