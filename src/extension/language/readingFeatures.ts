import {
  CompletionItem,
  Hover,
  MarkdownString,
  SnippetString,
  languages,
  type CompletionItemKind,
  type CompletionItemProvider,
  type Disposable,
  type DocumentSymbol,
  type DocumentSymbolProviderMetadata,
  type DocumentFilter,
  type TextDocument,
} from 'vscode';
import type { TextCompletion } from '../../core/text/completion.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import type { TextRange } from '../../core/text/textRange.ts';
import { together } from '../adapters/disposables.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';

/** What a language knows of a text. */
interface Reading<File, Kind extends string, Symbol> {
  complete(file: File, offset: number): readonly TextCompletion<Kind>[];
  /** In Markdown. */
  hover(file: File, offset: number): { readonly markdown: string; readonly range: TextRange } | undefined;
  symbols(file: File): readonly Symbol[];
}

/** A document as its language reads it, and the language in the situation it is in. */
interface Situation<File, Kind extends string, Symbol> {
  readonly language: Reading<File, Kind, Symbol>;
  readonly file: File;
}

export interface ReadingOptions<File, Kind extends string, Symbol> {
  of(document: TextDocument): Promise<Situation<File, Kind, Symbol>>;
  /** The same with what helps to complete at a place. */
  toComplete?(document: TextDocument, offset: number): Promise<Situation<File, Kind, Symbol>>;
  readonly kinds: Readonly<Record<Kind, CompletionItemKind>>;
  /** What opens the list of completions while typing. */
  readonly triggers: readonly string[];
  readonly symbol: (symbol: Symbol, lines: LineIndex) => DocumentSymbol;
  readonly outline?: DocumentSymbolProviderMetadata;
}

/** Completion, hover and outline: what the files of requests and of plugins have alike. */
export function registerReading<File extends { readonly text: string }, Kind extends string, Symbol>(
  selector: DocumentFilter[],
  options: ReadingOptions<File, Kind, Symbol>,
): Disposable {
  return together(
    languages.registerCompletionItemProvider(selector, completionProvider(options), ...options.triggers),
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => {
        const { language, file } = await options.of(document);
        const hover = language.hover(file, document.offsetAt(position));
        return (
          hover && new Hover(new MarkdownString(hover.markdown), editorRange(new LineIndex(file.text), hover.range))
        );
      },
    }),
    languages.registerDocumentSymbolProvider(
      selector,
      {
        provideDocumentSymbols: async (document) => {
          const { language, file } = await options.of(document);
          const lines = new LineIndex(file.text);
          return language.symbols(file).map((symbol) => options.symbol(symbol, lines));
        },
      },
      options.outline,
    ),
  );
}

/** Documentation is made for the one item that is looked at, not for all. */
function completionProvider<File extends { readonly text: string }, Kind extends string, Symbol>(
  options: ReadingOptions<File, Kind, Symbol>,
): CompletionItemProvider {
  const documentation = new WeakMap<CompletionItem, () => string>();
  return {
    provideCompletionItems: async (document, position) => {
      const offset = document.offsetAt(position);
      const { language, file } = await (options.toComplete?.(document, offset) ?? options.of(document));
      const { text } = file;
      const lines = new LineIndex(text);
      return language.complete(file, offset).map((completion) => {
        const { label, detail, range } = completion;
        const item = new CompletionItem(
          detail === undefined ? label : { label, description: detail },
          options.kinds[completion.kind],
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
