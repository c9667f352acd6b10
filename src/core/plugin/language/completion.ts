import type { TextRange } from '../../text/textRange.ts';

export type CompletionKind =
  'element' | 'attribute' | 'value' | 'table' | 'column' | 'query' | 'argument' | 'page' | 'property';

/** One offer at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What is replaced. */
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

type Offer = Pick<Completion, 'label' | 'kind' | 'range'> & Partial<Completion>;

/** A completion whose text is its label, unless it says otherwise. */
export function offer(completion: Offer): Completion {
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
