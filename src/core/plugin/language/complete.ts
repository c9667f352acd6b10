import { languageOfFile } from '../fileLanguage.ts';
import { isXmlLanguage } from '../lintText.ts';
import { readXml } from '../reader/xmlReader.ts';
import type { ElementModel, XmlLanguageModel } from '../schema/elementModel.ts';
import { XML_LANGUAGES } from '../schema/languages.ts';
import { escapeSnippet, offer, type Completion } from './completion.ts';
import { completeJson } from './completeJson.ts';
import { completeSql } from './completeSql.ts';
import { columnsOf, namedColumns, tablesFor, valuesOf } from './nameOffers.ts';
import type { PluginLanguageContext, PluginText } from './pluginLanguage.ts';
import { describeElement, describeValue } from './schemaDocs.ts';
import { xmlPlaceAt, type OpenElement, type XmlPlace } from './xmlPlace.ts';

/** What can be written at an offset, on its line: editors take nothing that stands for several. */
export function completeAt(file: PluginText, offset: number, context: PluginLanguageContext): Completion[] {
  return offersAt(file, offset, context).filter(({ range }) => !/[\r\n]/.test(file.text.slice(range.start, range.end)));
}

function offersAt(file: PluginText, offset: number, context: PluginLanguageContext): Completion[] {
  const language = languageOfFile(file.fileName);
  if (language === 'page_catalog') return completeJson(file.text, offset, context);
  if (language === undefined || !isXmlLanguage(language)) return [];
  const model = XML_LANGUAGES[language];
  const place = xmlPlaceAt(file.text, offset, model);
  switch (place.kind) {
    case 'nothing':
      return [];
    case 'elementName':
      return elementNames(file.text, place, model);
    case 'attributeName':
      return attributes(place);
    case 'attributeValue':
      return values(place, offset, context);
    case 'text':
      return inText(file.text, offset, place, model, context);
  }
}

/** Whole elements; of a tag whose rest is there only the name. */
function elementNames(
  text: string,
  { owner, range: { start, end } }: XmlPlace & { kind: 'elementName' },
  language: XmlLanguageModel,
): Completion[] {
  const offers = elements(text, owner, { start: start - 1, end }, language);
  if (!/^\s*(?:\/?>|[\w:-]+\s*=)/.test(text.slice(end))) return offers;
  return offers.map(({ label, kind, range, detail, documentation, sort }) =>
    offer({ label, kind, range, detail, documentation, sort, text: `<${label}` }),
  );
}

/** Elements that may stand in the owner; one that is there already and may be there once only is left out. */
function elements(
  text: string,
  owner: OpenElement | undefined,
  range: { start: number; end: number },
  language: XmlLanguageModel,
): Completion[] {
  if (owner === undefined) {
    const isRoot = readXml(text.slice(range.end)).root?.name.local === language.rootName;
    if (isRoot || readXml(text.slice(0, range.start)).root !== undefined) return [];
    return [elementOffer(language.rootName, language.root, range, 0, language.namespace)];
  }
  if (owner.model === undefined) return [];
  const present = presentChildren(text, owner);
  return [...owner.model.children]
    .filter(([name, { most }]) => (present.get(name) ?? 0) < most)
    .map(([name, { model }], i) => elementOffer(name, model, range, i));
}

function presentChildren(text: string, owner: OpenElement): Map<string, number> {
  const counts = new Map<string, number>();
  const { root } = readXml(text);
  const find = (element: typeof root): typeof root => {
    if (element === undefined || element.start === owner.start) return element;
    for (const child of element.elements()) {
      if (child.start <= owner.start && owner.start < child.end) return find(child);
    }
    return undefined;
  };
  for (const child of find(root)?.elements() ?? [])
    counts.set(child.name.local, (counts.get(child.name.local) ?? 0) + 1);
  return counts;
}

