import type { TextEdit } from '../../text/textRange.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { queryLines, type NewQuery } from './newQuery.ts';
import { XmlLayout } from './xmlLayout.ts';

/**
 * The one edit that adds a PowerQuery to a `*.named_queries.xml`: behind the last query, indented like it and with the
 * same line ends. Undefined when the text is no query file or has faults, so that the place cannot be told.
 */
export function insertQuery(text: string, query: NewQuery): TextEdit | undefined {
  const { root, faults } = readXml(text, XML_LANGUAGES.named_queries);
  if (root?.name.local !== 'queries' || faults.length > 0) return undefined;
  const layout = new XmlLayout(text, root);
  const last = root.elements('query').at(-1);
  const indent = (last && layout.indentOf(last.start)) ?? layout.childIndent;
  const lines = queryLines(query)
    .map((line) => `${layout.eol}${indent}${line}`)
    .join('');
  if (last) return { range: { start: last.end, end: last.end }, text: lines };
  if (!root.selfClosing) {
    const rest = text.slice(root.startTagEnd, root.endTagStart);
    return {
      range: { start: root.startTagEnd, end: root.startTagEnd },
      text: rest.includes('\n') ? lines : `${lines}${layout.eol}`,
    };
  }
  const slash = text.lastIndexOf('/', root.startTagEnd);
  const start = text.slice(0, slash).trimEnd().length;
  return { range: { start, end: root.startTagEnd }, text: `>${lines}${layout.eol}</${root.name.full}>` };
}
