import type { Diagnostic, Fix } from '../problem/diagnostic.ts';
import { SUPPRESSION, suppressedBy, suppressionOf, suppress, type IsSuppressed } from '../problem/suppressions.ts';
import { applyEdits } from '../text/textRange.ts';
import { parseRequestFile } from './parse.ts';
import type { RequestFile } from './requestFile.ts';
import { lineStartAt } from './textLines.ts';

const COMMENT = new RegExp(`^\\s*(?:#+|//)${SUPPRESSION}`);
const FORM = { open: '# ', close: '' };

/** What the comments of a request file set aside; undefined when they set nothing aside. */
export function suppressionsIn({ text, blocks }: RequestFile): IsSuppressed | undefined {
  const comments = blocks.flatMap((block) => block.comments);
  return suppressedBy(
    text,
    comments.flatMap(({ start, end }) => {
      const match = COMMENT.exec(text.slice(start, end));
      return match === null ? [] : suppressionOf(match, end);
    }),
  );
}

/**
 * Takes out what the file's writer has set aside with `# powerschool-disable PS540`, or with
 * `# powerschool-disable-next-line PS540` for the line after the comment. An error stays: with it, a request cannot be
 * sent, whatever is said of it.
 */
export function withoutSuppressed(file: RequestFile, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const isSuppressed = suppressionsIn(file);
  return diagnostics.filter(
    ({ code, severity, range }) => severity === 'error' || isSuppressed?.(code, range.start) !== true,
  );
}

/** Comments that set a finding aside, for its line and for the file; none where a comment would be a part of a body. */
export function suppressionFixes({ text }: RequestFile, { code, severity, range }: Diagnostic): Fix[] {
  if (severity === 'error' && code.startsWith('PS5')) return [];
  const fixes = [
    suppress(text, FORM, code, lineStartAt(text, range.start), false),
    suppress(text, FORM, code, 0, true),
  ];
  return fixes.filter(({ edits }) => {
    const after = applyEdits(text, edits);
    return suppressionsIn(parseRequestFile(after))?.(code, range.start + after.length - text.length) === true;
  });
}
