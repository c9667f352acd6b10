import type { TextCompletion } from '../../text/completion.ts';

export { escapeSnippet, offer } from '../../text/completion.ts';

export type CompletionKind =
  'element' | 'attribute' | 'value' | 'table' | 'column' | 'query' | 'argument' | 'page' | 'property';

export type Completion = TextCompletion<CompletionKind>;
