import type { TextRange } from '../../text/textRange.ts';
import { readPageCatalog } from '../catalog/pageCatalog.ts';
import { languageOfFile } from '../fileLanguage.ts';
import { isXmlLanguage } from '../lintText.ts';
import { readMessageKeys } from '../messages/messageKeys.ts';
import { readJson } from '../reader/jsonReader.ts';
import type { XmlElement } from '../reader/xmlDocument.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import type { PluginText } from './pluginLanguage.ts';

/** One row of the outline. */
export interface OutlineSymbol {
  readonly kind:
    'plugin' | 'element' | 'field' | 'query' | 'argument' | 'column' | 'sql' | 'page' | 'path' | 'table' | 'key';
  readonly name: string;
  readonly detail: string;
  readonly range: TextRange;
  /** What is marked when the row is picked; inside `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineSymbol[];
}

/** The parts of a file as a tree, in its order. */
export function outlineOf({ fileName, text }: PluginText): OutlineSymbol[] {
  const language = languageOfFile(fileName);
  if (language === 'page_catalog') return catalogRows(text);
  if (language === 'message_keys') {
    return readMessageKeys(text).map(({ key, start, end }) => ({
      kind: 'key',
      name: key,
      detail: '',
      range: { start, end },
      selection: { start, end },
      children: [],
    }));
  }
  if (language === undefined || !isXmlLanguage(language)) return [];
  const { root } = readXml(text, XML_LANGUAGES[language]);
  return root === undefined ? [] : [rowOf(root)];
}

function rowOf(element: XmlElement): OutlineSymbol {
  const { kind, name, detail } = labelOf(element);
  return {
    kind,
    name: name === '' ? `<${element.name.full}>` : name,
    detail,
    range: { start: element.start, end: element.end },
    selection: { start: element.start, end: Math.min(element.startTagEnd, element.end) },
    children: element.elements().map(rowOf),
  };
}

function labelOf(element: XmlElement): Pick<OutlineSymbol, 'kind' | 'name' | 'detail'> {
  const value = (name: string): string => element.attributeValue(name);
  const parent = element.parent?.name.local;
  switch (element.name.local) {
    case 'plugin':
      return { kind: 'plugin', name: value('name'), detail: value('version') };
    case 'field':
      return parent === 'extendedTable'
        ? { kind: 'field', name: value('name'), detail: value('type') }
        : { kind: 'field', name: `${value('table')}.${value('field')}`, detail: value('access') };
    case 'query':
      return { kind: 'query', name: value('name'), detail: value('coreTable') };
    case 'arg':
      return { kind: 'argument', name: `:${value('name')}`, detail: value('column') };
    case 'column':
      return { kind: 'column', name: element.text.trim(), detail: value('column') };
    case 'sql':
      return { kind: 'sql', name: 'sql', detail: '' };
    case 'permission':
      return parent === 'permission_mappings'
        ? { kind: 'page', name: value('name'), detail: '' }
        : { kind: 'element', name: value('name'), detail: value('value') };
    case 'implies':
      return { kind: 'path', name: element.text.trim(), detail: value('allow') };
    case 'extendedTable':
      return { kind: 'table', name: value('dbTableName'), detail: value('coreTable') };
    default: {
      const name = ['name', 'display-text', 'id', 'host', 'email', 'type'].map(value).find((text) => text !== '') ?? '';
      return { kind: 'element', name: element.name.local, detail: name };
    }
  }
}

function catalogRows(text: string): OutlineSymbol[] {
  return readPageCatalog(readJson(text)).pages.map(({ node, htmlId, pageUrl, member }) => {
    const id = member('htmlID');
    const range = { start: node.start, end: node.end };
    return {
      kind: 'page',
      name: htmlId ?? pageUrl ?? 'page',
      detail: pageUrl ?? '',
      range,
      selection:
        id === undefined
          ? { start: node.start, end: node.start + 1 }
          : { start: id.start, end: id.value?.end ?? id.nameEnd },
      children: [],
    };
  });
}
