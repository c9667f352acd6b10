import type { Diagnostic } from '../problem/diagnostic.ts';
import { parseBlock } from './parseBlock.ts';
import type { Block, FileVariable, RequestEntry, RequestFile } from './requestFile.ts';
import { TextLines } from './textLines.ts';

/**
 * Reads a `*.ps.http` file. Never throws: whatever the text, there is a model with offsets, and `faults` tell what is
 * wrong with it. A byte order mark is taken off; LF, CRLF and CR end lines.
 */
export function parseRequestFile(source: string): RequestFile {
  const bom = source.charCodeAt(0) === 0xfeff;
  const text = bom ? source.slice(1) : source;
  const lines = new TextLines(text);
  const blocks: Block[] = [];
  const requests: RequestEntry[] = [];
  const variables: FileVariable[] = [];
  const faults: Diagnostic[] = [];
  const labels = new Map<string, number>();
  let from = 0;
  while (from < lines.count) {
    const separated = isSeparator(text, lines.start(from));
    let next = separated ? from + 1 : from;
    while (next < lines.count && !isSeparator(text, lines.start(next))) next++;
    const block = parseBlock({ lines, from, separated, next, index: requests.length, labels, variables, faults });
    if (separated || block.range.end > block.range.start) blocks.push(block);
    if (block.request !== undefined) requests.push(block.request);
    from = next;
  }
  faults.sort((a, b) => a.range.start - b.range.start);
  return { text, bom, blocks, requests, variables, faults };
}

/** `###` at the first column, and nowhere else. */
function isSeparator(text: string, start: number): boolean {
  return text.charCodeAt(start) === 35 && text.charCodeAt(start + 1) === 35 && text.charCodeAt(start + 2) === 35;
}
