import { fieldLine } from '../../catalog/tableDocs.ts';
import { readXml } from '../reader/xmlReader.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { XmlLayout } from './xmlLayout.ts';

export interface FieldGrant {
  readonly table: string;
  readonly column: string;
}

/** What adding `<field>` lines comes to. Offsets are UTF-16 units in the text that was given. */
export type FieldInsertion =
  | {
      readonly kind: 'insert';
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly added: number;
    }
  /** Every column is there already; `at` is where the first one stands. */
  | { readonly kind: 'present'; readonly at: number }
  /** Not a plugin.xml whose place for fields can be told for certain. */
  | { readonly kind: 'unclear' };

/**
 * Where and what to insert so that plugin.xml asks for these columns: behind the last `<field>`, indented like it and
 * with the same line ends; into an empty `<access_request>`, or with one of its own behind `<oauth>`. A column that is
 * there already is left out, whatever the case of its names.
 */
export function insertFields(text: string, grants: readonly FieldGrant[]): FieldInsertion {
  const { root, faults } = readXml(text, XML_LANGUAGES.plugin);
  if (root?.name.local !== 'plugin' || faults.length > 0) return { kind: 'unclear' };
  const request = root.element('access_request');
  const fields = request === undefined ? [] : request.elements('field');
  const there = new Map(
    fields.map((field) => [keyOf(field.attributeValue('table'), field.attributeValue('field')), field]),
  );
  const missing = grants.filter(({ table, column }) => !there.has(keyOf(table, column)));
  const [first] = grants;
  if (missing.length === 0)
    return {
      kind: 'present',
      at: first === undefined ? root.start : (there.get(keyOf(first.table, first.column))?.start ?? root.start),
    };

  const prefix = root.name.prefix === '' ? '' : `${root.name.prefix}:`;
  const lines = missing.map(({ table, column }) =>
    fieldLine(table.toUpperCase(), column.toUpperCase()).replace('<', `<${prefix}`),
  );
  const layout = new XmlLayout(text, root);
  const last = fields.at(-1);
  if (last !== undefined) {
    const indent = layout.indentOf(last.start) ?? '';
    return insertion(last.end, last.end, lines.map((line) => `${layout.eol}${indent}${line}`).join(''), lines.length);
  }
  const outer = request === undefined ? layout.childIndent : (layout.indentOf(request.start) ?? layout.childIndent);
  const inner = lines.map((line) => `${layout.eol}${outer}${layout.unit}${line}`).join('');
  const close = `${layout.eol}${outer}</${prefix}access_request>`;
  if (request === undefined) {
    const before = root.element('oauth');
    const whole = `${layout.eol}${outer}<${prefix}access_request>${inner}${close}`;
    const at = before?.end ?? root.startTagEnd;
    return root.selfClosing ? { kind: 'unclear' } : insertion(at, at, whole, lines.length);
  }
  if (request.selfClosing) {
    const slash = text.lastIndexOf('/', request.startTagEnd);
    const start = text.slice(0, slash).trimEnd().length;
    return insertion(start, request.startTagEnd, `>${inner}${close}`, lines.length);
  }
  // Comments and a cdn_request stay where they are: the lines come first.
  const rest = text.slice(request.startTagEnd, request.endTagStart);
  return insertion(
    request.startTagEnd,
    request.startTagEnd,
    rest.includes('\n') ? inner : `${inner}${layout.eol}${outer}`,
    lines.length,
  );
}

function insertion(start: number, end: number, text: string, added: number): FieldInsertion {
  return { kind: 'insert', start, end, text, added };
}

function keyOf(table: string, column: string): string {
  return `${table}.${column}`.trim().toLowerCase();
}
