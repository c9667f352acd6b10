import type { QueryParameter } from '../../catalog/catalogData.ts';
import { checkFilter, FILTER_FINDING_TEXT } from '../../catalog/filterCheck.ts';
import { FILTER_ERROR_TEXT, parseFilter } from '../../catalog/fiql.ts';
import type { Operation } from '../../catalog/operation.ts';
import type { Table } from '../../catalog/tables.ts';
import { phrase } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { RequestEntry, Span } from '../requestFile.ts';
import { diagnoseColumns, diagnoseOrder } from './diagnoseColumns.ts';
import type { FileIndex } from './fileIndex.ts';
import { fieldElement, listItems, wrongSeparator } from './nameList.ts';
import { PlacedText } from './placedText.ts';
import { changeFix, didYouMean, nearestName, replaceFix, suggestion, type Report } from './report.ts';

/** Longer values are not looked into. */
const LONGEST_VALUE = 20_000;

export interface MatchedOperation {
  readonly operation: Operation;
  readonly pathParams: Readonly<Record<string, string>>;
}

/** The table that a table request or its filter is about. */
export function tableOf({ operation, pathParams }: MatchedOperation, index: FileIndex): Table | undefined {
  const parameter = operation.pathParams.find(({ kind }) => kind === 'table');
  const name = parameter === undefined ? undefined : pathParams[parameter.name];
  return name === undefined ? undefined : index.context.tables?.table(name);
}

/** The query of a request whose operation is known: PS543 to PS555. */
export function diagnoseParameters(
  request: RequestEntry,
  match: MatchedOperation,
  index: FileIndex,
  report: Report,
): void {
  const { operation } = match;
  const { parameters, path } = index.address(request);
  const names = operation.queryParams.map(({ name }) => name);
  for (const { name, value } of parameters) {
    if (name.text === '' || name.text.includes('{{')) continue;
    const known = operation.queryParams.find((parameter) => parameter.name === name.text);
    if (known === undefined) {
      const { mend, fixes } = suggestion(
        name.text,
        name.range,
        names,
        names.length === 0 ? phrase('It takes none.') : phrase('Known: {0}.', names.join(', ')),
      );
      report.add('PS543', name.range, [name.text, mend], fixes);
    } else if (value !== undefined && value.text.length < LONGEST_VALUE) {
      diagnoseValue(known, { name, value }, match, index, report);
    }
  }
  const given = new Set(parameters.map(({ name }) => name.text));
  for (const parameter of operation.queryParams) {
    if ((parameter.required !== true && parameter.requiredFor === undefined) || given.has(parameter.name)) continue;
    if (parameters.some(({ name }) => name.text.includes('{{'))) continue;
    const example = String(parameter.default ?? '…');
    const { end } = request.target.range;
    const sign = index.address(request).hasQuery ? '&' : '?';
    const added = `${parameter.name}=${example}`;
    const fix = replaceFix(phrase('Add {0}', added), { start: end, end }, sign + added);
    report.add('PS549', path.range, [parameter.name, example], parameter.default === undefined ? [] : [fix]);
  }
  diagnoseTableName(request, match, index, report);
  diagnoseQueryName(request, match, index, report);
}

/** A table that the server does not list, or a slip in the name of one. */
function diagnoseTableName(
  request: RequestEntry,
  { operation, pathParams }: MatchedOperation,
  index: FileIndex,
  report: Report,
): void {
  const { tables } = index.context;
  const parameter = operation.pathParams.find(({ kind }) => kind === 'table');
  const name = parameter === undefined ? '' : (pathParams[parameter.name] ?? '');
  if (tables === undefined || name === '' || name.includes('{')) return;
  const known = tables.table(name);
  if (known !== undefined && known.availability !== 'notReported') return;
  const names = tables.tables.flatMap((table) =>
    table.availability === 'notReported' ? [] : [table.name.toLowerCase()],
  );
  const listed = tables.tables.some(({ availability }) => availability === 'reported');
  const range = segmentRange(request, name, index);
  const { mend, fixes } = suggestion(name, range, names, 'Look it up in the explorer.');
  // The tables that come with the product are a default: without the server's list only a slip is worth a word.
  if (listed || fixes.length > 0) report.add('PS552', range, [name, mend], fixes);
}

function diagnoseValue(
  parameter: QueryParameter,
  { name, value }: { name: Span; value: PlacedText },
  match: MatchedOperation,
  index: FileIndex,
  report: Report,
): void {
  const { operation } = match;
  const known = index.preview(value.text, value.range.start);
  switch (parameter.type) {
    case 'integer':
      if (known !== undefined) diagnoseNumber(parameter, known, value, operation, report);
      return;
    case 'boolean':
      if (known !== undefined && !/^(?:true|false)$/i.test(known))
        report.add('PS554', value.range, [name.text, phrase('true or false')]);
      return;
    case 'filter':
      diagnoseFilter(value, match, index, report);
      return;
    case 'columns':
      diagnoseColumns(value, { separator: ',', name: name.text }, tableOf(match, index), index, report);
      return;
    case 'list':
      if (name.text === 'expansions') diagnoseNames(value, name.text, operation.expansions, 'PS544', report);
      if (name.text === 'extensions') diagnoseNames(value, name.text, operation.extensions, 'PS545', report);
      return;
    case 'string':
      if (name.text === 'sort')
        diagnoseColumns(value, { separator: ',', name: 'sort' }, tableOf(match, index), index, report);
      if (name.text === 'order') diagnoseOrder(value, index, report);
  }
}

