import type { Catalog, OperationMatch } from '../../catalog/catalog.ts';
import type { Operation } from '../../catalog/operation.ts';
import type { Fix } from '../../problem/diagnostic.ts';
import type { Suggestion } from '../../catalog/nearest.ts';
import { phrase, type Argument, type Phrase } from '../../problem/phrase.ts';
import type { RequestEntry } from '../requestFile.ts';
import type { Address } from './address.ts';
import { diagnoseParameters } from './diagnoseParameters.ts';
import type { FileIndex } from './fileIndex.ts';
import type { OperationFinder } from './operationFinder.ts';
import { replaceFix, type Report } from './report.ts';

/** Longer ones are no addresses of PowerSchool. */
const LONGEST_PATH = 1000;

/** What a request reaches on a PowerSchool server, from its method and path. */
export function operationOf(
  request: RequestEntry,
  index: FileIndex,
): { operation: Operation; pathParams: Readonly<Record<string, string>> } | undefined {
  const address = index.address(request);
  if (address.path.text.length > LONGEST_PATH) return undefined;
  return index.operations?.match(request.method.text, knownPath(address, index));
}

/** The path with the variables replaced whose values are known; the others stay. */
export function knownPath({ path, segments }: Address, index: FileIndex): string {
  if (!path.text.includes('{{')) return path.text;
  return `/${segments.map(({ text, range }) => index.preview(text, range.start) ?? text).join('/')}`;
}

/** Resource, method, path parameters and query of a request to a PowerSchool server: PS540 to PS555. */
export function diagnoseAddress(request: RequestEntry, index: FileIndex, report: Report): void {
  const { catalog } = index.context;
  const { operations } = index;
  const address = index.address(request);
  if (address.path.text.length > LONGEST_PATH) return;
  if (catalog === undefined || operations === undefined || !address.path.text.startsWith('/')) return;
  const path = knownPath(address, index);
  const match = operations.match(request.method.text, path);
  if (match === undefined) {
    diagnoseUnknown(request, address, path, catalog, operations, report);
    return;
  }
  const { operation, pathParams } = match;
  for (const { name, is } of operation.pathParams) {
    const value = pathParams[name] ?? '';
    // `{id}` and `:id` are how documentation writes a parameter.
    if (!/^\{(?!\{)[^{}]*\}$|^:[a-z]\w*$/i.test(value)) continue;
    const segment = address.segments.find(({ text }) => text === value);
    const range = segment?.range ?? address.path.range;
    report.add(
      'PS542',
      range,
      [`${name} (${is.title})`, name],
      [replaceFix('Ask for it at each run', range, `{{$prompt ${is.title}}}`)],
    );
  }
  diagnoseParameters(request, match, index, report);
  diagnoseRefusal(request, match, index, report);
}

/** What the server refused to the plugin last time: the operation, or its table or PowerQuery. */
function diagnoseRefusal(
  request: RequestEntry,
  { operation, pathParams }: OperationMatch,
  index: FileIndex,
  report: Report,
): void {
  const { catalog, tables } = index.context;
  const address = index.address(request);
  const { tablename, queryname } = pathParams;
  const refusal =
    operation.refusal ??
    (tablename === undefined ? undefined : tables?.table(tablename)?.refusal) ??
    (queryname === undefined ? undefined : catalog?.powerQuery(queryname)?.refusal);
  if (refusal === undefined) return;
  const named = address.segments.find(({ text }) => text === (tablename ?? queryname));
  report.add('PS556', named?.range ?? address.path.range, [
    refusal.status,
    refusal.message === '' ? phrase('no reason was given.') : refusal.message.replace(/\.?$/, '.'),
  ]);
}

function diagnoseUnknown(
  request: RequestEntry,
  address: Address,
  path: string,
  catalog: Catalog,
  operations: OperationFinder,
  report: Report,
): void {
  if (path.includes('{{') && !/^\/ws\/[^{]*$/.test(path.replace(/\{\{[^{}]*\}\}/g, '1'))) return;
  const method = request.method.text;
  const others = catalog.matchAll(path).map(({ operation }) => operation);
  const missing = operations.match(method, `${path.replace(/\/$/, '')}/1`)?.operation;
  if (missing !== undefined && (path.endsWith('/') || others.length > 0)) {
    const parameter = missing.pathParams.at(-1);
    const title = parameter?.is.title ?? '';
    const end = { start: address.path.range.end, end: address.path.range.end };
    const slash = path.endsWith('/') ? '' : '/';
    report.add(
      'PS542',
      address.path.range,
      [`${parameter?.name ?? ''} (${title})`, parameter?.name ?? ''],
      [replaceFix('Ask for it at each run', end, `${slash}{{$prompt ${title}}}`)],
    );
    return;
  }
  if (others.length > 0) {
    wrongMethod(request, others, report);
    return;
  }
  if (path.includes('{{')) return;
  const near = operations.nearest(path, method);
  const [first] = near;
  const fixes: Fix[] = near
    .filter(
      ({ operation }) => !operation.path.includes('{') || operation.path.split('/').length === path.split('/').length,
    )
    .map(({ operation }) =>
      replaceFix(
        phrase('Change to {0}', filled(operation.path, path)),
        address.path.range,
        filled(operation.path, path),
      ),
    );
  const mend = first === undefined ? phrase('Look in the explorer for what there is.') : suggestionText(first);
  report.add('PS540', address.path.range, [path, mend], fixes);
}

function wrongMethod(request: RequestEntry, others: readonly Operation[], report: Report): void {
  const methods = [...new Set(others.map(({ method }) => method))];
  const [only] = methods;
  const { method } = request;
  const text = method.written ? (only ?? '') : `${only ?? ''} `;
  const fixes =
    methods.length === 1 && only !== undefined ? [replaceFix(phrase('Change to {0}', only), method.range, text)] : [];
  const range = method.written ? method.range : request.target.range;
  report.add('PS541', range, [others[0]?.path ?? '', method.text, orJoined(methods)], fixes);
}

function suggestionText({ operation, reason }: Suggestion): Phrase {
  const meant = phrase('Did you mean {0}?', `${operation.method} ${operation.path}`);
  if (reason === undefined) return meant;
  return reason.includes(operation.path) ? phrase(reason) : phrase('{0} {1}', phrase(reason), meant);
}

function orJoined(names: readonly string[]): Argument {
  return (
    names.reduce<Argument | undefined>(
      (all, name) => (all === undefined ? name : phrase('{0} or {1}', all, name)),
      undefined,
    ) ?? ''
  );
}

/** The template with the values of the written path where it has parameters. */
function filled(template: string, path: string): string {
  const written = path.split('/');
  return template
    .split('/')
    .map((segment, at) =>
      segment.startsWith('{') && /^\d+$|^\{\{/.test(written[at] ?? '') ? (written[at] ?? segment) : segment,
    )
    .join('/');
}
