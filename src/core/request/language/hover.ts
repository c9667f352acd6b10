import {
  describeExpansion,
  describeExtension,
  describeOperation,
  describeOperator,
  describeParameter,
  describePathParameter,
  describePowerQuery,
  describeQueryField,
} from '../../catalog/docs.ts';
import { FILTER_OPERATORS, parseFilter } from '../../catalog/fiql.ts';
import { code, codeBlock, paragraphs } from '../../catalog/markdown.ts';
import { describeColumn, describeTable } from '../../catalog/tableDocs.ts';
import type { TextRange } from '../../text/textRange.ts';
import { dynamicVariable } from '../dynamicVariables.ts';
import { OTHER_DIRECTIVES } from '../directiveValues.ts';
import type { Directive, RequestEntry, Span } from '../requestFile.ts';
import { DIRECTIVE_HELP, SUBJECT_HELP } from './completeDirective.ts';
import { operationOf } from './diagnoseAddress.ts';
import { tableOf, type MatchedOperation } from './diagnoseParameters.ts';
import type { FileIndex, PlacedUse } from './fileIndex.ts';
import { knownHeader } from './headerNames.ts';
import { listItems } from './nameList.ts';
import type { PlacedText } from './placedText.ts';

/** What the thing at a place is, in Markdown. */
export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

export function hoverAt(whole: FileIndex, offset: number): Hover | undefined {
  const index = whole.for(whole.blockAt(offset)?.request);
  const use = index.useAt(offset);
  if (use !== undefined) return hoverVariable(index, use);
  const block = index.blockAt(offset);
  const directive = block?.directives.find(({ range }) => contains(range, offset));
  if (directive !== undefined) return hoverDirective(index, directive);
  const request = block?.request;
  if (request === undefined) return undefined;
  const header = request.headers.find(({ name }) => contains(name.range, offset));
  if (header !== undefined) {
    const known = knownHeader(header.name.text);
    return known === undefined ? undefined : hover(header.name.range, index.say(known.description));
  }
  const match = operationOf(request, index);
  return match === undefined ? undefined : hoverTarget(index, request, match, offset);
}

function hoverTarget(
  index: FileIndex,
  request: RequestEntry,
  match: MatchedOperation,
  offset: number,
): Hover | undefined {
  const { catalog, tables } = index.context;
  if (catalog === undefined) return undefined;
  const { operation } = match;
  const address = index.address(request);
  if (request.method.written && contains(request.method.range, offset)) {
    return hover(request.method.range, describeOperation(catalog, operation, index.docs));
  }
  if (contains(address.path.range, offset)) {
    const segment = address.segments.find(({ range }) => contains(range, offset));
    const parameter = operation.pathParams.find(
      ({ name }) => segment !== undefined && match.pathParams[name] === segment.text,
    );
    if (segment !== undefined && parameter !== undefined) {
      const table = parameter.kind === 'table' ? tables?.table(segment.text) : undefined;
      const query =
        parameter.kind === 'powerQuery' ? catalog.powerQueries.find(({ name }) => name === segment.text) : undefined;
      if (table !== undefined && tables !== undefined)
        return hover(segment.range, describeTable(table, tables, index.docs));
      if (query !== undefined) return hover(segment.range, describePowerQuery(query, index.docs));
      return hover(segment.range, describePathParameter(parameter));
    }
    return hover(address.path.range, describeOperation(catalog, operation, index.docs));
  }
  const written = address.parameters.find(({ range }) => contains(range, offset));
  const parameter = operation.queryParams.find(({ name }) => name === written?.name.text);
  if (written === undefined || parameter === undefined) return undefined;
  const inValue =
    written.value !== undefined && contains(written.value.range, offset)
      ? hoverValue(index, match, written.name.text, written.value, offset)
      : undefined;
  return inValue ?? hover(written.name.range, describeParameter(operation, parameter, index.docs));
}

function hoverValue(
  index: FileIndex,
  match: MatchedOperation,
  name: string,
  value: PlacedText,
  offset: number,
): Hover | undefined {
  const { operation } = match;
  const type = operation.queryParams.find((parameter) => parameter.name === name)?.type;
  if (type === 'filter') return hoverFilter(index, match, value, offset);
  const item = listItems(value, /[,;]/).find(({ range }) => contains(range, offset));
  if (item === undefined) return undefined;
  const resource = index.context.catalog?.resource(operation.resource);
  const expansion = name === 'expansions' ? operation.expansions.find((entry) => entry.name === item.text) : undefined;
  if (expansion !== undefined && resource !== undefined)
    return hover(item.range, describeExpansion(resource, expansion, index.docs));
  const extension = name === 'extensions' ? operation.extensions.find((entry) => entry.name === item.text) : undefined;
  if (extension !== undefined) return hover(item.range, describeExtension(extension, index.docs));
  return type === 'columns' || name === 'sort' || name === 'order' ? hoverColumn(index, match, item) : undefined;
}

