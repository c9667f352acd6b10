import { withoutArguments } from './phrase.ts';
import type { ProblemCode } from './problemCode.ts';

/** The page that explains one code, as Markdown. Also a section of docs/reference.md. */
export function problemPage(code: string, row: ProblemCode, level: 1 | 3): string {
  const heading = '#'.repeat(level);
  // some mends are told by each finding alone
  const mend = asMarkdown(withoutArguments(row.mend));
  return [
    `${heading} ${code}`,
    `**${asMarkdown(withoutArguments(row.message))}**`,
    asMarkdown(row.why),
    mend === '' ? '' : `What to do: ${mend}`,
    `Severity: ${row.severity}. Source: ${asMarkdown(row.source)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Text that stands for itself: `<field>` is no tag and `*` no emphasis. */
function asMarkdown(text: string): string {
  return text.replace(/[\\<*_`[\]]/g, String.raw`\$&`);
}
