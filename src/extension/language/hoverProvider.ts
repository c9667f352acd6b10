import { Hover, MarkdownString, type HoverProvider, type TextDocument } from 'vscode';
import { LineIndex } from '../../core/text/lineIndex.ts';
import type { TextRange } from '../../core/text/textRange.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';

/** What a language says of a place of its text, in Markdown. */
export interface Explanation {
  readonly text: string;
  readonly hover: { readonly markdown: string; readonly range: TextRange } | undefined;
}

export function hoverProvider(
  explainAt: (document: TextDocument, offset: number) => Promise<Explanation>,
): HoverProvider {
  return {
    provideHover: async (document, position) => {
      const { text, hover } = await explainAt(document, document.offsetAt(position));
      return hover && new Hover(new MarkdownString(hover.markdown), editorRange(new LineIndex(text), hover.range));
    },
  };
}
