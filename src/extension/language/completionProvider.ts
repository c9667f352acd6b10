import {
  CompletionItem,
  MarkdownString,
  SnippetString,
  type CompletionItemKind,
  type CompletionItemProvider,
  type TextDocument,
} from 'vscode';
import type { TextCompletion } from '../../core/text/completion.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';

/** What a language offers at a place of its text. */
export interface Offers<Kind extends string> {
  readonly text: string;
  readonly completions: readonly TextCompletion<Kind>[];
}

/** Shows what a language offers. Documentation is made for the one item that is looked at, not for all. */
export function completionProvider<Kind extends string>(
  kinds: Readonly<Record<Kind, CompletionItemKind>>,
  offersAt: (document: TextDocument, offset: number) => Promise<Offers<Kind>>,
): CompletionItemProvider {
  const documentation = new WeakMap<CompletionItem, () => string>();
  return {
    provideCompletionItems: async (document, position) => {
      const { text, completions } = await offersAt(document, document.offsetAt(position));
      const lines = new LineIndex(text);
      return completions.map((completion) => {
        const { label, detail, range } = completion;
        const item = new CompletionItem(
          detail === undefined ? label : { label, description: detail },
          kinds[completion.kind],
        );
        item.range = editorRange(lines, range);
        item.insertText = completion.snippet ? new SnippetString(completion.text) : completion.text;
        // The editor compares with what is replaced, and an element is replaced with its bracket.
        item.filterText = text.charAt(range.start) === '<' ? `<${label}` : label;
        if (completion.sort !== undefined) item.sortText = completion.sort;
        if (completion.documentation) documentation.set(item, completion.documentation);
        if (completion.again) item.command = { title: '', command: 'editor.action.triggerSuggest' };
        return item;
      });
    },
    resolveCompletionItem: (item) => {
      const text = documentation.get(item)?.();
      if (text !== undefined) item.documentation = new MarkdownString(text);
      return item;
    },
  };
}
