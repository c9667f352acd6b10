import type { XmlElement } from '../reader/xmlDocument.ts';

/** How an XML file is laid out: its line ends, and how far each level is indented. */
export class XmlLayout {
  readonly eol: '\n' | '\r\n';
  readonly childIndent: string;
  /** One level more. */
  readonly unit: string;
  readonly #text: string;

  constructor(text: string, root: XmlElement) {
    this.#text = text;
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    const [child] = root.elements();
    const own = this.indentOf(root.start) ?? '';
    this.childIndent = (child && this.indentOf(child.start)) ?? `${own}  `;
    this.unit = this.childIndent.startsWith(own) ? this.childIndent.slice(own.length) || '  ' : '  ';
  }

  /** White space before an element that begins its line; undefined for one that does not. */
  indentOf(offset: number): string | undefined {
    const lineStart = this.#text.lastIndexOf('\n', offset - 1) + 1;
    const before = this.#text.slice(lineStart, offset);
    return before.trim() === '' ? before : undefined;
  }
}
