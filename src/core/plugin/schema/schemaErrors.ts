import { phrase, type Argument } from '../../problem/phrase.ts';
import type { Fix } from '../../problem/diagnostic.ts';
import type { SchemaError } from '../generated/validators.js';
import type { XmlAttribute, XmlElement } from '../reader/xmlDocument.ts';
import type { ElementModel, ValueSchema } from './elementModel.ts';
import { misplaced, reportRepeated } from './misplacedElements.ts';
import { nearestName } from './nearestName.ts';
import type { PlainElement, StructureWalk } from './structure.ts';
import {
  addAttribute,
  addChild,
  canTakeChild,
  changeTo,
  removeAttribute,
  removeElement,
  renameElement,
  sampleValue,
} from './structureFixes.ts';

/**
 * Turns what a validator says about one element into findings at their places. One slip gives one finding: a
 * misspelt attribute is not also a missing one.
 */
export function explainErrors(
  walk: StructureWalk,
  element: XmlElement,
  model: ElementModel,
  plain: PlainElement,
  errors: readonly SchemaError[],
): void {
  const missing = new Set<string>();
  const unknown: string[] = [];
  const explained = new Set<string>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword === 'required') {
      missing.add(String(params['missingProperty']));
    } else if (keyword === 'additionalProperties') {
      unknown.push(String(params['additionalProperty']));
    } else {
      const key = instancePath
        .slice(instancePath.lastIndexOf('/') + 1)
        .replace(/~1/g, '/')
        .replace(/~0/g, '~');
      if (explained.has(key)) continue;
      explained.add(key);
      if (keyword === 'maxItems') reportRepeated(walk, element, plain[key], Number(params['limit']));
      else explainValue(walk, element, model, key, keyword);
    }
  }
  for (const key of unknown) {
    if (key.startsWith('@')) explainUnknownAttribute(walk, element, model, plain, key, missing);
    else explainUnknownElements(walk, element, model, plain[key], missing);
  }
  for (const key of missing) {
    if (!key.startsWith('@')) {
      if (!element.unclosed) walk.missing.push({ owner: element, ownerModel: model, name: key });
    } else if (!element.damaged) {
      const name = key.slice(1);
      walk.findings.push({
        kind: 'missingAttribute',
        range: { start: element.start, end: element.startTagEnd },
        args: [element.name.full, name],
        fixes: choices(model.attributes.get(name)).map((value) => addAttribute(element, name, value)),
      });
    }
  }
}

/** Reports the children that stand nowhere in the document. */
export function reportMissingChildren(walk: StructureWalk): void {
  for (const { owner, ownerModel, name } of walk.missing) {
    if (walk.misplaced.has(name)) continue;
    const child = ownerModel.children.get(name);
    walk.findings.push({
      kind: 'missingChild',
      range: { start: owner.start, end: owner.startTagEnd },
      args: [owner.name.full, name],
      fixes: child === undefined || !canTakeChild(owner) ? [] : [addChild(owner, name, child.model)],
    });
  }
}

/** A value that the schema refuses: of an attribute, or the text of the element. */
function explainValue(
  walk: StructureWalk,
  element: XmlElement,
  model: ElementModel,
  key: string,
  keyword: string,
): void {
  const isText = key === '#text';
  const schema = isText ? model.text : model.attributes.get(key.slice(1));
  const attribute = isText ? undefined : element.attribute(key.slice(1));
  if (schema === undefined || attribute?.damaged === true) return;
  if (isText && element.children.some((child) => child.kind !== 'element' && child.damaged)) return;
  const value = attribute?.value ?? element.text.trim();
  const label = attribute?.name.full ?? phrase('The text of <{0}>', element.name.full);
  const range = attribute ?? { start: element.start, end: element.end };
  const own = schema.problems?.[keyword];
  if (keyword === 'maxLength') {
    walk.findings.push({
      kind: 'tooLong',
      code: own,
      range,
      args: [label, codePoints(value), schema.maxLength ?? 0],
      fixes: [],
    });
  } else if (keyword === 'minLength' || value === '' || own === 'empty') {
    walk.findings.push({
      kind: 'emptyValue',
      range,
      args: [label],
      fixes: valueFixes(element, attribute, schema, model),
    });
  } else {
    const allowed = schema.allowed === undefined ? oneOf(Object.keys(schema.values ?? {})) : phrase(schema.allowed);
    walk.findings.push({
      kind: 'badValue',
      code: own,
      range,
      args: [label, value, allowed],
      fixes: valueFixes(element, attribute, schema, model, value, CORRECTIONS[own ?? '']?.(value)),
    });
  }
}

function oneOf(values: readonly string[]): Argument {
  const [last = ''] = values.slice(-1);
  return values.length > 1 ? phrase('{0} or {1}', values.slice(0, -1).join(', '), last) : last;
}

