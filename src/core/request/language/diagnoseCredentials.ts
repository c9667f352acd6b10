import { phrase } from '../../problem/phrase.ts';
import { isSecretHeader, jsonSecrets, pairSecrets, SECRET_PARAMETER, SECRET_VARIABLE } from '../credentialPatterns.ts';
import type { RequestEntry, Span } from '../requestFile.ts';
import type { FileIndex } from './fileIndex.ts';
import { removeLines, type Report } from './report.ts';

/** Credentials that stand in the file: PS560. */
export function diagnoseCredentials(index: FileIndex, report: Report): void {
  for (const { name, value } of index.file.variables) {
    if (isLiteral(value) && SECRET_VARIABLE.test(name.text))
      report.add('PS560', value.range, [phrase('literal credential')]);
  }
  for (const request of index.file.requests) {
    diagnoseHeaders(request, index, report);
    const { base, parameters } = index.address(request);
    if (base !== undefined && /^https?:\/\/[^/@{}]*:[^/@{}]+@/i.test(base.text))
      report.add('PS560', base.range, [phrase('password')]);
    for (const { name, value } of parameters) {
      if (value !== undefined && isLiteral(value) && SECRET_PARAMETER.test(name.text)) {
        report.add('PS560', value.range, [phrase('literal credential')]);
      }
    }
    diagnoseBody(request, index.file.text, report);
  }
}

function diagnoseHeaders(request: RequestEntry, index: FileIndex, report: Report): void {
  for (const { name, value, range } of request.headers) {
    if (!isSecretHeader(name.text) || !isLiteral(value)) continue;
    const scheme = /^(?:Bearer|Basic|Digest|Token)$/i.test(value.text);
    if (scheme) continue;
    const authorization = name.text.toLowerCase() === 'authorization';
    const kind = /^Basic\s/i.test(value.text)
      ? 'user name and password'
      : /^Bearer\s/i.test(value.text)
        ? 'token'
        : 'literal credential';
    const fixes = authorization
      ? [removeLines('Remove the header: the sign-in of the server is used', index.file.text, range)]
      : [];
    report.add('PS560', value.range, [phrase(kind)], fixes);
  }
}

function diagnoseBody({ body }: RequestEntry, text: string, report: Report): void {
  if (body === undefined) return;
  const written = text.slice(body.range.start, body.range.end);
  if (!/secret|token|passw|key/i.test(written)) return;
  for (const match of body.kind === 'form' ? pairSecrets(written) : jsonSecrets(written)) {
    const value = match[2] ?? '';
    const end = body.range.start + match.index + match[0].length;
    report.add('PS560', { start: end - value.length, end }, [phrase('literal credential')]);
  }
}

function isLiteral(span: Span): boolean {
  return span.text !== '' && !span.text.includes('{{');
}