function hoverFilter(index: FileIndex, match: MatchedOperation, value: PlacedText, offset: number): Hover | undefined {
  const { filter } = match.operation;
  const at = value.indexOf(offset);
  for (const term of parseFilter(value.text, { encoded: true }).terms) {
    const place = ({ start, end }: TextRange): TextRange => value.rangeOf(start, end);
    if (contains(term.operatorRange, at) && at < term.operatorRange.end && FILTER_OPERATORS.includes(term.operator)) {
      return hover(place(term.operatorRange), describeOperator(term.operator, index.docs));
    }
    if (!contains(term.fieldRange, at)) continue;
    const field = filter?.fields.find(({ name }) => name === term.field);
    if (field !== undefined) return hover(place(term.fieldRange), describeQueryField(field, index.docs));
    return hoverColumn(index, match, { text: term.field, range: place(term.fieldRange) });
  }
  return undefined;
}

function hoverColumn(index: FileIndex, match: MatchedOperation, item: Span): Hover | undefined {
  const { tables } = index.context;
  const dot = item.text.lastIndexOf('.');
  const table = dot > 0 ? tables?.table(item.text.slice(0, dot)) : tableOf(match, index);
  const wanted = item.text.slice(dot + 1).toLowerCase();
  const column = table?.columns.find(({ name }) => name.toLowerCase() === wanted);
  if (table === undefined || column === undefined || tables === undefined) return undefined;
  return hover(item.range, describeColumn(table, column, tables, index.docs));
}

function hoverVariable(index: FileIndex, { expression, inner, range }: PlacedUse): Hover | undefined {
  switch (expression.kind) {
    case 'dynamic': {
      const known = dynamicVariable(expression.name);
      return known === undefined
        ? undefined
        : hover(range, paragraphs([code(`{{${known.usage}}}`), index.say(known.description)]));
    }
    case 'response': {
      const source = index.namedBefore(expression.request, inner.range.start);
      if (source === undefined) return undefined;
      return hover(
        range,
        index.say(
          'From the answer of {0}: {1} {2}',
          code(expression.request),
          source.method.text,
          code(source.target.text),
        ),
      );
    }
    case 'name': {
      const definition = index.variables.find(expression.name, inner.range.start);
      const layer = index.layers.find(({ values }) => values.has(expression.name));
      const written = definition?.value.text ?? layer?.values.get(expression.name);
      if (written === undefined) return undefined;
      const value = index.previewName(expression.name, inner.range.start);
      // A private file holds what must not be seen: its values are not shown.
      const secret = definition === undefined && layer?.file.private === true;
      const place =
        definition === undefined
          ? index.say(
              'From {0}, environment {1}.',
              code(fileName(layer?.file.path ?? '')),
              code(layer?.environment ?? ''),
            )
          : index.say('Set in line {0}.', definition.line + 1);
      return hover(range, paragraphs([secret ? undefined : codeBlock('text', value ?? written), place]));
    }
    case 'malformed':
      break;
  }
  return undefined;
}

function hoverDirective(index: FileIndex, { name, value }: Directive): Hover | undefined {
  const help = Object.hasOwn(DIRECTIVE_HELP, name.text) ? DIRECTIVE_HELP[name.text] : undefined;
  if (help === undefined) {
    return OTHER_DIRECTIVES.has(name.text)
      ? hover(name.range, index.say('A directive of another tool; it has no effect here.'))
      : undefined;
  }
  const subject = /^\w*/.exec(value.text)?.[0] ?? '';
  const more = name.text === 'expect' && Object.hasOwn(SUBJECT_HELP, subject) ? SUBJECT_HELP[subject] : undefined;
  return hover(
    name.range,
    paragraphs([index.say(help.description), more === undefined ? undefined : `${code(subject)}: ${index.say(more)}`]),
  );
}

function hover(range: TextRange, markdown: string): Hover {
  return { range, markdown };
}

function contains(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}
