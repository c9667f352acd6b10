import { isList, type Element, type ElementDocument, type ElementValue } from './element.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The XML form of an answer: attributes for the keys that start with `@`, a tag for each repeated child. */
export function toXml(document: ElementDocument): string {
  return DECLARATION + elementXml(document.name, document.content);
}

function elementXml(name: string, element: Element): string {
  let attributes = '';
  let children = '';
  for (const [key, value] of Object.entries(element)) {
    if (key.startsWith('@')) {
      if (typeof value === 'string') attributes += ` ${key.slice(1)}="${escapeXml(value)}"`;
    } else {
      children += childXml(key, value);
    }
  }
  return children === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${children}</${name}>`;
}

function childXml(name: string, value: ElementValue): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'object') {
    if (!isList(value)) return elementXml(name, value);
    let items = '';
    for (const item of value) items += childXml(name, item);
    return items;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

/** Text for XML content and attributes; characters that XML 1.0 cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
