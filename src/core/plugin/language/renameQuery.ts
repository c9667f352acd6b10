import type { TextEdit, TextRange } from '../../text/textRange.ts';
import { languageOfFile } from '../fileLanguage.ts';
import { readMappingFile } from '../mapping/permissionMapping.ts';
import { readQueryFile, type NamedQuery } from '../query/namedQuery.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import type { FileEdits, PluginText } from './pluginLanguage.ts';

/** What can be renamed at a place. */
type Renameable =
  | { readonly kind: 'query'; readonly name: string; readonly range: TextRange }
  | { readonly kind: 'argument'; readonly name: string; readonly range: TextRange; readonly query: NamedQuery };

/** The name at a place that `renameAt` would change. */
export function renameableAt(file: PluginText, offset: number): TextRange | undefined {
  return find(file, offset)?.range;
}

/** See `PluginLanguage.rename`. */
export function renameAt(
  file: PluginText,
  offset: number,
  newName: string,
  files: readonly PluginText[],
): FileEdits[] | undefined {
  const found = find(file, offset);
  if (found === undefined) return undefined;
  if (found.kind === 'argument') return renameArgument(file, found, newName);
  if (!/^[\w$-]+(?:\.[\w$-]+)*$/.test(newName) || newName.length > 200) return undefined;
  const all = files.some(({ fileName }) => fileName === file.fileName) ? files : [file, ...files];
  if (newName !== found.name && all.some((other) => queriesOf(other).some(({ name }) => name === newName)))
    return undefined;
  return all
    .map((other) => ({
      fileName: other.fileName,
      edits: usesOf(other, found.name).map((range): TextEdit => ({ range, text: newName })),
    }))
    .filter(({ edits }) => edits.length > 0);
}

function find(file: PluginText, offset: number): Renameable | undefined {
  const language = languageOfFile(file.fileName);
  if (language === 'named_queries') {
    for (const query of queriesOf(file)) {
      const range = nameRange(file, query);
      if (range !== undefined && inside(range, offset)) return { kind: 'query', name: query.name, range };
      const argument = argumentRanges(query).find((entry) => inside(entry.range, offset));
      if (argument !== undefined) return { kind: 'argument', query, ...argument };
    }
    return undefined;
  }
  if (language !== 'permission_mappings') return undefined;
  return mappedNames(file).find(({ range }) => inside(range, offset));
}

function inside({ start, end }: TextRange, offset: number): boolean {
  return offset >= start && offset <= end;
}

function queriesOf({ fileName, text }: PluginText): readonly NamedQuery[] {
  if (languageOfFile(fileName) !== 'named_queries') return [];
  const document = readXml(text, XML_LANGUAGES.named_queries);
  return document.root === undefined ? [] : readQueryFile(document, document.root).queries;
}

/** Where the name is written, without blanks around it. */
function nameRange({ text }: PluginText, { name, nameAttribute }: NamedQuery): TextRange | undefined {
  if (nameAttribute === undefined || name === '' || nameAttribute.damaged) return undefined;
  const start = text.indexOf(name, nameAttribute.valueStart);
  return start < 0 || start + name.length > nameAttribute.valueEnd ? undefined : { start, end: start + name.length };
}

function mappedNames({ text }: PluginText): (Renameable & { kind: 'query' })[] {
  const document = readXml(text, XML_LANGUAGES.permission_mappings);
  if (document.root === undefined) return [];
  return readMappingFile(document, document.root).permissions.flatMap(({ implies }) =>
    implies.flatMap(({ element, query }) => {
      if (query === undefined) return [];
      const start = text.indexOf(query, element.startTagEnd);
      return start < 0 || start > element.end
        ? []
        : [{ kind: 'query' as const, name: query, range: { start, end: start + query.length } }];
    }),
  );
}

/** Every place of a file that means the query. */
function usesOf(file: PluginText, name: string): TextRange[] {
  const language = languageOfFile(file.fileName);
  if (language === 'named_queries') {
    return queriesOf(file).flatMap((query) => (query.name === name ? (nameRange(file, query) ?? []) : []));
  }
  if (language === 'permission_mappings')
    return mappedNames(file).flatMap((use) => (use.name === name ? use.range : []));
  if (language !== undefined) return [];
  // pages and request files call it by its address
  const ranges: TextRange[] = [];
  const address = `/ws/schema/query/${name}`;
  for (let at = file.text.indexOf(address); at >= 0; at = file.text.indexOf(address, at + 1)) {
    const end = at + address.length;
    if (!/[\w$-]|\.\w/.test(file.text.slice(end, end + 2).slice(0, file.text.charAt(end) === '.' ? 2 : 1)))
      ranges.push({ start: end - name.length, end });
  }
  return ranges;
}

function argumentRanges({ args, sql }: NamedQuery): { name: string; range: TextRange }[] {
  const declared = args.flatMap(({ element, name }) => {
    const attribute = element.attribute('name');
    return attribute === undefined || attribute.damaged || name === ''
      ? []
      : [{ name, range: { start: attribute.valueStart, end: attribute.valueEnd } }];
  });
  const names = new Set(declared.map(({ name }) => name));
  const used = (sql?.statement.tokens ?? []).flatMap((token) => {
    if (sql === undefined || token.kind !== 'bind' || !names.has(token.text)) return [];
    const { start, end } = sql.at(token);
    return [{ name: token.text, range: { start: start + 1, end } }];
  });
  return [...declared, ...used];
}

function renameArgument(
  file: PluginText,
  { query, name }: Renameable & { kind: 'argument' },
  newName: string,
): FileEdits[] | undefined {
  const taken = newName !== name && query.args.some((arg) => arg.name === newName);
  if (taken || !/^[A-Za-z_][\w$]*$/.test(newName)) return undefined;
  const edits = argumentRanges(query)
    .filter((entry) => entry.name === name)
    .map(({ range }) => ({ range, text: newName }));
  return [{ fileName: file.fileName, edits }];
}
