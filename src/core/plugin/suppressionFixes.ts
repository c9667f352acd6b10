import type { Diagnostic, Fix } from '../problem/diagnostic.ts';
import { suppress, type CommentForm } from '../problem/suppressions.ts';
import { readXml } from './reader/xmlReader.ts';
import type { XmlDocument } from './reader/xmlDocument.ts';
import { beginningOf, canBeSuppressed } from './suppressions.ts';

const XML_COMMENT: CommentForm = { open: '<!-- ', close: ' -->' };
const LINE_COMMENT: CommentForm = { open: '# ', close: '' };

/** Said of the package as a whole, or of a file that cannot be what its name says: no comment is asked. */
const OF_THE_PACKAGE = new Set(['PS460', 'PS464', 'PS466', 'PS468', 'PS469', 'PS470', 'PS471', 'PS473']);

/**
 * Comments that set findings aside, each for its line and for the file: what people do when a rule is right in general and
 * wrong here. Nothing for a kind of file that has no comments.
 */
export class SuppressionFixes {
  readonly #text: string;
  readonly #form: CommentForm | undefined;
  readonly #document: XmlDocument | undefined;

  /** @param fileName decides how comments are written. */
  constructor(fileName: string, text: string) {
    const [extension = ''] = /\.\w+$/.exec(fileName.toLowerCase()) ?? [];
    this.#text = text;
    this.#form =
      extension === '.properties' ? LINE_COMMENT : /^\.(?:xml|html?)$/.test(extension) ? XML_COMMENT : undefined;
    this.#document = extension === '.xml' ? readXml(text) : undefined;
  }

  of({ code, range }: Diagnostic): Fix[] {
    const text = this.#text;
    const form = this.#form;
    if (form === undefined || !canBeSuppressed(code) || OF_THE_PACKAGE.has(code)) return [];
    const fixes: Fix[] = [];
    const start = beginningOf(this.#document, range.start);
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    // before a tag that starts its line there is room for a comment, if it is known what is a tag
    const isReadable = this.#document === undefined || this.#document.faults.length === 0;
    const isFirst = text.slice(lineStart, start).trim() === '' && lineStart >= this.#top();
    if (isReadable && isFirst && (form === LINE_COMMENT || text.charCodeAt(start) === 60)) {
      fixes.push(suppress(text, form, code, lineStart, false));
    }
    if (this.#document === undefined || this.#document.root !== undefined) {
      fixes.push(suppress(text, form, code, this.#top(), true));
    }
    return fixes;
  }

  /** Behind the XML declaration and its line. */
  #top(): number {
    const end = this.#document?.declaration?.end ?? 0;
    return end + (/^[ \t]*(?:\r\n?|\n)/.exec(this.#text.slice(end))?.[0].length ?? 0);
  }
}
