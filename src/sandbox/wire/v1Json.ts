import type { Element, ElementDocument, ElementValue } from './element.ts';

/** Digits that a JSON number can hold exactly; longer ones stay text. */
const NUMBER_TEXT = /^-?\d{1,15}$/;

/**
 * The JSON that the XML conversion of `/ws/v1` gives: one child is an object and several are an array, no child is a
 * missing key, an element without children is `""`, and text that is only digits is a number (leading zeros are lost).
 */
export function toV1Json(document: ElementDocument): string {
  return JSON.stringify({ [document.name]: toJsonObject(document.content) });
}

function toJsonObject(element: Element): unknown {
  const result: Record<string, unknown> = {};
  let empty = true;
  for (const name in element) {
    const value = name.startsWith('@') ? attribute(element[name]) : toJsonValue(element[name]);
    if (value === undefined) continue;
    result[name] = value;
    empty = false;
  }
  return empty ? '' : result;
}

function attribute(value: ElementValue): unknown {
  return typeof value === 'string' ? value : undefined;
}

function toJsonValue(value: ElementValue): unknown {
  if (typeof value === 'string') {
    if (value === '') return undefined;
    return NUMBER_TEXT.test(value) ? Number(value) : value;
  }
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (isList(value)) {
    if (value.length === 0) return undefined;
    return value.length === 1 ? toJsonValue(value[0]) : value.map(toJsonValue);
  }
  return toJsonObject(value);
}

function isList(value: Element | readonly ElementValue[]): value is readonly ElementValue[] {
  return Array.isArray(value);
}
