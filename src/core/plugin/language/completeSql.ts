import type { TextRange } from '../../text/textRange.ts';
import { readQueryFile, type NamedQuery } from '../query/namedQuery.ts';
import { readXml } from '../reader/xmlReader.ts';
import { tablesOf } from '../sql/fromTables.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { offer, type Completion } from './completion.ts';
import { columnsOf, tablesFor } from './nameOffers.ts';
import type { PluginLanguageContext } from './pluginLanguage.ts';

/** What can be written in the SQL of the query whose `<sql>` starts at `sqlStart`: arguments, tables, columns. */
export function completeSql(
  text: string,
  offset: number,
  sqlStart: number,
  { tables }: PluginLanguageContext,
): Completion[] {
  const query = queryAround(text, sqlStart);
  const written = /[\w$#]*$/.exec(text.slice(Math.max(0, offset - 64), offset))?.[0] ?? '';
  const range: TextRange = { start: offset - written.length, end: offset };
  const before = text.slice(Math.max(0, range.start - 200), range.start);
  if (before.endsWith(':'))
    return (query?.args ?? []).map(({ name, description }) =>
      offer({ label: name, kind: 'argument', range, detail: description || undefined }),
    );
  if (tables === undefined) return [];
  const alias = /([\w$#]+)\.$/.exec(before)?.[1];
  if (alias !== undefined) {
    const table = tablesOf(query?.sql?.statement.tokens ?? []).get(alias.toLowerCase()) ?? alias;
    return columnsOf(tables, table, range).map(lowerCase);
  }
  return /\b(?:from|join|,)\s*$/i.test(before) ? tablesFor(tables, range).map(lowerCase) : [];
}

/** Names in SQL are mostly written in small letters. */
function lowerCase(completion: Completion): Completion {
  return { ...completion, label: completion.label.toLowerCase(), text: completion.text.toLowerCase() };
}

function queryAround(text: string, sqlStart: number): NamedQuery | undefined {
  const document = readXml(text, XML_LANGUAGES.named_queries);
  if (document.root === undefined) return undefined;
  return readQueryFile(document, document.root).queries.find(
    ({ element }) => element.start < sqlStart && sqlStart < element.end,
  );
}
