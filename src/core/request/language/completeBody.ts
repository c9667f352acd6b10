import type { PowerQueryArgument } from '../../catalog/catalogData.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { RequestEntry } from '../requestFile.ts';
import { completeColumns } from './completeNames.ts';
import { offer, type Completion } from './completion.ts';
import { PlacedText } from './placedText.ts';
import { operationOf } from './diagnoseAddress.ts';
import type { MatchedOperation } from './diagnoseParameters.ts';
import type { FileIndex } from './fileIndex.ts';
import { placeInJson, type JsonPlace } from './jsonPlace.ts';
import { isJsonObject } from '../../powerschool/jsonValue.ts';

/** Longer bodies are not looked into. */
const LONGEST_BODY = 200_000;

/** Keys that a JSON body may have where the cursor is: arguments of a PowerQuery, columns of a table, or as in the example. */
export function completeBodyKeys(index: FileIndex, request: RequestEntry, offset: number): Completion[] {
  const { body } = request;
  const match = operationOf(request, index);
  if (match === undefined || body === undefined || offset - body.range.start > LONGEST_BODY) return [];
  const place = placeInJson(index.file.text, body.range.start, offset);
  if (place === undefined) return [];
  if (place.kind === 'value') return completeBodyValue(index, match, place, offset);
  return keysAt(index, match, place.path)
    .filter(({ name }) => !place.keys.has(name))
    .map(({ name, detail, description }) => offerKey(index, place, name, detail, description));
}

interface BodyKey {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly description?: string | undefined;
}

function keysAt(index: FileIndex, match: MatchedOperation, path: readonly string[]): readonly BodyKey[] {
  const { operation, pathParams } = match;
  const { catalog, tables } = index.context;
  const query = pathParams['queryname'];
  if (query !== undefined) {
    if (path.length > 0) return [];
    const own = catalog?.powerQuery(query)?.arguments ?? [];
    return [...own.map((argument) => argumentKey(argument, index)), ...QUERY_KEYS];
  }
  const table = pathParams['tablename'] ?? /^\/ws\/schema\/table\/(\w+)/.exec(operation.path)?.[1];
  if (table !== undefined && path[0] === 'tables') {
    if (path.length === 1) return [{ name: table.toLowerCase() }];
    return (tables?.table(path[1] ?? '')?.columns ?? [])
      .filter(({ availability, secret }) => availability !== 'notReported' && !secret)
      .map(({ name, type, description }) => ({ name: name.toLowerCase(), detail: type, description }));
  }
  let value: unknown = operation.body;
  for (const step of ['', ...path]) {
    if (step !== '') value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    while (Array.isArray(value)) value = value[0];
  }
  return isJsonObject(value) ? Object.entries(value).map(([name, example]) => ({ name, detail: typeOf(example) })) : [];
}

/** What every PowerQuery takes beside its arguments. */
const QUERY_KEYS: readonly BodyKey[] = [
  { name: 'projection', description: 'The columns to return as `table.column`, joined by semicolons.' },
  { name: '$q', description: 'A filter over the columns of the answer, such as `students.grade_level==9`.' },
];

function argumentKey({ name, type, required, description }: PowerQueryArgument, index: FileIndex): BodyKey {
  return { name, detail: required === true ? index.say('{0}, required', type) : type, description };
}

/** Columns in the projection of a PowerQuery. */
function completeBodyValue(
  index: FileIndex,
  { pathParams }: MatchedOperation,
  { key, range }: JsonPlace,
  offset: number,
): Completion[] {
  if (key !== 'projection' || pathParams['queryname'] === undefined) return [];
  const text = index.file.text.slice(range.start, range.end);
  return completeColumns(index, new PlacedText({ text, range }), offset, undefined, ';');
}

function offerKey(
  index: FileIndex,
  { range, quoted }: JsonPlace,
  name: string,
  detail: string | undefined,
  description: string | undefined,
): Completion {
  const { text } = index.file;
  const closed = quoted && text.charAt(range.end) === '"';
  const place: TextRange = { start: range.start, end: range.end + (closed ? 1 : 0) };
  const colon = /^[ \t]*:/.test(text.slice(place.end, place.end + 80)) ? '' : ': ';
  return offer({
    label: name,
    kind: 'property',
    range: place,
    text: `${quoted ? '' : '"'}${name}"${colon}`,
    detail,
    documentation: description === undefined || description === '' ? undefined : () => index.say(description),
  });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}
