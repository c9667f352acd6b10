import { phrase } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import { validators } from '../generated/validators.js';
import { lookUpPrefix, XSI_NAMESPACE, type QName, type XmlDocument, type XmlElement } from '../reader/xmlDocument.ts';
import type { ElementModel, XmlLanguageModel } from './elementModel.ts';
import type { SchemaFinding } from './finding.ts';
import { judgeRoot } from './rootElement.ts';
import { explainErrors, reportMissingChildren } from './schemaErrors.ts';

/**
 * The object that a validator judges: attributes as `@name`, children as lists below their names, the text as
 * `#text`. The order of the document plays no part; elements of a list lead back to their places.
 * It has no prototype, so that an element called `constructor` is nothing special.
 */
export interface PlainElement {
  [key: string]: string | XmlElement[];
}

const Plain = function Plain(): void {
  // fields are added as they come
} as unknown as new () => PlainElement;
Plain.prototype = Object.create(null);

/** Everything that one walk over a document collects. */
export interface StructureWalk {
  readonly document: XmlDocument;
  readonly language: XmlLanguageModel;
  /** The namespace of the root element: elements in it count as the language's, even when it is the wrong one. */
  readonly namespace: string | undefined;
  readonly findings: SchemaFinding[];
  /** Missing children wait for the end: one that stands elsewhere is misplaced, and that says it all. */
  readonly missing: { readonly owner: XmlElement; readonly ownerModel: ElementModel; readonly name: string }[];
  readonly misplaced: Set<string>;
  judge(element: XmlElement, model: ElementModel): void;
}

/** Compares a document with the schema of its language. Never throws; needs a root element. */
export function judgeStructure(document: XmlDocument, language: XmlLanguageModel): SchemaFinding[] {
  const { root } = document;
  if (root === undefined) return [];
  const findings: SchemaFinding[] = [];
  if (!judgeRoot(document, root, language, findings)) return findings;
  const { scope, name } = root;
  const namespace = root.namespace;
  const all = validators[language.id];
  const leaves = new LeafObject();
  const walk: StructureWalk = {
    document,
    language,
    namespace,
    findings,
    missing: [],
    misplaced: new Set(
      document.faults.filter((fault) => fault.kind === 'outsideRoot').map((fault) => fault.args[1] ?? ''),
    ),
    judge(element, model) {
      const validate = all?.[model.id];
      if (element.children.length === 0 && !model.judgesText) {
        if (model.content === 'empty' && !element.selfClosing) checkText(walk, element, model);
        if (validate === undefined || leaves.isLikeValid(element, model)) return;
        const plain = leaves.fill(element);
        const errors = validate(plain);
        leaves.note(model, errors === null);
        if (errors !== null) explainErrors(walk, element, model, plain, errors);
        return;
      }
      const plain = new Plain();
      addAttributes(plain, element);
      const childNames = addChildren(plain, element, model);
      const errors = validate?.(plain) ?? null;
      if (errors !== null) explainErrors(walk, element, model, plain, errors);
      if (model.sequence.length > 0) checkOrder(walk, element, model);
      for (const childName of childNames) {
        const child = model.children.get(childName);
        const elements = plain[childName];
        if (child === undefined || !Array.isArray(elements)) continue;
        for (const part of elements) walk.judge(part, child.model);
      }
    },
  };

  function addChildren(plain: PlainElement, element: XmlElement, model: ElementModel): string[] {
    const names: string[] = [];
    for (const child of element.children) {
      if (child.kind === 'element') {
        const own = (child.scope === scope && child.name.prefix === name.prefix) || isOwn(child.namespace);
        const key = own ? child.name.local : `{}${child.name.full}`;
        const list = plain[key];
        if (Array.isArray(list)) {
          list.push(child);
        } else {
          plain[key] = [child];
          names.push(key);
        }
      }
    }
    checkText(walk, element, model);
    if (model.text !== undefined && model.judgesText) {
      plain['#text'] = model.text.whiteSpace === 'collapse' ? collapsed(element.text) : element.text;
    }
    return names;
  }

  function isOwn(actual: string | undefined): boolean {
    return actual === undefined || actual === namespace;
  }

  walk.judge(root, language.root);
  reportMissingChildren(walk);
  findings.sort((a, b) => a.range.start - b.range.start);
  return findings;
}

