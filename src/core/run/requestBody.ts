import { ExplainedError } from '../problem/explainedError.ts';
import type { RequestBody, TextLine } from '../request/requestFile.ts';
import type { VariableResolver } from '../request/variableResolver.ts';
import { includeFile, type IncludeScope } from './includeFile.ts';

/**
 * The bytes of a body: inline lines joined by LF, in multipart by CRLF; a form is percent-encoded and its lines that
 * start with `&` are joined. Included files are put in byte for byte.
 */
export async function requestBodyBytes(
  body: RequestBody,
  resolver: VariableResolver,
  scope: IncludeScope,
): Promise<Uint8Array | ExplainedError> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let text: string[] = [];
  const lineEnd = body.kind === 'multipart' ? '\r\n' : '\n';
  const flush = (): void => {
    if (text.length === 0) return;
    parts.push(encoder.encode(body.kind === 'form' ? encodeForm(text) : text.join(lineEnd)));
    text = [];
  };
  for (const [index, line] of body.lines.entries()) {
    if (line.kind === 'text') {
      const resolved = await resolver.resolve(line.text, line.range.start);
      if ('problem' in resolved) return resolved.problem;
      text.push(resolved.text);
      continue;
    }
    if (text.length > 0 && body.kind !== 'form') text.push('');
    flush();
    const bytes = await includeFile(line, resolver, scope);
    if (bytes instanceof ExplainedError) return bytes;
    parts.push(bytes);
    if (index < body.lines.length - 1 && body.kind !== 'form') {
      if (isText(body.lines[index + 1])) text.push('');
      else parts.push(encoder.encode(lineEnd));
    }
  }
  flush();
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

function isText(line: RequestBody['lines'][number] | undefined): line is TextLine {
  return line?.kind === 'text';
}

/** Joins the lines of a form and encodes what a form cannot hold; `%41` and `+` stay as they are. */
function encodeForm(lines: readonly string[]): string {
  let form = '';
  for (const [index, line] of lines.entries()) {
    const piece = line.trim();
    const joined = index === 0 || piece.startsWith('&') || form.endsWith('&');
    form += joined ? piece : `\n${piece}`;
  }
  return form
    .toWellFormed()
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeURI(piece)))
    .join('');
}
