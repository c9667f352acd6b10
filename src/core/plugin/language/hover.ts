import { describeColumn, describeTable } from '../../catalog/tableDocs.ts';
import type { TextRange } from '../../text/textRange.ts';
import { PAGE_PROPERTIES } from '../catalog/lintPageCatalog.ts';
import { languageOfFile } from '../fileLanguage.ts';
import { isXmlLanguage } from '../lintText.ts';
import { readQueryFile, type NamedQuery } from '../query/namedQuery.ts';
import type { XmlElement } from '../reader/xmlDocument.ts';
import { readXml } from '../reader/xmlReader.ts';
import { tablesOf } from '../sql/fromTables.ts';
import type { ElementModel } from '../schema/elementModel.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import type { PluginLanguageContext, PluginText } from './pluginLanguage.ts';
import { describeElement, describeValue } from './schemaDocs.ts';

/** What the thing at a place is, in Markdown. */
export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

/** Explains the element, attribute, value, table, column, argument or property at an offset. */
export function hoverAt(
  { fileName, text }: PluginText,
  offset: number,
  context: PluginLanguageContext,
): Hover | undefined {
  const language = languageOfFile(fileName);
  if (language === 'page_catalog') return hoverProperty(text, offset);
  if (language === undefined || !isXmlLanguage(language)) return undefined;
  const model = XML_LANGUAGES[language];
  const { root } = readXml(text, model);
  if (root === undefined) return undefined;
  const found = elementAt(root, model.root, offset);
  if (found === undefined) return undefined;
  const { element, kind } = found;
  const nameLength = element.name.full.length;
  for (const start of [element.start + 1, element.endTagStart + 2]) {
    if (
      kind !== undefined &&
      start > 1 &&
      offset >= start &&
      offset <= start + nameLength &&
      text.startsWith(element.name.full, start)
    ) {
      return { range: { start, end: start + nameLength }, markdown: describeElement(element.name.local, kind) };
    }
  }
  return hoverAttribute(element, kind, offset, context) ?? hoverContent(element, kind, offset, context);
}

function elementAt(
  element: XmlElement,
  kind: ElementModel | undefined,
  offset: number,
): { element: XmlElement; kind: ElementModel | undefined } | undefined {
  if (offset < element.start || offset > element.end) return undefined;
  for (const child of element.elements()) {
    const found = elementAt(child, kind?.children.get(child.name.local)?.model, offset);
    if (found !== undefined && offset < child.end) return found;
  }
  return { element, kind };
}

function hoverAttribute(
  element: XmlElement,
  kind: ElementModel | undefined,
  offset: number,
  context: PluginLanguageContext,
): Hover | undefined {
  const attribute = element.attributes.find(({ start, end }) => offset >= start && offset <= end);
  const schema = attribute === undefined ? undefined : kind?.attributes.get(attribute.name.full);
  if (attribute === undefined || schema === undefined) return undefined;
  if (offset > attribute.nameEnd && offset >= attribute.valueStart && offset <= attribute.valueEnd) {
    const range = { start: attribute.valueStart, end: attribute.valueEnd };
    const table =
      schema.complete === 'field' ? `${element.attributeValue('table')}.${attribute.value}` : attribute.value;
    const named = schema.complete === undefined ? undefined : describeName(table.trim(), context);
    if (named !== undefined) return { range, markdown: named };
    const meaning = schema.values?.[attribute.value];
    if (meaning !== undefined) return { range, markdown: `**${attribute.value}**\n\n${meaning}.` };
  }
  const required = kind?.requiredAttributes.includes(attribute.name.full) === true;
  return {
    range: { start: attribute.start, end: offset > attribute.nameEnd ? attribute.end : attribute.nameEnd },
    markdown: describeValue(attribute.name.full, schema, required),
  };
}

function hoverContent(
  element: XmlElement,
  kind: ElementModel | undefined,
  offset: number,
  context: PluginLanguageContext,
): Hover | undefined {
  if (element.name.local === 'sql') return hoverSql(element, offset, context);
  if (kind?.text === undefined) return undefined;
  const text = element.text.trim();
  const start = element.document.text.indexOf(text, element.startTagEnd);
  if (text === '' || start < 0 || offset < start || offset > start + text.length) return undefined;
  const range = { start, end: start + text.length };
  const meaning = kind.text.values?.[text];
  const markdown =
    kind.text.complete === 'column'
      ? describeName(text, context)
      : meaning === undefined
        ? undefined
        : `**${text}**\n\n${meaning}.`;
  return markdown === undefined ? undefined : { range, markdown };
}

function hoverSql(element: XmlElement, offset: number, context: PluginLanguageContext): Hover | undefined {
  const owner = element.parent;
  const root = element.document.root;
  if (owner === undefined || root === undefined) return undefined;
  const query: NamedQuery | undefined = readQueryFile(element.document, root).queries.find(
    (entry) => entry.element === owner,
  );
  const sql = query?.sql;
  if (query === undefined || sql === undefined) return undefined;
  const { tokens } = sql.statement;
  const at = offset - sql.source.start;
  const index = tokens.findIndex(({ start, end }) => at >= start && at <= end);
  const token = tokens[index];
  if (token === undefined) return undefined;
  const range = sql.at(token);
  if (token.kind === 'bind') {
    const arg = query.args.find(({ name }) => name === token.text);
    if (arg === undefined) return undefined;
    const facts = [
      arg.description,
      arg.column === '' ? '' : `Compared with ${arg.column}.`,
      arg.required ? 'Required.' : 'May be left out.',
    ];
    return { range, markdown: `**:${arg.name}**\n\n${facts.filter((fact) => fact !== '').join(' ')}` };
  }
  if (token.kind !== 'word') return undefined;
  const aliases = tablesOf(tokens);
  const alias = tokens[index - 1]?.text === '.' ? tokens[index - 2]?.text.toLowerCase() : undefined;
  const name =
    alias === undefined
      ? (aliases.get(token.text.toLowerCase()) ?? token.text)
      : `${aliases.get(alias) ?? alias}.${token.text}`;
  const markdown = describeName(name, context);
  return markdown === undefined ? undefined : { range, markdown };
}

/** `TABLE` or `TABLE.FIELD`, as far as they are known. */
function describeName(name: string, { tables }: PluginLanguageContext): string | undefined {
  if (tables === undefined) return undefined;
  const [tableName = '', columnName] = name.split('.');
  const table = tables.table(tableName);
  if (table === undefined) return undefined;
  const column = columnName === undefined ? undefined : tables.column(tableName, columnName);
  return column === undefined ? describeTable(table, tables) : describeColumn(table, column, tables);
}

function hoverProperty(text: string, offset: number): Hover | undefined {
  for (const match of text.matchAll(/"([\w$]+)"(?=\s*:)/g)) {
    const [whole, name = ''] = match;
    const range = { start: match.index, end: match.index + whole.length };
    const schema = PAGE_PROPERTIES[name];
    if (offset >= range.start && offset <= range.end && schema !== undefined) {
      return { range, markdown: describeValue(name, schema, ['htmlID', 'title', 'version', 'pageURL'].includes(name)) };
    }
  }
  return undefined;
}
