import type { TextRange } from './textRange.ts';

/** One offer at a place in a text; `Kind` are the kinds of its language. */
export interface TextCompletion<Kind extends string> {
  readonly label: string;
  readonly kind: Kind;
  /** What is replaced; never more than one line. */
  readonly range: TextRange;
  readonly text: string;
  /** `text` has places to fill in, `${1:id}`, as editors know them. */
  readonly snippet: boolean;
  /** A few words beside the label. */
  readonly detail: string | undefined;
  /** Markdown, made when it is asked for. */
  readonly documentation: (() => string) | undefined;
  /** After it is taken, more can be offered at once. */
  readonly again: boolean;
  /** Orders the list; the label when undefined. */
  readonly sort: string | undefined;
}

type Offer<Kind extends string> = Pick<TextCompletion<Kind>, 'label' | 'kind' | 'range'> &
  Partial<TextCompletion<Kind>>;

/** A completion whose text is its label, unless it says otherwise. */
export function offer<Kind extends string>(completion: Offer<Kind>): TextCompletion<Kind> {
  return {
    text: completion.label,
    snippet: false,
    detail: undefined,
    documentation: undefined,
    again: false,
    sort: undefined,
    ...completion,
  };
}

/** Text that stands for itself inside a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, String.raw`\$&`);
}
