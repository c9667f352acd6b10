import { phrase, type Argument } from '../problem/phrase.ts';
import { diagnose, type Diagnostic, type Fix } from '../problem/diagnostic.ts';
import type { TextRange } from '../text/textRange.ts';
import { makeBody, readInclude } from './bodySyntax.ts';
import { isComment, readDirective } from './directive.ts';
import { matchForeign } from './foreignSyntax.ts';
import { continueHeader, looksLikeHeader, readHeader } from './headerLine.ts';
import type {
  Block,
  BodyLine,
  Directive,
  FileVariable,
  ForeignSyntax,
  HeaderLine,
  RequestEntry,
  Span,
} from './requestFile.ts';
import { looksLikeRequestLine, readRequestLine, span, splitVersion, type RequestLine } from './requestLine.ts';
import { REQUEST_PROBLEMS, type RequestProblemCode } from './requestProblems.ts';
import { isBlank, trimRange, type TextLines } from './textLines.ts';
import { readVariable } from './variableLine.ts';

export interface BlockSource {
  readonly lines: TextLines;
  /** The block's first line: the separator when `separated`. */
  readonly from: number;
  readonly separated: boolean;
  /** The line after the block. */
  readonly next: number;
  /** How many requests the file had before. */
  readonly index: number;
  /** How often each name or title was there before; counted on. */
  readonly labels: Map<string, number>;
  /** Filled with what the block defines. */
  readonly variables: FileVariable[];
  readonly faults: Diagnostic[];
}

/** Reads the stretch between two separators: comments, directives and variables, then at most one request. */
export function parseBlock(source: BlockSource): Block {
  return new BlockReader(source).read();
}

/** Where the reader stands: before the request line, among its headers, or in the body. */
type Place = 'before' | 'head' | 'body';

class BlockReader {
  readonly #source: BlockSource;
  readonly #text: string;
  readonly #directives: Directive[] = [];
  readonly #comments: TextRange[] = [];
  readonly #bodyComments: TextRange[] = [];
  readonly #foreign: ForeignSyntax[] = [];
  readonly #headers: HeaderLine[] = [];
  readonly #bodyLines: BodyLine[] = [];
  #place: Place = 'before';
  #line: RequestLine | undefined;
  #pieces: Span[] = [];
  #version: Span | undefined;
  #blocker: Diagnostic | undefined;
  #end: number;

  constructor(source: BlockSource) {
    this.#source = source;
    this.#text = source.lines.text;
    this.#end = source.lines.start(source.from);
  }

