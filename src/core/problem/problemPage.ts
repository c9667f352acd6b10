import type { ProblemCode } from './problemCode.ts';

/** The page that explains one code, as Markdown. Also a section of docs/reference.md. */
export function problemPage(code: string, row: ProblemCode, level: 1 | 3): string {
  const heading = '#'.repeat(level);
  return [
    `${heading} ${code}`,
    `**${withoutArguments(row.message)}**`,
    row.why,
    `What to do: ${withoutArguments(row.mend)}`,
    `Severity: ${row.severity}. Source: ${row.source}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A template as a heading reads it. */
function withoutArguments(template: string): string {
  return template.replace(/\{\d+\}/g, '…');
}