function diagnoseNumber(
  parameter: QueryParameter,
  known: string,
  { range }: Span,
  operation: Operation,
  report: Report,
): void {
  if (!/^-?\d+$/.test(known)) {
    report.add('PS554', range, [parameter.name, phrase('a whole number')]);
    return;
  }
  const number = Number(known);
  if (parameter.name === 'page' && number < 1)
    report.add('PS554', range, ['page', phrase('1 or more: pages count from 1')]);
  if (parameter.name !== 'pagesize') return;
  const limit = operation.maxPageSize;
  if (number < 0 || (number === 0 && operation.kind !== 'query'))
    report.add('PS554', range, ['pagesize', phrase('1 or more')]);
  else if (limit !== undefined && number > limit) {
    report.add('PS547', range, [number, limit], [replaceFix(phrase('Change to {0}', limit), range, String(limit))]);
  }
}

function diagnoseFilter(value: PlacedText, match: MatchedOperation, index: FileIndex, report: Report): void {
  const expression = parseFilter(value.text, { encoded: true });
  const moved = ({ start, end }: TextRange): TextRange => value.rangeOf(start, Math.max(end, start + 1));
  for (const { kind, range, text } of expression.errors) {
    const { message, mend } = FILTER_ERROR_TEXT[kind];
    const fixes = kind === 'orJoin' ? [replaceFix('Join with ;', moved(range), ';')] : [];
    report.add('PS548', moved(range), [phrase(sentencePart(message), text), phrase(mend)], fixes);
  }
  const { filter } = match.operation;
  if (filter === undefined) return;
  for (const { kind, range, args } of checkFilter(expression, filter, tableOf(match, index))) {
    const { message, mend } = FILTER_FINDING_TEXT[kind];
    if (kind === 'unknownColumn' || kind === 'notReadable') {
      const code = kind === 'unknownColumn' ? 'PS550' : 'PS551';
      const table = tableOf(match, index)?.name ?? '';
      const rest =
        kind === 'unknownColumn'
          ? [args[0], table, phrase(mend, ...args)]
          : [`${table}.${columnOf(args[0])}`, fieldElement(table, columnOf(args[0]))];
      report.add(code, moved(range), rest);
      continue;
    }
    const names = filter.fields.map((field) => field.name);
    const near = kind === 'unknownField' ? nearestName(args[0], names) : undefined;
    const fixes = near === undefined ? [] : [changeFix(moved(range), near)];
    const advice = near === undefined ? phrase(mend, ...args) : didYouMean(near);
    report.add(
      kind === 'unknownField' ? 'PS555' : 'PS548',
      moved(range),
      [phrase(sentencePart(message), ...args), advice],
      fixes,
    );
  }
}

/** Names of a list joined by commas, against those that the operation offers. */
function diagnoseNames(
  value: PlacedText,
  parameter: string,
  offered: readonly { readonly name: string; readonly availability: string }[],
  code: 'PS544' | 'PS545',
  report: Report,
): void {
  const wrong = wrongSeparator(value, ',', parameter, report);
  const available = offered.filter(({ availability }) => availability !== 'notReported').map(({ name }) => name);
  const reported = offered.some(({ availability }) => availability === 'reported');
  // Extensions differ from server to server: without its own list nothing can be said.
  if (offered.length === 0 || (code === 'PS545' && !reported)) return;
  for (const item of listItems(value, wrong ? /[,;]/ : /,/)) {
    if (item.text === '' || item.text.includes('{{') || available.includes(item.text)) continue;
    const known = phrase('Known: {0}.', available.join(', '));
    if (offered.some(({ name }) => name === item.text)) {
      report.add(code, item.range, [item.text, phrase('This server does not offer it to the plugin. {0}', known)]);
      continue;
    }
    const { mend, fixes } = suggestion(item.text, item.range, available, known);
    report.add(code, item.range, [item.text, mend], fixes);
  }
}

/** A PowerQuery that the server does not report, and the projection in its body. */
function diagnoseQueryName(
  request: RequestEntry,
  { operation, pathParams }: MatchedOperation,
  index: FileIndex,
  report: Report,
): void {
  const parameter = operation.pathParams.find(({ kind }) => kind === 'powerQuery');
  if (parameter === undefined) return;
  const { body } = request;
  if (body?.kind === 'text') {
    const written = index.file.text.slice(body.range.start, body.range.end);
    const match = /"projection"\s*:\s*"([^"\n]*)"/.exec(written);
    if (match?.[1] !== undefined) {
      const end = body.range.start + match.index + match[0].length - 1;
      const value = new PlacedText({ text: match[1], range: { start: end - match[1].length, end } });
      diagnoseColumns(value, { separator: ';', name: 'projection' }, undefined, index, report);
    }
  }
  const offered = index.context.catalog?.powerQueries ?? [];
  const queries = offered.filter(({ availability }) => availability === 'reported');
  const name = pathParams[parameter.name] ?? '';
  const asked = offered.some(({ availability }) => availability !== 'known');
  if (!asked || name.includes('{') || queries.some((query) => query.name === name)) return;
  const range = segmentRange(request, name, index);
  const { mend, fixes } = suggestion(
    name,
    range,
    queries.map((query) => query.name),
    'Check the name, and that its plugin is enabled.',
  );
  report.add('PS553', range, [name, mend], fixes);
}

/** Where the path names something. */
function segmentRange(request: RequestEntry, name: string, index: FileIndex): TextRange {
  const segment = index.address(request).segments.find(({ text }) => text === name);
  return segment?.range ?? request.target.range;
}

function columnOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}

function sentencePart(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
