import type { Fix } from '../../problem/diagnostic.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';
import type { TextEdit } from '../../text/textRange.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../reader/xmlDocument.ts';
import type { ElementModel, ValueSchema } from './elementModel.ts';

/** The title of a mend that puts this in the place of what is written. */
export function changeTo(text: string): Phrase {
  return phrase('Change to {0}', text);
}

/** Another value between the quotes of an attribute. */
export function setValue(
  { owner, valueStart, valueEnd }: XmlAttribute,
  value: string,
  { title = changeTo(value), automatic = false }: Partial<Pick<Fix, 'title' | 'automatic'>> = {},
): Fix {
  const single = owner.document.text.charAt(valueEnd) === "'";
  const text = single ? escapeValue(value).replaceAll("'", '&apos;') : escapeValue(value);
  return { title, automatic, edits: [{ range: { start: valueStart, end: valueEnd }, text }] };
}

/** Another text in an element that holds nothing else; the blanks around it stay. */
export function setText({ document, startTagEnd, endTagStart, end }: XmlElement, value: string): Fix {
  const written = document.text.slice(startTagEnd, endTagStart < 0 ? end : endTagStart);
  const start = startTagEnd + written.search(/\S|$/);
  return {
    title: changeTo(value),
    automatic: false,
    edits: [{ range: { start, end: start + written.trim().length }, text: escapeValue(value) }],
  };
}

/** Another name for an element, in its start tag and its end tag. */
export function renameElement(element: XmlElement, name: string, automatic: boolean): Fix {
  const { full, prefix } = element.name;
  const text = prefix === '' ? name : `${prefix}:${name}`;
  const edits: TextEdit[] = [{ range: { start: element.start + 1, end: element.start + 1 + full.length }, text }];
  const endName = element.endTagStart + 2;
  if (element.endTagStart >= 0 && element.document.text.startsWith(full, endName)) {
    edits.push({ range: { start: endName, end: endName + full.length }, text });
  }
  return { title: changeTo(`<${text}>`), automatic, edits };
}

/** Removes an attribute and the white space before it. */
export function removeAttribute(document: XmlDocument, attribute: XmlAttribute): TextEdit[] {
  const start = spaceBefore(document.text, attribute.start);
  return [{ range: { start, end: attribute.end }, text: '' }];
}

/** Removes an element; its line goes too when nothing else stands there. */
export function removeElement(
  document: XmlDocument,
  element: XmlElement,
  title: Fix['title'] = phrase('Remove {0}', `<${element.name.full}>`),
): Fix {
  return {
    title,
    automatic: false,
    edits: [{ range: wholeLines(document.text, element.start, element.end), text: '' }],
  };
}

/** The range with the line end before it when it fills its lines. */
export function wholeLines(text: string, start: number, end: number): { start: number; end: number } {
  const lineStart = blankBefore(text, start);
  const before = text.charAt(lineStart - 1);
  const after = text.charAt(end);
  const alone = (before === '\n' || before === '\r') && (after === '\n' || after === '\r' || end >= text.length);
  if (!alone) return { start, end };
  const lineEnd = before === '\n' && text.charAt(lineStart - 2) === '\r' ? 2 : 1;
  return { start: lineStart - lineEnd, end };
}

/** Adds `name="value"` after the last attribute. */
export function addAttribute(element: XmlElement, name: string, value: string): Fix {
  const last = element.attributes.at(-1);
  const at = last?.end ?? element.nameEnd;
  return {
    title: phrase('Add {0}', `${name}="${value}"`),
    automatic: false,
    edits: [{ range: { start: at, end: at }, text: ` ${name}="${escapeValue(value)}"` }],
  };
}

/** Adds a child with everything it needs as the last one of its owner. */
export function addChild(owner: XmlElement, name: string, model: ElementModel): Fix {
  const { text } = owner.document;
  const lineEnd = lineEndOf(text);
  const outer = indentOf(text, owner.start);
  const inner = childIndent(owner, outer);
  const prefix = owner.name.prefix === '' ? '' : `${owner.name.prefix}:`;
  const snippet = elementSnippet(prefix + name, model, inner, lineEnd, inner.startsWith('\t') ? '\t' : '  ');
  return {
    title: phrase('Add {0}', `<${name}>`),
    automatic: false,
    edits: [insertChild(owner, snippet, inner, outer, lineEnd)],
  };
}

