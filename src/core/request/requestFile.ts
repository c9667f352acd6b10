import type { Diagnostic } from '../problem/diagnostic.ts';
import type { TextRange } from '../text/textRange.ts';

/** A piece of the text as it stands there. */
export interface Span {
  readonly text: string;
  readonly range: TextRange;
}

/** What `parseRequestFile` makes of a `*.ps.http` file. Offsets count in `text`, which has no byte order mark. */
export interface RequestFile {
  readonly text: string;
  /** True when a byte order mark was taken off. */
  readonly bom: boolean;
  /** One for every stretch between separators, also those without a request. */
  readonly blocks: readonly Block[];
  /** In the order of the file. */
  readonly requests: readonly RequestEntry[];
  /** `@name = value` lines in the order of the file. */
  readonly variables: readonly FileVariable[];
  /** What the syntax alone tells: `validate` adds the rest. In the order of the file. */
  readonly faults: readonly Diagnostic[];
}

/** The stretch from one `###` line to the next. The first block of a file may have no separator. */
export interface Block {
  /** From the separator (or the start of the file) to the end of the last line that is not blank. */
  readonly range: TextRange;
  /** The `###` line. */
  readonly separator: TextRange | undefined;
  readonly title: Span | undefined;
  readonly directives: readonly Directive[];
  readonly comments: readonly TextRange[];
  readonly request: RequestEntry | undefined;
}

/** One request of a file. */
export interface RequestEntry {
  /** Its place among the requests of the file, from 0. */
  readonly index: number;
  /** How many requests before it in the file have the same name or, without names, the same title. */
  readonly alike: number;
  /** The block, without the blank lines at its end. */
  readonly range: TextRange;
  /** The text after `###`: shown, never referred to. */
  readonly title: Span | undefined;
  /** From `# @name x`: what `{{x.response…}}` and `--name` refer to. Undefined when the line is malformed. */
  readonly name: Span | undefined;
  readonly directives: readonly Directive[];
  readonly method: Method;
  readonly target: Target;
  /** `HTTP/1.1` at the end of the request line: read, never used. */
  readonly version: Span | undefined;
  readonly headers: readonly HeaderLine[];
  readonly body: RequestBody | undefined;
  /** Syntax of other tools that is recognised and never sent. */
  readonly foreign: readonly ForeignSyntax[];
  /** A fault that makes the request impossible to send; one of the file's `faults`. */
  readonly blocker: Diagnostic | undefined;
}

export interface Method {
  /** Upper case; GET when it was left out. */
  readonly text: string;
  /** Empty, at the target's start, when the method was left out. */
  readonly range: TextRange;
  readonly written: boolean;
}

/** Where the request goes, with variables not yet replaced. */
export interface Target {
  /** All pieces joined: each has lost the spaces around it. */
  readonly text: string;
  /** From the first to the last piece. */
  readonly range: TextRange;
  /** The rest of the request line and the continuation lines. */
  readonly pieces: readonly Span[];
}

export interface HeaderLine {
  readonly name: Span;
  /** Without the spaces around it; `text` has continuation lines joined by one space. */
  readonly value: Span;
  readonly range: TextRange;
}

/** `# @name value`. */
export interface Directive {
  /** As written, without the `@`. */
  readonly name: Span;
  /** Without the spaces around it; empty when there is none. */
  readonly value: Span;
  /** The whole comment line without its indentation. */
  readonly range: TextRange;
}

/** `@name = value`. */
export interface FileVariable {
  readonly name: Span;
  /** Without the spaces around it, otherwise literal. */
  readonly value: Span;
  /** The line without its indentation. */
  readonly range: TextRange;
  /** Zero-based line, for "the nearest definition above". */
  readonly line: number;
}

export interface RequestBody {
  /**
   * `multipart` and `form` by the Content-Type header, else `text`. It decides how lines are joined:
   * LF for text, CRLF for multipart, and a form's lines that start with `&` follow without a break.
   */
  readonly kind: 'text' | 'form' | 'multipart';
  /** From the first to the last line that is sent. */
  readonly range: TextRange;
  /** What is sent, in order: without comments, foreign syntax and the blank lines around. */
  readonly lines: readonly BodyLine[];
}

export type BodyLine = TextLine | IncludeLine;

export interface TextLine {
  readonly kind: 'text';
  readonly text: string;
  readonly range: TextRange;
}

/** `< ./file`, sent byte for byte, or `<@ ./file`, with variables replaced. */
export interface IncludeLine {
  readonly kind: 'include';
  readonly path: Span;
  readonly substitute: boolean;
  /** `<@latin1 ./file`: a label that TextDecoder knows; undefined means UTF-8. */
  readonly encoding: Span | undefined;
  readonly range: TextRange;
}

export interface ForeignSyntax {
  readonly kind: ForeignKind;
  readonly range: TextRange;
}

export type ForeignKind =
  | 'response script'
  | 'response script file'
  | 'saved response'
  | 'response reference'
  | 'request script'
  | 'script block'
  | 'assertion'
  | 'import';
