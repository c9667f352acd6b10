import type { Catalog } from './catalog.ts';
import type { Access, Confidence, PowerQueryArgument, QueryField, QueryParameter } from './catalogData.ts';
import { compose } from './compose.ts';
import words from './data/docWords.json' with { type: 'json' };
import { FILTER_OPERATORS, type FilterOperator } from './fiql.ts';
import { bullets, code, codeBlock, escapeMarkdown, exampleJson, paragraphs } from './markdown.ts';
import { ENGLISH, type Wording } from '../problem/phrase.ts';
import type {
  OfferedExpansion,
  OfferedExtension,
  OfferedPowerQuery,
  Operation,
  PathParameter,
  Resource,
} from './operation.ts';
import { emptySelection } from './selection.ts';
import type { Refusal } from './serverFacts.ts';

export interface DocOptions {
  /** `brief` for a hover over a row, `full` for a page. */
  readonly detail?: 'brief' | 'full';
  readonly wording?: Wording;
}

const ACCESS_TEXT: Readonly<Record<Access, string>> = words.access;
const CONFIDENCE_TEXT: Readonly<Record<Confidence, string>> = words.confidence;
const OPERATOR_TEXT: Readonly<Record<FilterOperator, string>> = words.operators;

const EXAMPLE_LINES = { brief: 12, full: 60 };

/** What an operation does, takes, returns and needs, with an example. */
export function describeOperation(catalog: Catalog, operation: Operation, options: DocOptions = {}): string {
  const { wording = ENGLISH, detail = 'brief' } = options;
  const parameters = [
    ...operation.pathParams.map((parameter) => `${code(parameter.name)}: ${describePathParameter(parameter)}`),
    ...operation.queryParams.map(
      (parameter) => `${code(parameter.name)}: ${describeParameter(operation, parameter, options)}`,
    ),
  ];
  return paragraphs([
    `**${operation.summary}**`,
    code(`${operation.method} ${operation.path}`),
    operation.description,
    describeResult(operation, wording),
    parameters.length > 0 ? `${wording('Parameters')}:\n\n${bullets(parameters)}` : undefined,
    wording(ACCESS_TEXT[operation.access]),
    serverRemarks(operation, wording),
    exampleOf(catalog, operation, wording, EXAMPLE_LINES[detail]),
    operation.notes.length > 0 ? bullets(operation.notes) : undefined,
    describeUnverified(operation, wording),
    detail === 'full' ? describeOrigin(operation, wording) : undefined,
  ]);
}

/** What a resource is and its calls; when all of them were refused, the reason that the server gave. */
export function describeResource(resource: Resource, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const closed = resource.operations.every(({ refusal }) => refusal !== undefined);
  return paragraphs([
    `**${resource.title}**`,
    resource.description,
    closed ? describeRefusal(resource.operations[0]?.refusal, wording) : undefined,
    bullets(resource.operations.map(({ method, path, summary }) => `${code(`${method} ${path}`)} ${summary}`)),
  ]);
}

/** What an id in a path means: which of the several ids of a record it is. */
export function describePathParameter({ is }: PathParameter): string {
  return `**${is.title}**. ${is.description}`;
}

