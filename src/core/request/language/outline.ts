import type { TextRange } from '../../text/textRange.ts';
import type { RequestEntry, RequestFile } from '../requestFile.ts';

/** One row of the outline. */
export interface OutlineSymbol {
  readonly kind: 'request' | 'variable';
  readonly name: string;
  readonly detail: string;
  readonly range: TextRange;
  /** What is marked when the row is picked; inside `range`. */
  readonly selection: TextRange;
}

/** How a request is called where people see it: its name, else its title, else method and path. */
export function requestTitle({ name, title, method, target }: RequestEntry): string {
  return name?.text ?? title?.text ?? `${method.text} ${target.text.replace(/\?.*$/s, '')}`;
}

/** Requests and variables in the order of the file. */
export function outlineOf(file: RequestFile): OutlineSymbol[] {
  const requests = file.requests.map((request): OutlineSymbol => {
    const { name, title, method, target, range } = request;
    const line = `${method.text} ${target.text}`;
    const shown = requestTitle(request);
    const selection = name?.range ?? title?.range ?? (method.written ? method.range : target.range);
    return { kind: 'request', name: shown, detail: shown === line ? '' : line, range, selection };
  });
  const variables = file.variables.map(({ name, value, range }): OutlineSymbol => ({
    kind: 'variable',
    name: `@${name.text}`,
    detail: value.text,
    range,
    selection: name.range,
  }));
  return [...requests, ...variables].sort((a, b) => a.selection.start - b.selection.start);
}

/** What can be folded: requests, their bodies and stretches of comments. */
export interface FoldingRange {
  readonly kind: 'request' | 'body' | 'comment';
  readonly range: TextRange;
}

export function foldingOf(file: RequestFile): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  for (const { range, request, comments } of file.blocks) {
    if (isLong(file.text, range)) ranges.push({ kind: 'request', range });
    const body = request?.body?.range;
    if (body !== undefined && isLong(file.text, body)) ranges.push({ kind: 'body', range: body });
    ranges.push(...commentStretches(file.text, comments));
  }
  return ranges.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

function commentStretches(text: string, comments: readonly TextRange[]): FoldingRange[] {
  const stretches: FoldingRange[] = [];
  let open: TextRange | undefined;
  const close = (): void => {
    if (open !== undefined && isLong(text, open)) stretches.push({ kind: 'comment', range: open });
  };
  for (const comment of [...comments].sort((a, b) => a.start - b.start)) {
    const adjacent = open !== undefined && /^[ \t]*(?:\r\n|\r|\n)[ \t]*$/.test(text.slice(open.end, comment.start));
    if (open !== undefined && adjacent) {
      open = { start: open.start, end: comment.end };
      continue;
    }
    close();
    open = comment;
  }
  close();
  return stretches;
}

function isLong(text: string, range: TextRange): boolean {
  const end = text.slice(range.start, range.end).search(/[\r\n]/);
  return end >= 0;
}
