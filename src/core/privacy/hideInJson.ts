import { HIDDEN, fieldOf, type PersonalField } from './personalFields.ts';

const HIDDEN_TEXT = `"${HIDDEN}"`;

/** An object or list that is open at a place of the text. */
interface Frame {
  readonly field: PersonalField;
  readonly list: boolean;
  /** The field that the next value of an object belongs to; undefined where its name comes next. */
  current: PersonalField | undefined;
  /** The value of `name` in this object so far. */
  name: string | undefined;
  isName: boolean;
}

/**
 * JSON text with hidden values replaced; the rest stays to the letter, line ends and indents included. The text may
 * be the beginning of a longer one: nothing is parsed, and a string that is cut off is hidden as a whole one is.
 */
export function hideInJson(text: string, root: PersonalField): string {
  const parts: string[] = [];
  const frames: Frame[] = [];
  let top: Frame | undefined;
  let kept = 0;
  const open = (list: boolean): void => {
    const field = top === undefined ? root : top.list ? top.field : (top.current ?? top.field);
    top = { field, list, current: undefined, name: undefined, isName: false };
    frames.push(top);
  };
  const hide = (from: number, to: number): void => {
    parts.push(text.slice(kept, from), HIDDEN_TEXT);
    kept = to;
  };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      const content = text.slice(at + 1, end - 1);
      if (top !== undefined && !top.list && top.current === undefined) {
        top.current = fieldOf(top.field, content, top.name);
        top.isName = content === 'name';
      } else {
        if (top?.isName === true) top.name = content;
        if (valueField(top, root).hides(content)) hide(at, end);
      }
      at = end;
    } else if (isLiteral(code)) {
      const end = literalEnd(text, at);
      if (code !== LETTER_N && valueField(top, root).kind === 'hidden') hide(at, end);
      at = end;
    } else {
      if (code === OPEN_OBJECT || code === OPEN_LIST) open(code === OPEN_LIST);
      else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
        frames.pop();
        top = frames.at(-1);
      } else if (code === COMMA && top !== undefined) {
        top.current = undefined;
        top.isName = false;
      }
      at++;
    }
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;
/** Of `null`, which hides nothing. */
const LETTER_N = 0x6e;

function valueField(top: Frame | undefined, root: PersonalField): PersonalField {
  return top === undefined ? root : (top.current ?? top.field);
}

/** Digits, the minus sign and small letters: numbers and the three words. */
function isLiteral(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || (code >= 0x61 && code <= 0x7a);
}

function literalEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !',]} \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** Behind the closing quote, or the end of the text. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