function elementOffer(
  name: string,
  model: ElementModel,
  range: { start: number; end: number },
  place: number,
  namespace = '',
): Completion {
  let stop = 0;
  const write = (tag: string, part: ElementModel, indent: string, extra = ''): string => {
    const fields = part.requiredAttributes.map((attribute) => {
      const choices = part.attributes.get(attribute)?.enum;
      const body =
        choices === undefined
          ? `\${${++stop}}`
          : `\${${++stop}|${choices.map((choice) => escapeSnippet(String(choice))).join(',')}|}`;
      return ` ${attribute}="${body}"`;
    });
    const children = part.requiredChildren.flatMap((child) => {
      const inner = part.children.get(child);
      return inner === undefined ? [] : [`${indent}\t${write(child, inner.model, `${indent}\t`)}`];
    });
    const start = `<${tag}${extra}${fields.join('')}`;
    if (children.length > 0) return `${start}>\n${children.join('\n')}\n${indent}</${tag}>`;
    if (tag === 'sql') return `${start}><![CDATA[\${${++stop}}]]></${tag}>`;
    if (part.content === 'text' && part.text !== undefined && part.attributes.size < 3)
      return `${start}>\${${++stop}}</${tag}>`;
    return part.children.size > 0 ? `${start}>\n${indent}\t\${${++stop}}\n${indent}</${tag}>` : `${start}/>`;
  };
  const text = write(name, model, '', namespace === '' ? '' : ` xmlns="${namespace}"`);
  return offer({
    label: name,
    kind: 'element',
    range,
    text,
    snippet: true,
    detail: model.description.split(/[.:]/)[0],
    documentation: () => describeElement(name, model),
    again: true,
    sort: String(place).padStart(3, '0'),
  });
}

function attributes({ element, range, present, hasValue }: XmlPlace & { kind: 'attributeName' }): Completion[] {
  const { model } = element;
  if (model === undefined) return [];
  return [...model.attributes]
    .filter(([name]) => !present.has(name))
    .map(([name, schema]) => {
      const required = model.requiredAttributes.includes(name);
      return offer({
        label: name,
        kind: 'attribute',
        range,
        text: hasValue ? name : `${name}="$1"`,
        snippet: !hasValue,
        detail: required ? 'required' : undefined,
        documentation: () => describeValue(name, schema, required),
        again: !hasValue,
        sort: `${required ? 0 : schema.documented === false ? 2 : 1}${name}`,
      });
    });
}

function values(
  { element, name, range, attributes: written }: XmlPlace & { kind: 'attributeValue' },
  offset: number,
  context: PluginLanguageContext,
): Completion[] {
  const schema = element.model?.attributes.get(name);
  if (schema === undefined) return [];
  const { tables, pages = [] } = context;
  const offers = valuesOf(schema, range);
  if (schema.complete === 'table' && tables !== undefined) offers.push(...tablesFor(tables, range));
  if (schema.complete === 'field' && tables !== undefined)
    offers.push(...columnsOf(tables, written.get('table') ?? '', range));
  if (schema.complete === 'column' && tables !== undefined)
    offers.push(...namedColumns(tables, written.get(name) ?? '', range, offset));
  if (element.name === 'permission' && name === 'name') {
    for (const page of new Set(['/admin/home.html', ...pages]))
      offers.push(offer({ label: page, kind: 'page', range }));
  }
  return offers;
}

function inText(
  text: string,
  offset: number,
  { owner, inCdata }: XmlPlace & { kind: 'text' },
  language: XmlLanguageModel,
  context: PluginLanguageContext,
): Completion[] {
  if (owner?.name === 'sql') return completeSql(text, offset, owner.start, context);
  if (inCdata) return [];
  const schema = owner?.model?.text;
  const start = Math.max(text.lastIndexOf('>', offset - 1) + 1, 0);
  if (owner !== undefined && schema !== undefined && owner.model?.children.size === 0) {
    const end = offset + Math.max(0, text.slice(offset).search(/[<\r\n]|$/));
    const from = start + text.slice(start, offset).search(/\S|$/);
    const range = { start: Math.min(from, offset), end };
    const offers = valuesOf(schema, range);
    if (schema.complete === 'column' && context.tables !== undefined)
      offers.push(...namedColumns(context.tables, text.slice(range.start, range.end), range, offset));
    if (schema.complete === 'path') offers.push(...paths(range, context));
    return offers;
  }
  // outside of words, whole elements are offered
  if (/[\w-]$/.test(text.slice(0, offset))) return [];
  return elements(text, owner, { start: offset, end: offset }, language);
}

function paths(range: { start: number; end: number }, { queries = [] }: PluginLanguageContext): Completion[] {
  return [
    ...queries.map((name) => offer({ label: `/ws/schema/query/${name}`, kind: 'query', range, sort: `0${name}` })),
    offer({ label: '/ws/schema/query/', kind: 'value', range, sort: '1', again: true }),
    offer({ label: '/ws/schema/table/', kind: 'value', range, sort: '2' }),
  ];
}
