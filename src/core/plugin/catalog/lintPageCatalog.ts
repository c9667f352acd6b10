import { diagnose, type Diagnostic, type Fix } from '../../problem/diagnostic.ts';
import { phrase, type Argument } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import { validators, type SchemaError } from '../generated/validators.js';
import { PLUGIN_PROBLEMS, type PluginRuleCode } from '../problems/pluginProblems.ts';
import {
  memberOf,
  nodeAt,
  readJson,
  toValue,
  type JsonDocument,
  type JsonFault,
  type JsonNode,
} from '../reader/jsonReader.ts';
import type { ValueSchema } from '../schema/elementModel.ts';
import { nearestName } from '../schema/nearestName.ts';
import { changeTo } from '../schema/structureFixes.ts';
import schema from '../schema/page_catalog.schema.json' with { type: 'json' };
import { jsonFixes } from './jsonFixes.ts';
import { readPageCatalog, type PageCatalog } from './pageCatalog.ts';

/** The properties of an entry, from the schema. */
export const PAGE_PROPERTIES = schema.$defs.page.properties as unknown as Readonly<Record<string, ValueSchema>>;

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
  judge(document, root, add);
  checkPages(readPageCatalog(document), add);
}

function judge({ text }: JsonDocument, root: JsonNode, add: Add): void {
  const validate = validators['page_catalog']?.['catalog'];
  const errors = validate?.(toValue(root)) ?? [];
  const unknown = new Map<JsonNode | undefined, string[]>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== 'additionalProperties') continue;
    const owner = nodeAt(root, instancePath);
    unknown.set(owner, [...(unknown.get(owner) ?? []), String(params['additionalProperty'])]);
  }
  for (const error of errors) explain(text, root, error, unknown, add);
}

function explain(
  text: string,
  root: JsonNode,
  error: SchemaError,
  unknown: ReadonlyMap<JsonNode | undefined, string[]>,
  add: Add,
): void {
  const { keyword, instancePath, params } = error;
  const node = nodeAt(root, instancePath);
  if (node === undefined) return;
  const name = instancePath.slice(instancePath.lastIndexOf('/') + 1);
  const place = memberPlace(root, instancePath) ?? node;
  switch (keyword) {
    case 'required': {
      const missing = String(params['missingProperty']);
      const misspelt = unknown.get(node)?.some((written) => nearestName(written, [missing]) !== undefined) === true;
      if (misspelt) return;
      const code = missing === 'htmlID' || missing === 'title' ? 'PS452' : 'PS453';
      add(code, firstOf(node), [missing], addMember(text, node, missing));
      return;
    }
    case 'additionalProperties': {
      const written = String(params['additionalProperty']);
      const member = memberOf(node, written);
      if (member === undefined) return;
      const near = nearestName(written, instancePath === '' ? ['pages'] : Object.keys(PAGE_PROPERTIES));
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
      add(
        'PS457',
        range,
        [written, near === undefined ? phrase('Correct the name, or remove it.') : phrase('Did you mean {0}?', near)],
        fix,
      );
      return;
    }
    case 'maxLength':
      add('PS454', place, [name, String(toValue(node)).length, Number(params['limit'])]);
      return;
    case 'minLength':
      add('PS458', place, [name, phrase('empty'), phrase('a text')]);
      return;
    case 'type': {
      const wanted = params['type'] as keyof typeof KINDS;
      const other = wanted === 'string' ? String(toValue(node)) : Number(toValue(node));
      const fixes =
        wanted === 'string' || wanted === 'number' || wanted === 'integer' ? changeValue(node, [other]) : [];
      add('PS458', place, [name, phrase(KINDS[node.kind]), phrase(KINDS[wanted])], fixes);
      return;
    }
    default: {
      const allowed =
        PAGE_PROPERTIES[name]?.enum?.join(', ') ??
        phrase(name === 'sortOrder' ? 'a number from 0 to 9999' : 'another value');
      const value = toValue(node);
      const choices = PAGE_PROPERTIES[name]?.enum ?? [];
      const same = choices.filter((choice) => String(choice) === String(value));
      const fixes = changeValue(node, same.length > 0 ? same : choices);
      add('PS458', place, [name, JSON.stringify(value).slice(0, 40), allowed], fixes);
    }
  }
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

/** The member that holds the value at a pointer: a finding starts at its name. */
function memberPlace(root: JsonNode, pointer: string): TextRange | undefined {
  const cut = pointer.lastIndexOf('/');
  const owner = cut < 0 ? undefined : nodeAt(root, pointer.slice(0, cut));
  const member = memberOf(owner, pointer.slice(cut + 1));
  return member === undefined ? undefined : { start: member.start, end: member.value?.end ?? member.nameEnd };
}

function firstOf(node: JsonNode): TextRange {
  return { start: node.start, end: node.kind === 'object' || node.kind === 'array' ? node.start + 1 : node.end };
}

const KINDS = {
  object: 'an object',
  array: 'an array',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
} as const;

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
