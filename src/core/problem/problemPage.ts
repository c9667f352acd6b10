import type { ProblemCode } from './problemCode.ts';

/** The page that explains one code, as Markdown. Also a section of docs/reference.md. */
export function problemPage(code: string, row: ProblemCode, level: 1 | 3): string {
  const heading = '#'.repeat(level);
  const placeholders = (text: string): string => text.replace(/\{(\d+)\}/g, '…');
  return [
    `${heading} ${code}`,
    `**${placeholders(row.message)}**`,
    row.why,
    `What to do: ${placeholders(row.mend)}`,
    `Severity: ${row.severity}. Source: ${row.source}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