  read(): Block {
    const { lines, from, separated, next } = this.#source;
    const start = lines.start(from);
    let separator: TextRange | undefined;
    let title: Span | undefined;
    if (separated) {
      const trimmed = lines.trimmed(from);
      separator = trimmed;
      this.#end = trimmed.end;
      let at = start;
      while (at < trimmed.end && this.#text.charCodeAt(at) === 35) at++;
      const words = trimRange(this.#text, at, trimmed.end);
      if (words.end > words.start) title = span(this.#text, words.start, words.end);
    }
    let line = separated ? from + 1 : from;
    while (line < next) line = this.#readLine(line);
    const range = { start, end: this.#end };
    return {
      range,
      separator,
      title,
      directives: this.#directives,
      comments: this.#comments,
      request: this.#request(range, title),
    };
  }

  /** Reads what starts on this line and tells the line after it. */
  #readLine(line: number): number {
    const { lines, next } = this.#source;
    const { start, end } = lines.trimmed(line);
    if (start === end) {
      if (this.#place === 'head') this.#place = 'body';
      else if (this.#place === 'body') this.#bodyLine(line);
      return line + 1;
    }
    const foreign = matchForeign(lines, line, next, this.#place);
    if (foreign !== undefined) {
      let last = foreign.next - 1;
      while (last > line && lines.trimmed(last).start === lines.trimmed(last).end) last--;
      const range = { start, end: lines.trimmed(last).end };
      this.#foreign.push({ kind: foreign.kind, range });
      this.#fault('PS510', range, [phrase(foreign.kind)]);
      this.#end = Math.max(this.#end, range.end);
      return foreign.next;
    }
    this.#end = end;
    if (isComment(this.#text, start, end)) this.#comment(start, end);
    else if (this.#place === 'before') this.#beforeRequest(line, start, end);
    else if (this.#place === 'head') this.#head(line, start, end);
    else this.#bodyLine(line);
    return line + 1;
  }

  #comment(start: number, end: number): void {
    const directive = readDirective(this.#text, start, end);
    if (directive !== undefined) this.#directives.push(directive);
    (this.#place === 'body' ? this.#bodyComments : this.#comments).push({ start, end });
  }

  #beforeRequest(line: number, start: number, end: number): void {
    if (this.#variable(line, start, end)) return;
    const read = readRequestLine(this.#text, start, end);
    this.#line = read;
    this.#version = read.version;
    this.#pieces = read.target.text === '' ? [] : [read.target];
    this.#place = 'head';
    if (read.fault === 'method')
      this.#block('PS502', read.method?.range ?? read.target.range, [read.method?.text ?? '']);
    if (read.fault === 'protocol')
      this.#block('PS511', read.method?.range ?? read.target.range, [read.method?.text ?? '']);
    if (read.fault === 'target') this.#notAnAddress(read.target);
  }

  #notAnAddress(target: Span): void {
    const at = target.range.start;
    const slash: Fix = {
      title: 'Start the address with /',
      edits: [{ range: { start: at, end: at }, text: '/' }],
      automatic: false,
    };
    this.#block('PS509', target.range, [target.text], target.text.startsWith('ws/') ? [slash] : []);
  }

  #head(line: number, start: number, end: number): void {
    const text = this.#text;
    const indented = isBlank(text.charCodeAt(this.#source.lines.start(line)));
    const unit = text.charCodeAt(start);
    const queryMark = unit === 63 || unit === 38;
    const isHeader = looksLikeHeader(text, start, end);
    if (this.#headers.length === 0 && (queryMark || (indented && !isHeader))) {
      this.#continueTarget(start, end);
      return;
    }
    const last = this.#headers.at(-1);
    if (indented && !isHeader && last !== undefined) {
      this.#headers[this.#headers.length - 1] = continueHeader(last, text, start, end);
      return;
    }
    if (this.#variable(line, start, end)) return;
    if (!isHeader && (looksLikeRequestLine(text, start, end) || readInclude(text, start, end) !== undefined)) {
      this.#place = 'body';
      this.#bodyLine(line);
      return;
    }
    const read = readHeader(text, start, end);
    if (read === undefined) {
      this.#block('PS503', { start, end }, []);
      return;
    }
    this.#headers.push(read.header);
    if (read.fault !== undefined) this.#block('PS504', read.header.name.range, [read.fault]);
  }

  #continueTarget(start: number, end: number): void {
    const { target, version } = splitVersion(this.#text, start, end);
    if (target.text !== '') this.#pieces.push(target);
    this.#version ??= version;
  }

  #variable(line: number, start: number, end: number): boolean {
    if (this.#text.charCodeAt(start) !== 64) return false;
    const variable = readVariable(this.#text, start, end, line);
    if (variable === undefined) this.#fault('PS505', { start, end }, []);
    else this.#source.variables.push(variable);
    return true;
  }

  #bodyLine(line: number): void {
    const { lines } = this.#source;
    const start = lines.start(line);
    const end = lines.end(line);
    const include = readInclude(this.#text, start, end);
    if (include === undefined) {
      this.#bodyLines.push({ kind: 'text', text: this.#text.slice(start, end), range: { start, end } });
      if (looksLikeRequestLine(this.#text, start, end)) this.#secondRequest(lines.trimmed(line));
      return;
    }
    this.#bodyLines.push(include);
    const { encoding } = include;
    if (encoding !== undefined && !isEncoding(encoding.text)) this.#block('PS515', encoding.range, [encoding.text]);
  }

  #secondRequest(range: TextRange): void {
    const edit = { range: { start: range.start, end: range.start }, text: '###\n' };
    this.#fault('PS507', range, [], [{ title: 'Separate the requests with ###', edits: [edit], automatic: false }]);
  }

  #request(range: TextRange, title: Span | undefined): RequestEntry | undefined {
    const line = this.#line;
    if (line === undefined) return undefined;
    const body = makeBody(this.#bodyLines, this.#headers);
    if (body === undefined) this.#comments.push(...this.#bodyComments);
    else for (const comment of this.#bodyComments) this.#fault('PS508', comment, []);
    const first = this.#pieces[0];
    const methodRange = line.method?.range ?? { start: line.target.range.start, end: line.target.range.start };
    if (first === undefined) this.#block('PS501', methodRange, []);
    const targetStart = first?.range.start ?? methodRange.end;
    const name = this.#name();
    return {
      index: this.#source.index,
      alike: this.#alike(name ?? title),
      range,
      title,
      name,
      directives: this.#directives,
      method: {
        text: (line.method?.text ?? 'GET').toUpperCase(),
        range: methodRange,
        written: line.method !== undefined,
      },
      target: {
        text: this.#pieces.map((piece) => piece.text).join(''),
        range: { start: targetStart, end: this.#pieces.at(-1)?.range.end ?? targetStart },
        pieces: this.#pieces,
      },
      version: this.#version,
      headers: this.#headers,
      body,
      foreign: this.#foreign,
      blocker: this.#blocker,
    };
  }

  #alike(label: Span | undefined): number {
    if (label === undefined) return 0;
    const { labels } = this.#source;
    const before = labels.get(label.text) ?? 0;
    labels.set(label.text, before + 1);
    return before;
  }

  #name(): Span | undefined {
    const written = this.#directives.find(({ name }) => name.text === 'name')?.value;
    return written !== undefined && /^[A-Za-z_]\w*$/.test(written.text) ? written : undefined;
  }

  #fault(
    code: RequestProblemCode,
    range: TextRange,
    args: readonly Argument[],
    fixes: readonly Fix[] = [],
  ): Diagnostic {
    const fault = diagnose(REQUEST_PROBLEMS, code, range, args, fixes);
    this.#source.faults.push(fault);
    return fault;
  }

  /** A fault that keeps the request from being sent. */
  #block(code: RequestProblemCode, range: TextRange, args: readonly Argument[], fixes: readonly Fix[] = []): void {
    const fault = this.#fault(code, range, args, fixes);
    this.#blocker ??= fault;
  }
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
