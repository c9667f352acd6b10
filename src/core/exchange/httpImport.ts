import { isSecretHeader } from '../request/credentialPatterns.ts';
import { FileVariables } from '../request/fileVariables.ts';
import { parseRequestFile } from '../request/parse.ts';
import { lineStartAt } from '../request/textLines.ts';
import { applyEdits, type TextEdit } from '../text/textRange.ts';
import { note, type ImportNote } from './importNote.ts';

export interface HttpImport {
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

/**
 * Makes a `.http` file of REST Client, httpYac or JetBrains one for the active server: addresses on it, written out or
 * as `{{host}}`, become paths, and their Authorization lines go. Everything else stays as it is.
 */
export function fromHttpFile(text: string, origin?: string): HttpImport {
  const file = parseRequestFile(text);
  const variables = new FileVariables(file);
  const edits: TextEdit[] = [];
  const notes: ImportNote[] = [];
  for (const request of file.requests) {
    const [piece] = request.target.pieces;
    if (piece === undefined) continue;
    const base = /^(?:\{\{\s*([\w.-]+)\s*\}\}|https?:\/\/[^/?#{}]*)(?=\/)/i.exec(piece.text);
    const name = base?.[1];
    const value = name === undefined ? base?.[0] : variables.find(name, piece.range.start)?.value.text;
    const path = piece.text.slice(base?.[0].length ?? 0);
    const own = (value !== undefined && sameOrigin(value, origin)) || path.startsWith('/ws/');
    if (base === null || !own) continue;
    const start = piece.range.start;
    edits.push({ range: { start, end: start + base[0].length }, text: '' });
    for (const header of request.headers) {
      if (!isSecretHeader(header.name.text)) continue;
      const from = lineStartAt(file.text, header.range.start);
      const end = file.text.indexOf('\n', header.range.end);
      edits.push({ range: { start: from, end: end < 0 ? file.text.length : end + 1 }, text: '' });
      notes.push(
        note(
          `${request.method.text} ${path.replace(/\?.*$/s, '')}`,
          'The header {0} was left out: the sign-in of the server is used.',
          header.name.text,
        ),
      );
    }
  }
  return { text: applyEdits(file.text, edits), notes };
}

function sameOrigin(value: string, origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const written = /^https?:\/\//i.test(value) ? value : `https://${value}`;
  return URL.canParse(written) && new URL(written).host === new URL(origin).host;
}
