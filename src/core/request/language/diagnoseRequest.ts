import { contentType } from '../bodySyntax.ts';
import type { RequestBody, RequestEntry } from '../requestFile.ts';
import { isWrite } from '../requestKind.ts';
import type { Address } from './address.ts';
import type { FileIndex } from './fileIndex.ts';
import { checkJson } from './jsonCheck.ts';
import { removeLines, replaceFix, type Report } from './report.ts';

/** Where a request goes, as far as it is known before sending. */
export type Destination =
  { readonly kind: 'server' } | { readonly kind: 'elsewhere'; readonly origin: string } | { readonly kind: 'unknown' };

export function destinationOf(address: Address, index: FileIndex): Destination {
  const { base } = address;
  if (base === undefined) return { kind: 'server' };
  const text = index.preview(base.text, base.range.start);
  if (text === undefined || text.includes('{{')) return { kind: 'unknown' };
  if (text === '' || text.startsWith('/')) return { kind: 'server' };
  const written = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(written)) return { kind: 'unknown' };
  const { origin, host } = new URL(written);
  const own = index.context.server?.origin;
  if (own === undefined) return { kind: 'elsewhere', origin };
  const sameHost = written !== text && host === new URL(own).host;
  return origin === own || sameHost ? { kind: 'server' } : { kind: 'elsewhere', origin };
}

/** The server it goes to, what it may carry there, and its body: PS512, PS513, PS516, PS561 to PS564. */
export function diagnoseRequest(
  request: RequestEntry,
  destination: Destination,
  index: FileIndex,
  report: Report,
): void {
  const { server } = index.context;
  const address = index.address(request);
  if (destination.kind === 'elsewhere' && server !== undefined) {
    if (address.base !== undefined) {
      const own = address.path.text.startsWith('/');
      const fixes = own ? [replaceFix('Send it to the active server', address.base.range, '')] : [];
      report.add('PS561', address.base.range, [destination.origin], fixes);
    }
    diagnoseEnvironment(request, destination.origin, index, report);
  }
  if (destination.kind === 'server') {
    if (server?.kind === 'production' && isWrite(request.method.text, address.path.text)) {
      const range = request.method.written ? request.method.range : address.path.range;
      report.add('PS562', range, [server.name]);
    }
    diagnoseHost(request, address, index, report);
  }
  diagnoseBody(request, index, report);
}

function diagnoseEnvironment(request: RequestEntry, origin: string, index: FileIndex, report: Report): void {
  for (const { range } of index.environmentUses(request)) report.add('PS563', range, [origin]);
}

function diagnoseHost(request: RequestEntry, address: Address, index: FileIndex, report: Report): void {
  const { server } = index.context;
  if (server === undefined || address.base !== undefined) return;
  for (const { name, value, range } of request.headers) {
    if (name.text.toLowerCase() !== 'host' || value.text.includes('{{') || value.text === new URL(server.origin).host)
      continue;
    report.add('PS564', value.range, [value.text], [removeLines('Remove the Host header', index.file.text, range)]);
  }
}

function diagnoseBody(request: RequestEntry, index: FileIndex, report: Report): void {
  const { body, method } = request;
  if (body === undefined) return;
  if (method.text === 'GET' || method.text === 'HEAD') {
    const first = body.lines[0];
    if (first !== undefined) report.add('PS516', first.range, [method.text]);
  }
  const type = contentType(request.headers);
  if (body.kind === 'multipart') {
    const header = request.headers.find(({ name }) => name.text.toLowerCase() === 'content-type');
    if (header !== undefined && !/;\s*boundary=./.test(type)) {
      const boundary = /^--([^\s-]\S*)\s*$/.exec(body.lines[0]?.kind === 'text' ? body.lines[0].text : '')?.[1];
      const fixes =
        boundary === undefined
          ? []
          : [
              replaceFix(
                'Add the boundary',
                header.value.range,
                `${header.value.text.replace(/;\s*$/, '')}; boundary=${boundary}`,
              ),
            ];
      report.add('PS512', header.value.range, [], fixes);
    }
  }
  if (isJson(type, body)) diagnoseJson(body, index.file.text, report);
}

function isJson(type: string, body: RequestBody): boolean {
  if (body.kind !== 'text' || body.lines.some(({ kind }) => kind === 'include')) return false;
  if (type !== '') return /[/+]json\b/.test(type);
  const first = body.lines[0];
  // `{{body}}` alone is anything.
  return first?.kind === 'text' && /^\s*(?:\{(?!\{)|\[)/.test(first.text);
}

function diagnoseJson(body: RequestBody, text: string, report: Report): void {
  const written = text.slice(body.range.start, body.range.end);
  const lines = body.lines.map((line) => (line.kind === 'text' ? line.text : ''));
  const sent = lines.join('\n');
  const fault = checkJson(sent);
  if (fault === undefined) return;
  let at = body.range.start + fault.at;
  if (written !== sent) {
    // Comments and carriage returns are not sent: find the line.
    let rest = fault.at;
    for (const line of body.lines) {
      const length = line.kind === 'text' ? line.text.length : 0;
      at = line.range.start + Math.min(rest, Math.max(0, length - 1));
      if (rest <= length) break;
      rest -= length + 1;
    }
  }
  report.add('PS513', { start: at, end: at + 1 }, [fault.reason]);
}
