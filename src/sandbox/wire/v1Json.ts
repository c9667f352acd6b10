import { isList, type Element, type ElementDocument, type ElementList, type ElementValue } from './element.ts';

/** Digits that a JSON number can hold exactly; longer ones stay text. */
const NUMBER_TEXT = /^-?\d{1,15}$/;

/**
 * The JSON that the XML conversion of `/ws/v1` gives: one child is an object and several are an array, no child is a
 * missing key, an element without children is `""`, and text that is only digits is a number (leading zeros are lost).
 */
export function toV1Json(document: ElementDocument): string {
  return `{${JSON.stringify(document.name)}:${objectJson(document.content)}}`;
}

function objectJson(element: Element): string {
  let members = '';
  for (const name in element) {
    const value = name.startsWith('@') ? attributeJson(element[name]) : valueJson(element[name]);
    if (value !== undefined) members += `${members === '' ? '' : ','}"${name}":${value}`;
  }
  return members === '' ? '""' : `{${members}}`;
}

function attributeJson(value: ElementValue): string | undefined {
  return typeof value === 'string' ? JSON.stringify(value) : undefined;
}

/** Undefined for a child that is not there. */
function valueJson(value: ElementValue): string | undefined {
  if (typeof value === 'string') {
    if (value === '') return undefined;
    return NUMBER_TEXT.test(value) ? String(Number(value)) : JSON.stringify(value);
  }
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return String(value);
  return isList(value) ? listJson(value) : objectJson(value);
}

function listJson(list: ElementList): string | undefined {
  let items = '';
  let count = 0;
  for (const item of list) {
    const text = valueJson(item);
    if (text === undefined) continue;
    count++;
    items += count === 1 ? text : `,${text}`;
  }
  if (count === 0) return undefined;
  return count === 1 ? items : `[${items}]`;
}
