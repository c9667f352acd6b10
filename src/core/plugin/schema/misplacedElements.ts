import type { Fix } from '../../problem/diagnostic.ts';
import { phrase, type Argument } from '../../problem/phrase.ts';
import type { TextEdit } from '../../text/textRange.ts';
import type { XmlElement } from '../reader/xmlDocument.ts';
import type { ElementModel } from './elementModel.ts';
import type { PlainElement, StructureWalk } from './structure.ts';
import {
  childIndent,
  indentOf,
  canTakeChild,
  insertChild,
  lineEndOf,
  removeElement,
  wholeLines,
} from './structureFixes.ts';

/**
 * Elements that the language knows, but not in this owner. Neighbours of one name are one finding, at the first:
 * fifty fields outside of <access_request> are one slip.
 */
export function misplaced(
  walk: StructureWalk,
  owner: XmlElement,
  ownerModel: ElementModel,
  elements: readonly XmlElement[],
): void {
  const first = elements[0];
  if (first === undefined) return;
  const { local, full } = first.name;
  walk.misplaced.add(local);
  const parents = walk.language.parentsOf(local);
  const parent = parents.find((name) => ownerModel.children.has(name));
  const existing = parent === undefined ? undefined : owner.element(parent);
  const isSure = parents.length === 1;
  for (const run of neighbours(owner, elements)) {
    const [start, end] = [run[0], run.at(-1)];
    if (start === undefined || end === undefined) continue;
    walk.findings.push({
      kind: 'misplacedElement',
      range: { start: start.start, end: start.startTagEnd },
      args: [full, owner.name.full, eitherOf(parents)],
      fixes: [
        ...(parent === undefined ? [] : moveInto(walk, parent, existing, isSure, start, end)),
        removeElement(walk.document, start),
      ],
    });
  }
  const model = walk.language.models(local)[0];
  if (model === undefined) return;
  for (const element of elements) walk.judge(element, model);
}

function eitherOf(parents: readonly string[]): Argument {
  const [first = '', ...rest] = parents.map((parent) => `<${parent}>`);
  return rest.reduce<Argument>((all, parent) => phrase('{0} or {1}', all, parent), first);
}

function neighbours(owner: XmlElement, elements: readonly XmlElement[]): XmlElement[][] {
  const wanted = new Set(elements);
  const runs: XmlElement[][] = [];
  let run: XmlElement[] | undefined;
  for (const child of owner.children) {
    if (child.kind !== 'element') continue;
    if (wanted.has(child)) {
      if (run === undefined) runs.push((run = []));
      run.push(child);
    } else {
      run = undefined;
    }
  }
  return runs;
}

/** Moves a run of elements into the element they belong in: an existing one beside them, or a new one around them. */
function moveInto(
  walk: StructureWalk,
  parent: string,
  existing: XmlElement | undefined,
  automatic: boolean,
  first: XmlElement,
  last: XmlElement,
): Fix[] {
  const { text } = walk.document;
  const lineEnd = lineEndOf(text);
  if (existing !== undefined) {
    if (!canTakeChild(existing)) return [];
    const outer = indentOf(text, existing.start);
    const inner = childIndent(existing, outer);
    const edits: TextEdit[] = [
      insertChild(existing, text.slice(first.start, last.end), inner, outer, lineEnd),
      { range: wholeLines(text, first.start, last.end), text: '' },
    ];
    return [{ title: phrase('Move into <{0}>', parent), automatic, edits }];
  }
  const indent = indentOf(text, first.start);
  const edits: TextEdit[] = [
    { range: { start: first.start, end: first.start }, text: `<${parent}>${lineEnd}${indent}` },
    { range: { start: last.end, end: last.end }, text: `${lineEnd}${indent}</${parent}>` },
  ];
  return [{ title: phrase('Put <{0}> around', parent), automatic, edits }];
}

/** Elements beyond the number that the schema allows. */
export function reportRepeated(
  walk: StructureWalk,
  owner: XmlElement,
  elements: PlainElement[string] | undefined,
  most: number,
): void {
  if (!Array.isArray(elements)) return;
  const [first] = elements;
  for (const element of elements.slice(most)) {
    const fixes: Fix[] = [];
    const joined = first === undefined || most !== 1 ? undefined : join(walk, first, element);
    if (joined !== undefined) fixes.push(joined);
    fixes.push(removeElement(walk.document, element));
    walk.findings.push({
      kind: 'repeatedElement',
      range: { start: element.start, end: element.startTagEnd },
      args: [element.name.full, most === 1 ? phrase('once') : phrase('{0} times', most), owner.name.full],
      fixes,
    });
  }
}

/** Two lists become one: the children of the second go to the end of the first. */
function join(walk: StructureWalk, first: XmlElement, second: XmlElement): Fix | undefined {
  const { text } = walk.document;
  const inside = text.slice(second.startTagEnd, second.endTagStart).trim();
  if (!isList(first) || !isList(second) || inside === '' || second.element(first.name.local) !== undefined)
    return undefined;
  if (walk.language.isText(first.name.local)) return undefined;
  // what may be there once only would be there twice
  for (const [name, { most }] of walk.language.models(first.name.local)[0]?.children ?? []) {
    if (most === 1 && first.element(name) !== undefined && second.element(name) !== undefined) return undefined;
  }
  const outer = indentOf(text, first.start);
  return {
    title: phrase('Join with the first <{0}>', first.name.full),
    automatic: true,
    edits: [
      insertChild(first, inside, childIndent(first, outer), outer, lineEndOf(text)),
      { range: wholeLines(text, second.start, second.end), text: '' },
    ],
  };
}

function isList(element: XmlElement): boolean {
  return element.attributeCount === 0 && !element.selfClosing && element.endTagStart >= 0;
}
