/** One fault put into a valid text, and where it must be reported. */
export interface Mutation {
  readonly name: string;
  readonly fileName: string;
  readonly text: string;
  /** Offset in `text` where the finding starts. */
  readonly at: number;
  /** Last digits of the code, or whole codes. */
  readonly codes: readonly string[];
}

export interface ValidFile {
  readonly fileName: string;
  readonly text: string;
}

/** Replaces a part of a text. */
export function splice(text: string, start: number, end: number, insertion: string): string {
  return text.slice(0, start) + insertion + text.slice(end);
}