/** Type, names to choose from, default and meaning of a query parameter. */
export function describeParameter(operation: Operation, parameter: QueryParameter, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const names = choicesOf(operation, parameter);
  return [
    parameter.description,
    parameter.required === true ? wording('Required.') : '',
    parameter.default === undefined ? '' : wording('Default: {0}.', code(String(parameter.default))),
    parameter.name === 'pagesize' && operation.maxPageSize !== undefined
      ? wording('This server allows at most {0}.', operation.maxPageSize)
      : '',
    names.length > 0 ? wording('Known: {0}.', names.map(code).join(', ')) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The names that a parameter takes: expansions, extensions or the fields of a filter. */
export function choicesOf(operation: Operation, parameter: QueryParameter): string[] {
  if (parameter.name === 'expansions') return present(operation.expansions);
  if (parameter.name === 'extensions') return present(operation.extensions);
  return parameter.type === 'filter' ? (operation.filter?.fields ?? []).map(({ name }) => name) : [];
}

/** What an expansion adds: description, the fields that come with it, and whether the server has it. */
export function describeExpansion(resource: Resource, expansion: OfferedExpansion, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const fields = resource.recordFields.filter((field) => field.expansion === expansion.name);
  return paragraphs([
    `**${escapeMarkdown(expansion.name)}**`,
    expansion.description === '' ? wording('Reported by the server.') : `${expansion.description}.`,
    fields.length > 0 ? bullets(fields.map(({ path, description }) => `${code(path)} ${description}`)) : undefined,
    expansion.availability === 'notReported' ? wording('This server does not offer it.') : undefined,
    expansion.newer === true && expansion.availability === 'known' ? wording('Only newer servers have it.') : undefined,
  ]);
}

export function describeExtension(extension: OfferedExtension, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const state = {
    reported: wording('This server offers it.'),
    notReported: wording('This server does not offer it.'),
    known: wording('Seen on some servers. Which extensions a server has, it tells with its first answer.'),
  };
  return paragraphs([
    `**${escapeMarkdown(extension.name)}**`,
    extension.description === '' ? undefined : `${extension.description}.`,
    wording('A 1:1 extension table: its values come under {0} in each record.', code('_extension_data')),
    state[extension.availability],
  ]);
}

/** A field of a filter: type, known values, comparisons. */
export function describeQueryField(field: QueryField, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const values = Object.entries(field.values ?? {}).map(([value, meaning]) => `${code(value)} ${meaning}`);
  return paragraphs([
    `**${field.name}** (${wording(field.type === 'enum' ? 'string' : field.type)})`,
    field.description,
    values.length > 0 ? bullets(values) : undefined,
  ]);
}

export function describeOperators(options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  return bullets(FILTER_OPERATORS.map((operator) => `${code(operator)} ${wording(OPERATOR_TEXT[operator])}`));
}

export function describeOperator(operator: FilterOperator, options: DocOptions = {}): string {
  return `${code(operator)} ${(options.wording ?? ENGLISH)(OPERATOR_TEXT[operator])}`;
}

/** A PowerQuery with its arguments, and whether it is installed. */
export function describePowerQuery(query: OfferedPowerQuery, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  const lines = (query.arguments ?? []).map((argument) => argumentLine(argument, wording));
  return paragraphs([
    `**${escapeMarkdown(query.name)}**`,
    query.summary === '' ? undefined : escapeMarkdown(query.summary),
    code(`POST /ws/schema/query/${query.name}`),
    lines.length > 0
      ? `${wording('Arguments, in the body')}:\n\n${bullets(lines)}`
      : wording('No arguments are known. Send {0}.', code('{}')),
    query.columns === undefined ? undefined : `${wording('Returns')}: ${query.columns.map(code).join(', ')}`,
    wording(ACCESS_TEXT.viewOnly),
    query.availability === 'notReported' ? wording('This server does not have it installed.') : undefined,
    query.since === undefined ? undefined : wording('Since release {0}.', query.since),
    describeRefusal(query.refusal, wording),
  ]);
}

/** An argument of a PowerQuery: what goes into the body under its name. */
export function describeArgument(argument: PowerQueryArgument, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  return paragraphs([
    argumentLine(argument, wording),
    wording('An argument of the PowerQuery. It goes into the JSON body; _Try It_ and _New Request_ ask for it.'),
  ]);
}

/** A column that a PowerQuery returns, and what can be done with it. */
export function describeQueryColumn(query: OfferedPowerQuery, column: string, options: DocOptions = {}): string {
  const { wording = ENGLISH } = options;
  return paragraphs([
    `**${escapeMarkdown(column)}**`,
    wording('A column of the answer of {0}.', code(query.name)),
    wording('Check columns to ask for these alone (projection, joined by semicolons in the body). None: all of them.'),
    wording('A condition on it goes into {0} of the body, a sort order into {1}.', code('$q'), code('order')),
    column.includes('.')
      ? undefined
      : `⚠ ${wording('Not verified')}: ${wording('how a flattened query wants its columns named.')}`,
  ]);
}

function argumentLine({ name, type, required, description }: PowerQueryArgument, wording: Wording): string {
  return [
    code(name),
    wording(type),
    required === true ? wording('(required)') : '',
    description === undefined ? '' : escapeMarkdown(description),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** How the server refused something last time, in its own words; undefined when it did not. */
export function describeRefusal(refusal: Refusal | undefined, wording: Wording = ENGLISH): string | undefined {
  if (refusal === undefined) return undefined;
  const words = refusal.message === '' ? '' : ` ${escapeMarkdown(refusal.message)}`;
  return `⚠ ${wording('Refused last time with status {0}.', refusal.status)}${words}`;
}

function describeResult({ kind, response, sortedBy, countWith }: Operation, wording: Wording): string {
  const root = response.root === undefined ? '' : code(response.root);
  const sentences: string[] = [];
  if (kind === 'count') sentences.push(wording('Returns the number of records under {0}.', root));
  else if (response.shape === 'none') sentences.push(wording('Returns no body.'));
  else if (response.shape === 'unknown') sentences.push(wording('What it returns is not established.'));
  else if (kind === 'list' && response.shape === 'array') sentences.push(wording('Returns a list.'));
  else if (kind === 'list')
    sentences.push(
      wording(
        'Returns a list of records under {0}. A single record comes as an object, and without records the key is missing.',
        root,
      ),
    );
  else if (response.shape === 'wrapped') sentences.push(wording('Returns what is under {0}.', root));
  else sentences.push(wording(response.shape === 'array' ? 'Returns a list.' : 'Returns one object.'));
  if (sortedBy !== undefined) sentences.push(wording('Sorted by: {0}.', sortedBy));
  if (countWith !== undefined) sentences.push(wording('Add {0} to the path to count.', code('/count')));
  return sentences.join(' ');
}

function serverRemarks(operation: Operation, wording: Wording): string | undefined {
  const lines = [
    operation.legacy ? wording('Belongs to the old gradebook.') : undefined,
    operation.needsRelease === undefined
      ? undefined
      : `⚠ ${wording('Needs release {0}; this server is older.', operation.needsRelease)}`,
    describeRefusal(operation.refusal, wording),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? lines.join('  \n') : undefined;
}

function exampleOf(catalog: Catalog, operation: Operation, wording: Wording, lines: number): string {
  const values = Object.fromEntries(operation.pathParams.map(({ name, is }) => [name, String(is.example)]));
  const request = compose(catalog, emptySelection(operation.id, values));
  const ask = `${operation.method} ${request?.target ?? operation.path}`;
  const body = request?.body === undefined ? '' : `\n\n${exampleJson(request.body, lines)}`;
  return paragraphs([
    `${wording('Example')}:`,
    codeBlock('http', `${ask}${body}`),
    operation.example === undefined ? undefined : codeBlock('json', exampleJson(operation.example, lines)),
  ]);
}

function describeUnverified(operation: Operation, wording: Wording): string | undefined {
  const lines = [...operation.unverified];
  if (operation.confidence === 'notes') lines.push(wording(CONFIDENCE_TEXT.notes));
  return lines.length > 0 ? `⚠ ${wording('Not verified')}:\n\n${bullets(lines)}` : undefined;
}

function describeOrigin(operation: Operation, wording: Wording): string {
  const since = operation.since === undefined ? '' : `${wording('Since release {0}.', operation.since)} `;
  const sources = operation.sources.map(({ title, where }) => `${title} (${where})`).join('; ');
  return `${since}${wording(CONFIDENCE_TEXT[operation.confidence])} ${wording('Source')}: ${sources}`;
}

function present(parts: readonly (OfferedExpansion | OfferedExtension)[]): string[] {
  return parts.filter(({ availability }) => availability !== 'notReported').map(({ name }) => name);
}
