import { diagnose, type Diagnostic, type Fix } from '../../problem/diagnostic.ts';
import { phrase, type Argument, type Phrase } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import { PLUGIN_PROBLEMS, type PluginRuleCode } from '../problems/pluginProblems.ts';
import { memberOf, readJson, toValue, type JsonDocument, type JsonFault, type JsonNode } from '../reader/jsonReader.ts';
import type { ValueSchema } from '../schema/elementModel.ts';
import { nearestName } from '../schema/nearestName.ts';
import { changeTo } from '../schema/structureFixes.ts';
import schema from '../schema/page_catalog.schema.json' with { type: 'json' };
import { valueCheck } from '../schema/valueCheck.ts';
import { jsonFixes } from './jsonFixes.ts';
import { readPageCatalog, type PageCatalog } from './pageCatalog.ts';

interface PropertySchema extends ValueSchema {
  readonly type?: JsonNode['kind'];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

const CATALOG = schema.$defs.catalog as unknown as ObjectSchema;
const PAGE = schema.$defs.page as unknown as ObjectSchema;

/** The properties of an entry, from the schema. */
export const PAGE_PROPERTIES: Readonly<Record<string, ValueSchema>> = PAGE.properties;

type PageCatalogCode = Extract<PluginRuleCode, `PS45${number}`>;

type Add = (code: PageCatalogCode, range: TextRange, args: readonly Argument[], fixes?: readonly Fix[]) => void;

/** Checks one file of pagecataloging by itself. */
export function lintPageCatalog(text: string): Diagnostic[] {
  const document = readJson(text);
  const found: Diagnostic[] = [];
  const add: Add = (code, { start, end }, args, fixes = []) => {
    found.push(diagnose(PLUGIN_PROBLEMS, code, { start, end }, args, fixes));
  };
  for (const fault of document.faults)
    add('PS450', fault, [phrase(DESCRIPTIONS[fault.kind], fault.written)], jsonFixes(text, fault));
  judgeDocument(document, add);
  return found.sort((a, b) => a.range.start - b.range.start);
}

function judgeDocument(document: JsonDocument, add: Add): void {
  const { root } = document;
  if (root === undefined || document.faults.some(({ kind }) => kind !== 'missingComma' && kind !== 'extraComma'))
    return;
  const pages = memberOf(root, 'pages')?.value;
  if (root.kind !== 'object' || pages?.kind !== 'array') {
    const near =
      root.kind === 'object' ? root.members.find(({ name }) => nearestName(name, ['pages']) !== undefined) : undefined;
    const range = near === undefined ? firstOf(root) : { start: near.start, end: near.nameEnd };
    const fix = { title: changeTo('pages'), automatic: false, edits: [{ range, text: '"pages"' }] };
    add('PS451', range, [], near?.value?.kind === 'array' ? [fix] : []);
    return;
  }
  judgeObject(document.text, root, CATALOG, add);
  checkPages(readPageCatalog(document), add);
}

function judgeObject(text: string, node: JsonNode, { properties, required }: ObjectSchema, add: Add): void {
  if (node.kind !== 'object') return;
  const known = Object.keys(properties);
  const unknown = [...new Set(node.members.map(({ name }) => name))].filter((name) => !known.includes(name));
  for (const name of required) {
    if (memberOf(node, name) !== undefined) continue;
    const misspelt = unknown.some((written) => nearestName(written, [name]) !== undefined);
    if (misspelt) continue;
    const code = name === 'htmlID' || name === 'title' ? 'PS452' : 'PS453';
    add(code, firstOf(node), [name], addMember(text, node, name));
  }
  for (const written of unknown) {
    const member = memberOf(node, written);
    if (member === undefined) continue;
    const near = nearestName(written, known);
    const range = { start: member.start, end: member.nameEnd };
    const fix: Fix[] =
      near === undefined || memberOf(node, near) !== undefined
        ? []
        : [
            {
              title: changeTo(near),
              automatic: near.toLowerCase() === written.toLowerCase(),
              edits: [{ range, text: `"${near}"` }],
            },
          ];
    add('PS457', range, [written, near === undefined ? '' : phrase('; did you mean {0}?', near)], fix);
  }
  for (const [name, part] of Object.entries(properties)) {
    const member = memberOf(node, name);
    if (member?.value === undefined) continue;
    judgeValue(text, member.value, part, name, { start: member.start, end: member.value.end }, add);
  }
}

function judgeValue(
  text: string,
  node: JsonNode,
  rules: PropertySchema,
  name: string,
  place: TextRange,
  add: Add,
): void {
  if (rules.type !== undefined && rules.type !== node.kind) {
    const other = rules.type === 'string' ? String(toValue(node)) : Number(toValue(node));
    const fixes = rules.type === 'string' || rules.type === 'number' ? changeValue(node, [other]) : [];
    add('PS458', place, [name, kind(node.kind), kind(rules.type)], fixes);
    return;
  }
  if (node.kind === 'array') {
    // pages, and the entries below one
    for (const [index, item] of node.items.entries()) {
      if (item.kind === 'object') judgeObject(text, item, PAGE, add);
      else add('PS458', item, [String(index), kind(item.kind), kind('object')]);
    }
    return;
  }
  const value = toValue(node);
  const fault = typeof value === 'string' ? valueCheck(rules)(value) : undefined;
  if (fault === 'maxLength') {
    add('PS454', place, [name, String(value).length, rules.maxLength ?? 0]);
  } else if (fault === 'minLength') {
    add('PS458', place, [name, phrase('empty'), phrase('a text')]);
  } else if (!isAllowed(value, rules)) {
    const allowed =
      rules.enum?.join(', ') ?? phrase('a number from {0} to {1}', rules.minimum ?? 0, rules.maximum ?? Infinity);
    const choices = rules.enum ?? [];
    const same = choices.filter((choice) => String(choice) === String(value));
    add(
      'PS458',
      place,
      [name, JSON.stringify(value).slice(0, 40), allowed],
      changeValue(node, same.length > 0 ? same : choices),
    );
  }
}

function isAllowed(value: unknown, { enum: choice, minimum, maximum }: PropertySchema): boolean {
  if (choice !== undefined) return choice.some((allowed) => allowed === value);
  return typeof value !== 'number' || (value >= (minimum ?? value) && value <= (maximum ?? value));
}

function checkPages({ pages }: PageCatalog, add: Add): void {
  const seen = new Set<string>();
  for (const { htmlId, pageUrl, member } of pages) {
    const id = member('htmlID');
    if (htmlId !== undefined && id !== undefined) {
      if (seen.has(htmlId)) add('PS455', { start: id.start, end: id.value?.end ?? id.nameEnd }, [htmlId]);
      seen.add(htmlId);
    }
    const url = member('pageURL');
    if (pageUrl !== undefined && url !== undefined && pageUrl !== '' && !/^\/admin\b/i.test(pageUrl)) {
      add('PS456', { start: url.start, end: url.value?.end ?? url.nameEnd }, [pageUrl]);
    }
  }
}

function kind(of: JsonNode['kind']): Phrase {
  return phrase(KINDS[of]);
}

function firstOf(node: JsonNode): TextRange {
  return { start: node.start, end: node.kind === 'object' || node.kind === 'array' ? node.start + 1 : node.end };
}

const KINDS: Readonly<Record<JsonNode['kind'], string>> = {
  object: 'an object',
  array: 'an array',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

const DESCRIPTIONS: Readonly<Record<JsonFault['kind'], string>> = {
  empty: 'the file is empty',
  unexpected: '“{0}” cannot stand here',
  notClosed: '{0} is never closed',
  badString: 'this text has no closing quote, or a character that must be escaped',
  missingComma: 'a comma is missing before this',
  extraComma: 'there is a comma too many',
  tooDeep: 'it is nested too deep',
};

/** Other values in the place of one that is not allowed. */
function changeValue(node: JsonNode, values: readonly (string | number)[]): Fix[] {
  if (node.kind === 'object' || node.kind === 'array' || node.kind === 'null') return [];
  return values
    .filter((value) => !Number.isNaN(value))
    .map((value) => {
      const text = JSON.stringify(value);
      return {
        title: changeTo(text),
        automatic: false,
        edits: [{ range: { start: node.start, end: node.end }, text }],
      };
    });
}

/** A property with a sample before the first one, laid out like it. */
function addMember(text: string, owner: JsonNode, name: string): Fix[] {
  const first = owner.kind === 'object' ? owner.members[0] : undefined;
  const sample = PAGE_PROPERTIES[name]?.examples?.[0];
  if (first === undefined || sample === undefined) return [];
  const member = `"${name}": ${JSON.stringify(sample)}`;
  const { start } = first;
  const edits = [{ range: { start, end: start }, text: `${member},${text.slice(owner.start + 1, start)}` }];
  return [{ title: phrase('Add {0}', `"${name}"`), automatic: false, edits }];
}