/**
 * The object for an element without children. Elements such as <field> come by the thousand with the same
 * attributes: their object is filled anew instead of built anew.
 */
class LeafObject {
  #plain: PlainElement = new Plain();
  #names: readonly (QName | undefined)[] = [];
  /** Of the attributes, in the same order. */
  #values: string[] = [];
  /** The kind of the element that was filled in last, when it was valid. */
  #valid: ElementModel | undefined;
  /** For each of its attributes how long another value may be; undefined where more than the length counts. */
  #lengths: readonly (readonly [number, number] | undefined)[] = [];

  note(model: ElementModel, valid: boolean): void {
    if (!valid) this.#valid = undefined;
    else if (this.#valid !== model) {
      this.#valid = model;
      this.#lengths = this.#names.map((name) => (name === undefined ? undefined : lengthsOf(model, name.full)));
    }
  }

  /** The same attributes as the last valid one of its kind, with values that differ in nothing that is judged. */
  isLikeValid({ document, firstAttribute: first, attributeCount: count }: XmlElement, model: ElementModel): boolean {
    if (model !== this.#valid || count !== this.#names.length) return false;
    const { attributes, text } = document;
    for (let i = 0; i < count; i++) {
      const name = attributes.names[first + i];
      if (name === undefined || name !== this.#names[i] || attributes.flags(first + i) !== 0) return false;
      const start = attributes.valueStart(first + i);
      const length = attributes.valueEnd(first + i) - start;
      const before = this.#values[i];
      if (before !== undefined && before.length === length && text.startsWith(before, start)) continue;
      const lengths = this.#lengths[i];
      if (lengths === undefined || start < 0 || length < lengths[0] || length > lengths[1]) return false;
    }
    return true;
  }

  /** The object is good until the next call. */
  fill(element: XmlElement): PlainElement {
    const { firstAttribute: first, attributeCount: count, document } = element;
    const { names } = document.attributes;
    let same = this.#names.length === count;
    for (let i = 0; same && i < count; i++) same = names[first + i] === this.#names[i];
    if (same) {
      for (let i = 0; i < count; i++) {
        const name = this.#names[i];
        if (name !== undefined) this.#plain[name.key] = this.#values[i] = document.attributeValue(first + i);
      }
      return this.#plain;
    }
    // what was noted holds for the attributes that were there
    this.#valid = undefined;
    this.#plain = new Plain();
    addAttributes(this.#plain, element);
    const list = names.slice(first, first + count);
    // what is left out of the object must be left out again
    this.#names = list.every((name) => name.full === name.local && name.full !== 'xmlns') ? list : [undefined];
    this.#values = this.#names.map((name) => {
      const value = name === undefined ? undefined : this.#plain[name.key];
      return typeof value === 'string' ? value : '';
    });
    return this.#plain;
  }
}

/** What XML Schema allows everywhere; `xsi:nil` only where a schema says so, and none does. */
const INSTANCE_ATTRIBUTES = new Set(['schemaLocation', 'noNamespaceSchemaLocation', 'type']);

/** Undefined when more than the length of the value counts. A text has no more characters than UTF-16 units. */
function lengthsOf(model: ElementModel, name: string): readonly [number, number] | undefined {
  const schema = model.attributes.get(name);
  if (schema === undefined || schema.enum !== undefined || schema.pattern !== undefined) return undefined;
  // half of the units may be all there is: of an emoji, for one
  return [(schema.minLength ?? 0) * 2, schema.maxLength ?? Infinity];
}

function addAttributes(plain: PlainElement, element: XmlElement): void {
  const { document } = element;
  const { names } = document.attributes;
  const end = element.firstAttribute + element.attributeCount;
  for (let i = element.firstAttribute; i < end; i++) {
    const name = names[i];
    if (name === undefined || name.full === 'xmlns') continue;
    if (name.full !== name.local) {
      if (name.prefix === 'xmlns') continue;
      const uri = lookUpPrefix(element.scope, name.prefix);
      // a wrong declaration of xsi is reported at the declaration
      if (uri === undefined || (uri === XSI_NAMESPACE ? INSTANCE_ATTRIBUTES.has(name.local) : name.prefix === 'xsi'))
        continue;
    }
    plain[name.key] = document.attributeValue(i);
  }
}

/** As XML Schema does it for tokens: a no-break space is no blank. */
function collapsed(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

const BLANKS = /^(?:[ \t\r\n]|&#(?:0*(?:9|10|13|32)|x0*(?:9|a|d|20));)+$/i;

function checkText(walk: StructureWalk, element: XmlElement, model: ElementModel): void {
  if (model.content === 'text' || model.content === 'mixed') return;
  const { text } = walk.document;
  for (const child of element.children) {
    if ((child.kind !== 'text' && child.kind !== 'cdata') || child.damaged) continue;
    let { start, end } = child;
    // between elements a reference to a blank is a blank
    if (model.content === 'elements' && child.kind === 'text' && BLANKS.test(text.slice(start, end))) continue;
    while (start < end && ' \t\r\n'.includes(text.charAt(start))) start++;
    while (end > start && ' \t\r\n'.includes(text.charAt(end - 1))) end--;
    walk.findings.push({
      kind: 'textNotAllowed',
      range: { start, end },
      args: [element.name.full],
      fixes: [{ title: 'Remove the text', automatic: false, edits: [{ range: { start, end }, text: '' }] }],
    });
  }
  const blank = model.content === 'empty' && !element.damaged ? blankIn(element) : undefined;
  if (blank !== undefined) {
    walk.findings.push({
      kind: 'textNotAllowed',
      range: blank,
      args: [element.name.full],
      fixes: [{ title: 'Remove the blanks', automatic: true, edits: [{ range: blank, text: '' }] }],
    });
  }
}

/** XML Schema: an element without content holds not even a blank, only comments and instructions. Its first blank. */
function blankIn({ startTagEnd, endTagStart, children }: XmlElement): TextRange | undefined {
  if (children.some(({ kind }) => kind !== 'comment' && kind !== 'instruction')) return undefined;
  const starts = [startTagEnd, ...children.map(({ end }) => end)];
  const ends = [...children.map(({ start }) => start), endTagStart];
  return starts.map((start, gap) => ({ start, end: ends[gap] ?? start })).find(({ start, end }) => end > start);
}

/** Where the schema asks for an order, an element that comes after one of a later kind is too late. */
function checkOrder(walk: StructureWalk, element: XmlElement, model: ElementModel): void {
  let latest: XmlElement | undefined;
  for (const child of element.elements()) {
    const place = model.sequence.indexOf(child.name.local);
    if (place < 0) continue;
    if (latest === undefined || place >= model.sequence.indexOf(latest.name.local)) {
      latest = child;
      continue;
    }
    const after = element.elements().find((other) => model.sequence.indexOf(other.name.local) > place);
    const target = after ?? latest;
    walk.findings.push({
      kind: 'wrongOrder',
      range: { start: child.start, end: child.startTagEnd },
      args: [child.name.full, element.name.full, target.name.full],
      fixes: [
        {
          title: phrase('Move <{0}> before <{1}>', child.name.full, target.name.full),
          automatic: true,
          edits: [
            {
              range: { start: target.start, end: target.start },
              text: walk.document.text.slice(child.start, child.end),
            },
            { range: { start: child.start, end: child.end }, text: '' },
          ],
        },
      ],
    });
  }
}
