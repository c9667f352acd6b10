import type { ExplainedCode } from './problemCode.ts';

/** The page that explains one code, as Markdown. Also a section of docs/reference.md. */
export function problemPage(code: string, row: ExplainedCode, level: 1 | 3): string {
  const heading = '#'.repeat(level);
  return [
    `${heading} ${code}`,
    `**${withoutArguments(row.message)}**`,
    asMarkdown(row.why),
    `What to do: ${withoutArguments(row.mend)}`,
    `Severity: ${row.severity}. Source: ${asMarkdown(row.source)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A template without its arguments. */
function withoutArguments(template: string): string {
  return asMarkdown(template.replace(/\{\d+\}/g, '…'));
}

/** Text that stands for itself: `<field>` is no tag and `*` no emphasis. */
function asMarkdown(text: string): string {
  return text.replace(/[\\<*_`[\]]/g, String.raw`\$&`);
}
