import type { TextEdit, TextRange } from '../../text/textRange.ts';
import type { Block, RequestEntry, RequestFile } from '../requestFile.ts';
import { lineStartAt, TextLines } from '../textLines.ts';

/**
 * Puts everything but bodies into one form: `### Title`, `# @name value`, `@name = value`, `METHOD target`, indented
 * query lines, `Name: value`, one blank line where there were several, and a line end at the end. Bodies, comments
 * and syntax of other tools stay as they are; what is parsed afterwards is the same.
 */
export function formatFile(file: RequestFile): TextEdit[] {
  const formatter = new Formatter(file);
  return formatter.edits();
}

class Formatter {
  readonly #file: RequestFile;
  readonly #lines: TextLines;
  readonly #eol: string;
  /** New text of a line, by its number. */
  readonly #changed = new Map<number, string>();
  /** Lines that stay whatever they hold. */
  readonly #kept: TextRange[] = [];
  readonly #lineOf = new Map<number, number>();

  constructor(file: RequestFile) {
    this.#file = file;
    this.#lines = new TextLines(file.text);
    this.#eol = /\r\n/.exec(file.text)?.[0] ?? /[\n]/.exec(file.text)?.[0] ?? /\r/.exec(file.text)?.[0] ?? '\n';
    for (let line = 0; line < this.#lines.count; line++) this.#lineOf.set(this.#lines.start(line), line);
  }

  edits(): TextEdit[] {
    for (const block of this.#file.blocks) this.#block(block);
    for (const { name, value, range } of this.#file.variables)
      this.#write(range.start, `@${name.text} = ${value.text}`);
    return this.#lineEdits();
  }

  #block({ separator, title, directives, request }: Block): void {
    if (separator !== undefined) this.#write(separator.start, title === undefined ? '###' : `### ${title.text}`);
    const body = request?.body?.range;
    if (body !== undefined) this.#kept.push(body);
    for (const { range } of request?.foreign ?? []) this.#kept.push(range);
    for (const { name, value, range } of directives) {
      if (body !== undefined && range.start >= body.start && range.end <= body.end) continue;
      const mark = this.#file.text.startsWith('/', range.start) ? '//' : '#';
      this.#write(range.start, `${mark} @${name.text} ${value.text}`);
    }
    if (request !== undefined) this.#request(request);
  }

  #request({ method, target, version, headers, blocker }: RequestEntry): void {
    // What could not be read is left to its author.
    if (blocker !== undefined) return;
    for (const [at, piece] of target.pieces.entries()) {
      // At the first column this would begin a script of another tool.
      if (/^\{\{[@+]?\w*$/.test(piece.text)) continue;
      const line = this.#lineAt(piece.range.start);
      const ending = version !== undefined && this.#lineAt(version.range.start) === line ? ` ${version.text}` : '';
      const start = at === 0 && method.written ? `${method.text} ` : at === 0 ? '' : '  ';
      if (at === 0 && method.written && this.#lineAt(method.range.start) !== line) continue;
      this.#changed.set(line, `${start}${piece.text}${ending}`);
    }
    for (const { name, value, range } of headers) {
      if (this.#lineAt(range.start) === this.#lineAt(range.end))
        this.#write(range.start, `${name.text}: ${value.text}`);
    }
  }

  #write(start: number, text: string): void {
    // An empty value leaves the space before it.
    this.#changed.set(this.#lineAt(start), text.replace(/ $/, ''));
  }

  #lineAt(offset: number): number {
    return this.#lineOf.get(lineStartAt(this.#file.text, offset)) ?? 0;
  }

  #lineEdits(): TextEdit[] {
    const edits: TextEdit[] = [];
    const lines = this.#lines;
    const kept = this.#kept.toSorted((a, b) => a.start - b.start);
    let at = 0;
    let blanks = 0;
    let written = false;
    for (let line = 0; line < lines.count; line++) {
      const start = lines.start(line);
      const end = lines.end(line);
      while (at < kept.length && (kept[at]?.end ?? 0) < start) at++;
      const stays = (kept[at]?.start ?? Infinity) <= end;
      if (!stays && lines.trimmed(line).start === lines.trimmed(line).end) {
        blanks++;
        continue;
      }
      const apart = blanks === 0 && written && !stays && lines.text.startsWith('###', start);
      if (blanks > 0) this.#writeBlanks(line - blanks, line, written, edits);
      blanks = 0;
      written = true;
      const before = apart ? this.#eolAt(start) : '';
      const text = this.#changed.get(line) ?? lines.line(line);
      if (text !== lines.line(line)) edits.push({ range: { start, end }, text: before + text });
      else if (apart) edits.push({ range: { start, end: start }, text: before });
    }
    this.#writeEnd(lines.count - blanks, written, edits);
    return edits;
  }

  /** One blank line in the place of those from `from` up to `to`; none at the start of the file. */
  #writeBlanks(from: number, to: number, written: boolean, edits: TextEdit[]): void {
    const range = { start: this.#lines.start(from), end: this.#lines.start(to) };
    const text = written ? this.#eolAt(range.start) : '';
    if (this.#file.text.slice(range.start, range.end) !== text) edits.push({ range, text });
  }

  /** A line feed right after a lone carriage return would become one line end with it. */
  #eolAt(offset: number): string {
    return this.#eol === '\n' && this.#file.text.charCodeAt(offset - 1) === 13 ? '\r' : this.#eol;
  }

  /** One line end after the last line that is not blank. */
  #writeEnd(after: number, written: boolean, edits: TextEdit[]): void {
    const { text } = this.#file;
    const range = { start: written ? this.#lines.end(after - 1) : 0, end: text.length };
    const wanted = written ? this.#eol : '';
    if (text.slice(range.start, range.end) === wanted) return;
    const last = edits.at(-1);
    // The last line may be rewritten itself: its edit ends where this one begins.
    if (last !== undefined && last.range.end > range.start) return;
    edits.push({ range, text: wanted });
  }
}
