import type { TextCompletion } from '../../text/completion.ts';

export { escapeSnippet, offer } from '../../text/completion.ts';

export type CompletionKind =
  | 'method'
  | 'path'
  | 'parameter'
  | 'value'
  | 'expansion'
  | 'extension'
  | 'field'
  | 'operator'
  | 'column'
  | 'table'
  | 'powerQuery'
  | 'header'
  | 'directive'
  | 'variable'
  | 'request'
  | 'server'
  | 'property'
  | 'file';

export type Completion = TextCompletion<CompletionKind>;