/** Its end is where it should be: after an end tag, or `/>`. A half-written tag is mended first. */
export function canTakeChild(owner: XmlElement): boolean {
  return owner.selfClosing ? owner.document.text.startsWith('/>', owner.startTagEnd - 2) : owner.endTagStart >= 0;
}

/** Puts text as the last child of an element; `<a/>` is opened. */
export function insertChild(
  owner: XmlElement,
  snippet: string,
  inner: string,
  outer: string,
  lineEnd: string,
): TextEdit {
  const { text } = owner.document;
  if (owner.selfClosing) {
    const slash = owner.startTagEnd - 2;
    return {
      range: { start: spaceBefore(text, slash), end: owner.startTagEnd },
      text: `>${lineEnd}${inner}${snippet}${lineEnd}${outer}</${owner.name.full}>`,
    };
  }
  const end = owner.endTagStart < 0 ? owner.end : owner.endTagStart;
  const last = spaceBefore(text, end);
  const at = Math.max(last, owner.startTagEnd);
  const rest = text.slice(at, end);
  return {
    range: { start: at, end },
    text: `${lineEnd}${inner}${snippet}${/[\r\n]/.test(rest) ? rest : `${lineEnd}${outer}`}`,
  };
}

/** An element with its required attributes and children, indented. */
export function elementSnippet(
  name: string,
  model: ElementModel,
  indent: string,
  lineEnd: string,
  step: string,
): string {
  const attributes = model.requiredAttributes
    .map((attribute) => ` ${attribute}="${escapeValue(sampleValue(model.attributes.get(attribute)))}"`)
    .join('');
  const children = model.requiredChildren.flatMap((child) => {
    const part = model.children.get(child);
    return part === undefined ? [] : [elementSnippet(child, part.model, indent + step, lineEnd, step)];
  });
  if (children.length === 0)
    return model.content === 'text'
      ? `<${name}${attributes}>${sampleText(model)}</${name}>`
      : `<${name}${attributes}/>`;
  const inside = children.map((child) => `${lineEnd}${indent}${step}${child}`).join('');
  return `<${name}${attributes}>${inside}${lineEnd}${indent}</${name}>`;
}

/** A value that is right for the attribute, to be replaced by the user's own. */
export function sampleValue(schema: ValueSchema | undefined): string {
  return (
    schema?.examples?.[0] ??
    (schema?.default === undefined ? undefined : String(schema.default)) ??
    String(schema?.enum?.[0] ?? '')
  );
}

function sampleText(model: ElementModel): string {
  return model.text?.enum === undefined ? '' : String(model.text.enum[0] ?? '');
}

export function escapeValue(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

/** Of a line so long nobody sees the start. To look for it again for each of its faults would never end. */
const LONG_LINE = 2000;

/** The line end that the text uses. */
export function lineEndOf(text: string): string {
  const top = text.slice(0, LONG_LINE);
  const feed = top.indexOf('\n');
  if (feed < 0) return top.includes('\r') ? '\r' : '\n';
  return text.charAt(feed - 1) === '\r' ? '\r\n' : '\n';
}

/** Whether a line ends between the two offsets, not too far from the second. */
export function hasLineEnd(text: string, start: number, end: number): boolean {
  return /[\r\n]/.test(text.slice(Math.max(start, end - LONG_LINE), end));
}

/** The blanks at the start of the line that holds the offset; none where the line is long. */
export function indentOf(text: string, offset: number): string {
  const furthest = offset - LONG_LINE;
  let start = offset;
  while (start > 0 && !'\r\n'.includes(text.charAt(start - 1))) {
    start--;
    if (start < furthest) return '';
  }
  let end = start;
  while (end < offset && ' \t'.includes(text.charAt(end))) end++;
  return text.slice(start, end);
}

/** The indent that the children of an element have, or would have. */
export function childIndent(owner: XmlElement, outer: string): string {
  const { text } = owner.document;
  const [child] = owner.elements();
  if (
    child !== undefined &&
    blankBefore(text, child.start) > 0 &&
    '\r\n'.includes(text.charAt(blankBefore(text, child.start) - 1))
  ) {
    return indentOf(text, child.start);
  }
  return outer + (outer.startsWith('\t') ? '\t' : '  ');
}

function blankBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && ' \t'.includes(text.charAt(at - 1))) at--;
  return at;
}

function spaceBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && ' \t\r\n'.includes(text.charAt(at - 1))) at--;
  return at;
}
