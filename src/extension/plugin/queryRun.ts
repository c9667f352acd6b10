import { commands, workspace, type Uri } from 'vscode';
import type { PowerQueryArgument } from '../../core/catalog/catalogData.ts';
import { loadCatalog } from '../../core/catalog/load.ts';
import { toRequestText } from '../../core/catalog/requestText.ts';
import { emptySelection } from '../../core/catalog/selection.ts';
import type { ColumnType, TableCatalog } from '../../core/catalog/tables.ts';
import { readQueryFile, type NamedQuery, type QueryArgument } from '../../core/plugin/query/namedQuery.ts';
import { readXml } from '../../core/plugin/reader/xmlReader.ts';
import { XML_LANGUAGES } from '../../core/plugin/schema/languages.ts';
import { COMMANDS } from '../contributions.ts';
import { askArguments } from '../explorer/argumentInput.ts';
import { openNewRequest } from '../requests/newRequest.ts';
import type { LintKnowledge } from './lintOptions.ts';

/** Where *Run PowerQuery* stands: the query file and the name of the query. */
export interface QueryPlace {
  readonly uri: Uri;
  readonly name: string;
}

const RUN_POWER_QUERY = 'runPowerQuery';

/** *Run PowerQuery*: asks for the arguments, writes a request, and sends it to the active server. */
export async function runPowerQuery({ uri, name }: QueryPlace, knowledge: LintKnowledge): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const query = findQuery(document.getText(), name);
  if (!query) return;
  const tables = await knowledge.tables();
  const values = await askArguments({
    name,
    summary: query.summary ?? '',
    source: 'plugin',
    arguments: query.args.map((argument) => offered(argument, tables)),
    availability: 'known',
    refusal: undefined,
  });
  if (!values) return;
  const selection = { ...emptySelection(RUN_POWER_QUERY, { queryname: name }), arguments: values };
  const words = name.split('.').slice(-2);
  const text = toRequestText(await loadCatalog(), selection, { name: words.join('_'), title: name });
  if (text === undefined) return;
  const editor = await openNewRequest(words.join('-'), text);
  await commands.executeCommand(COMMANDS.runRequest, { uri: editor.document.uri, index: 0 });
}

function findQuery(text: string, name: string): NamedQuery | undefined {
  const document = readXml(text, XML_LANGUAGES.named_queries);
  return document.root && readQueryFile(document, document.root).queries.find((query) => query.name === name);
}

/** The type of an argument is that of the column it names. */
function offered(
  { name, column, required, description, type }: QueryArgument,
  tables: TableCatalog,
): PowerQueryArgument {
  const known = argumentType(tables.column('', column)?.type);
  const list = type === 'array';
  return {
    name,
    type: list ? (known === 'integer' ? 'integer[]' : 'string[]') : known,
    required,
    ...(description === '' ? {} : { description }),
  };
}

function argumentType(type: ColumnType | undefined): 'integer' | 'number' | 'string' | 'date' {
  return type === 'integer' || type === 'number' || type === 'date' ? type : 'string';
}
