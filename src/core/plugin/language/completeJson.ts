import { PAGE_PROPERTIES } from '../catalog/lintPageCatalog.ts';
import { offer, type Completion } from './completion.ts';
import { valuesOf } from './nameOffers.ts';
import type { PluginLanguageContext } from './pluginLanguage.ts';
import { describeValue } from './schemaDocs.ts';

const REQUIRED = new Set(['htmlID', 'title', 'version', 'pageURL']);

/** Properties and values of page catalogs. */
export function completeJson(text: string, offset: number, { pages = [] }: PluginLanguageContext): Completion[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const value = /"([\w$]+)"\s*:\s*("?)([^",{}[\]]*)$/.exec(line);
  if (value !== null) {
    const [, name = '', quote, written = ''] = value;
    const schema = PAGE_PROPERTIES[name];
    if (schema === undefined) return [];
    const range = { start: offset - written.length, end: offset };
    const offers =
      schema.enum === undefined
        ? valuesOf(schema, range)
        : schema.enum.map((label) => offer({ label: String(label), kind: 'value', range }));
    if (name === 'pageURL') offers.push(...pages.map((page) => offer({ label: page, kind: 'page', range })));
    const isText = typeof schema.enum?.[0] !== 'number';
    return isText && quote === '' ? offers.map((entry) => ({ ...entry, text: `"${entry.text}"` })) : offers;
  }
  const property = /(?:^|[{,])\s*("?)([\w$]*)$/.exec(line);
  if (property === null || !/"pages"\s*:/.test(text.slice(0, offset))) return [];
  const [, quote = '', written = ''] = property;
  const object = objectAround(text, offset);
  return Object.entries(PAGE_PROPERTIES)
    .filter(([name]) => !new RegExp(`"${name}"\\s*:`).test(object))
    .map(([name, schema]) =>
      offer({
        label: name,
        kind: 'property',
        range: {
          start: offset - written.length - quote.length,
          end: offset + (quote !== '' && text.charAt(offset) === '"' ? 1 : 0),
        },
        text: `"${name}": ${schema.type === 'number' || schema.enum !== undefined ? '$1' : schema.type === 'array' ? '[$1]' : '"$1"'}`,
        snippet: true,
        detail: REQUIRED.has(name) ? 'required' : undefined,
        documentation: () => describeValue(name, schema, REQUIRED.has(name)),
        again: true,
        sort: `${REQUIRED.has(name) ? 0 : 1}${name}`,
      }),
    );
}

function objectAround(text: string, offset: number): string {
  const start = text.lastIndexOf('{', offset - 1);
  const end = text.indexOf('}', offset);
  return text.slice(Math.max(0, start), end < 0 ? text.length : end);
}
