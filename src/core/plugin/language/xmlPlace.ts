import type { TextRange } from '../../text/textRange.ts';
import { endOfName, isName, isSpace, skipSpace, startsName } from '../reader/characters.ts';
import type { XmlElement } from '../reader/xmlDocument.ts';
import { readXml } from '../reader/xmlReader.ts';
import type { ElementModel, XmlLanguageModel } from '../schema/elementModel.ts';

/** Where an offset is in a text that may be half written. */
export type XmlPlace =
  /** In a comment, an instruction, an end tag. */
  | { readonly kind: 'nothing' }
  /** After a `<`: the name of an element is being written; `range` is what is written of it. */
  | { readonly kind: 'elementName'; readonly owner: OpenElement | undefined; readonly range: TextRange }
  | {
      readonly kind: 'attributeName';
      readonly element: OpenElement;
      readonly range: TextRange;
      /** Names of the other attributes of the tag. */
      readonly present: ReadonlySet<string>;
      /** `="…"` follows already. */
      readonly hasValue: boolean;
    }
  | {
      readonly kind: 'attributeValue';
      readonly element: OpenElement;
      readonly name: string;
      /** Inside the quotes. */
      readonly range: TextRange;
      readonly attributes: ReadonlyMap<string, string>;
    }
  /** Text between tags, or in CDATA. */
  | { readonly kind: 'text'; readonly owner: OpenElement | undefined; readonly inCdata: boolean };

/** An element that is open at the offset. */
export interface OpenElement {
  readonly name: string;
  readonly start: number;
  /** What the schema says of it; undefined when it is not known there. */
  readonly model: ElementModel | undefined;
}

/** Finds out what is being written at an offset. */
export function xmlPlaceAt(text: string, offset: number, language: XmlLanguageModel): XmlPlace {
  const cdata = text.lastIndexOf('<![CDATA[', offset - 9);
  if (cdata >= 0 && text.slice(cdata, offset).indexOf(']]>') < 0) {
    return { kind: 'text', owner: openAt(text, cdata, language), inCdata: true };
  }
  const comment = text.lastIndexOf('<!--', offset - 1);
  if (comment >= 0 && text.slice(comment, offset).indexOf('-->') < 0) return { kind: 'nothing' };
  const tagStart = tagAround(text, offset);
  if (tagStart < 0) return { kind: 'text', owner: openAt(text, offset, language), inCdata: false };
  const next = text.charAt(tagStart + 1);
  if (next === '!' || next === '?' || next === '/') return { kind: 'nothing' };
  return placeInTag(text, tagStart, offset, language);
}

/** The `<` of the tag that the offset is in; -1 when it is in none. */
function tagAround(text: string, offset: number): number {
  const start = text.lastIndexOf('<', offset - 1);
  if (start < 0 || (offset > start + 1 && !startsTag(text, start + 1))) return -1;
  let quote = '';
  for (let at = start + 1; at < offset; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '>') {
      return -1;
    }
  }
  return start;
}

/** `a < b` is a comparison. */
function startsTag(text: string, at: number): boolean {
  return startsName(text, at) || '/!?'.includes(text.charAt(at));
}

function placeInTag(text: string, tagStart: number, offset: number, language: XmlLanguageModel): XmlPlace {
  const nameEnd = endOfName(text, tagStart + 1);
  const owner = openAt(text, tagStart, language);
  if (offset <= nameEnd || nameEnd === tagStart + 1) {
    return { kind: 'elementName', owner, range: { start: tagStart + 1, end: Math.max(nameEnd, offset) } };
  }
  const name = text.slice(tagStart + 1, nameEnd);
  const local = name.slice(name.indexOf(':') + 1);
  const model =
    owner === undefined
      ? local === language.rootName
        ? language.root
        : undefined
      : owner.model?.children.get(local)?.model;
  const element: OpenElement = { name: local, start: tagStart, model: model ?? language.models(local)[0] };
  const attributes = new Map<string, string>();
  let found: XmlPlace | undefined;
  let at = nameEnd;
  while (at < text.length) {
    at = skipSpace(text, at);
    const character = text.charAt(at);
    if (character === '>' || character === '/' || character === '<' || character === '') break;
    const attributeStart = at;
    while (isName(text.charCodeAt(at))) at++;
    if (at === attributeStart) {
      at++;
      continue;
    }
    const attributeEnd = at;
    const attribute = text.slice(attributeStart, attributeEnd);
    const equals = skipSpace(text, at);
    const quoteAt = text.charAt(equals) === '=' ? skipSpace(text, equals + 1) : -1;
    const quote = quoteAt < 0 ? '' : text.charAt(quoteAt);
    const isQuoted = quote === '"' || quote === "'";
    if (offset >= attributeStart && offset <= attributeEnd) {
      found = {
        kind: 'attributeName',
        element,
        range: { start: attributeStart, end: attributeEnd },
        present: new Set(),
        hasValue: quoteAt >= 0,
      };
    }
    if (!isQuoted) continue;
    const close = text.indexOf(quote, quoteAt + 1);
    const lineEnd = text.slice(quoteAt + 1).search(/[<\r\n]/);
    const limit = lineEnd < 0 ? text.length : quoteAt + 1 + lineEnd;
    // a value whose quote is not written yet ends with its line
    const valueEnd = close < 0 || (close > limit && offset > quoteAt && offset <= limit) ? limit : close;
    attributes.set(attribute, text.slice(quoteAt + 1, valueEnd));
    if (offset > quoteAt && offset <= valueEnd) {
      found = {
        kind: 'attributeValue',
        element,
        name: attribute,
        range: { start: quoteAt + 1, end: valueEnd },
        attributes,
      };
    }
    at = valueEnd + 1;
  }
  if (found?.kind === 'attributeName') {
    const own = text.slice(found.range.start, found.range.end);
    return { ...found, present: new Set([...attributes.keys()].filter((other) => other !== own)) };
  }
  if (found !== undefined) return found;
  if (!isSpace(text.charCodeAt(offset - 1))) return { kind: 'nothing' };
  return {
    kind: 'attributeName',
    element,
    range: { start: offset, end: offset },
    present: new Set(attributes.keys()),
    hasValue: false,
  };
}

/** The innermost element that is open before the offset. */
function openAt(text: string, offset: number, language: XmlLanguageModel): OpenElement | undefined {
  let element = readXml(text.slice(0, offset)).root;
  let model: ElementModel | undefined = element?.name.local === language.rootName ? language.root : undefined;
  let open: OpenElement | undefined;
  while (element !== undefined && isOpen(element)) {
    open = { name: element.name.local, start: element.start, model };
    const last: XmlElement | undefined = element.elements().at(-1);
    model =
      last === undefined
        ? undefined
        : (model?.children.get(last.name.local)?.model ?? language.models(last.name.local)[0]);
    element = last;
  }
  return open;
}

function isOpen(element: XmlElement): boolean {
  return !element.selfClosing && element.endTagStart < 0;
}