/** What a refused value is for certain meant to be, by the code that refuses it. */
const CORRECTIONS: Readonly<Record<string, (value: string) => string | undefined>> = {
  PS145: (value) => (/^http:\/\/[^\s]+$/i.test(value) ? value.replace(/^http/i, 'https') : undefined),
  PS146: (value) => /^(?:[a-z]+:\/\/)?([\w.-]+\.[\w-]+)(?:[:/]\S*)?$/i.exec(value.trim())?.[1],
};

function valueFixes(
  element: XmlElement,
  attribute: XmlAttribute | undefined,
  schema: ValueSchema,
  model: ElementModel,
  written?: string,
  meant?: string,
): Fix[] {
  const range =
    attribute === undefined
      ? { start: element.startTagEnd, end: element.endTagStart }
      : { start: attribute.valueStart, end: attribute.valueEnd };
  if (range.start < 0 || range.end < range.start) return [];
  const values = meant === undefined ? choices(schema) : [meant];
  const nearest = written === undefined ? undefined : nearestName(written, values);
  const fixes: Fix[] = (nearest === undefined ? values : [nearest, ...values.filter((value) => value !== nearest)])
    .filter((value) => value !== '')
    .map((value) => ({
      title: changeTo(value),
      automatic: value === nearest && written !== undefined && value.toLowerCase() === written.trim().toLowerCase(),
      edits: [{ range, text: value }],
    }));
  if (attribute !== undefined && !model.requiredAttributes.includes(attribute.name.full)) {
    fixes.push({
      title: phrase('Remove {0}', attribute.name.full),
      automatic: false,
      edits: removeAttribute(element.document, attribute),
    });
  }
  return fixes;
}

/** Values to offer: all of an enumeration, otherwise one sample. */
function choices(schema: ValueSchema | undefined): string[] {
  if (schema?.enum !== undefined) return schema.enum.map(String);
  if (schema?.values !== undefined && schema.examples === undefined) return Object.keys(schema.values);
  return [sampleValue(schema)];
}

const INSTANCE_NAMES = ['xsi:schemaLocation', 'xsi:noNamespaceSchemaLocation'];

function explainUnknownAttribute(
  walk: StructureWalk,
  element: XmlElement,
  model: ElementModel,
  plain: PlainElement,
  key: string,
  missing: Set<string>,
): void {
  const name = key.slice(1);
  const attribute = element.attribute(name);
  const near = nearestName(name, attribute?.name.prefix === 'xsi' ? INSTANCE_NAMES : model.attributes.keys());
  const renames = near !== undefined && plain[`@${near}`] === undefined;
  if (near !== undefined) missing.delete(`@${near}`);
  if (attribute === undefined || attribute.damaged) return;
  const fixes: Fix[] = [];
  if (near !== undefined && renames) {
    fixes.push({
      title: changeTo(near),
      automatic: flat(near) === flat(name),
      edits: [{ range: { start: attribute.start, end: attribute.nameEnd }, text: near }],
    });
  }
  fixes.push({ title: phrase('Remove {0}', name), automatic: false, edits: removeAttribute(walk.document, attribute) });
  walk.findings.push({
    kind: 'unknownAttribute',
    range: attribute,
    args: [
      element.name.full,
      name,
      near !== undefined && renames ? phrase('Did you mean {0}?', near) : phrase('Remove it.'),
    ],
    fixes,
  });
}

function explainUnknownElements(
  walk: StructureWalk,
  owner: XmlElement,
  model: ElementModel,
  elements: PlainElement[string] | undefined,
  missing: Set<string>,
): void {
  if (!Array.isArray(elements)) return;
  const first = elements[0];
  if (first === undefined) return;
  const { local, full } = first.name;
  const foreign = first.namespace !== undefined && first.namespace !== walk.namespace;
  if (!foreign && walk.language.isElement(local)) {
    misplaced(walk, owner, model, elements);
    return;
  }
  const near = foreign ? undefined : nearestName(local, model.children.keys());
  // in another namespace it is the one that is missed
  missing.delete(near ?? local);
  const meant = near === undefined ? undefined : model.children.get(near)?.model;
  for (const element of elements) {
    const fixes: Fix[] = [];
    if (near !== undefined) fixes.push(renameElement(element, near, flat(near) === flat(local)));
    else if (element.endTagStart >= 0 || element.selfClosing) fixes.push(removeElement(walk.document, element));
    walk.findings.push({
      kind: 'unknownElement',
      range: { start: element.start, end: element.startTagEnd },
      args: [
        full,
        foreign ? phrase(' in this namespace') : phrase(' in <{0}>', owner.name.full),
        near === undefined ? phrase('Remove it, or make it a comment.') : phrase('Did you mean {0}?', `<${near}>`),
      ],
      fixes,
    });
    if (meant !== undefined) walk.judge(element, meant);
  }
}

function flat(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

/** XML Schema counts characters, not UTF-16 units. */
function codePoints(value: string): number {
  return value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length;
}
