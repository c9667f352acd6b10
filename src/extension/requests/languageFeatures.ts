import {
  CompletionItemKind,
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  Location,
  SymbolKind,
  TextEdit,
  Uri,
  l10n,
  languages,
  workspace,
  type Disposable,
  type DocumentFilter,
} from 'vscode';
import type { CompletionKind } from '../../core/request/language/completion.ts';
import type { Definition } from '../../core/request/language/navigation.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { together } from '../adapters/disposables.ts';
import { registerReading } from '../language/readingFeatures.ts';
import { editOf, editorRange } from '../problems/editorDiagnostics.ts';
import type { RequestLanguageService } from './requestLanguageService.ts';

type EnvironmentDefinition = Extract<Definition, { kind: 'environment' }>;

/** Completion, hover, outline, folding, formatting, definition, references and rename in request files. */
export function registerLanguageFeatures(selector: DocumentFilter[], service: RequestLanguageService): Disposable {
  return together(
    registerReading(selector, {
      of: (document) => service.of(document),
      toComplete: (document, offset) => service.toComplete(document, offset),
      kinds: COMPLETION_KINDS,
      triggers: ['/', '?', '&', '=', ',', ';', '{', '.', '@', '$', ' ', ':', '(', '"'],
      symbol: ({ kind, name, detail, range, selection }, lines) =>
        new DocumentSymbol(
          name,
          detail,
          kind === 'request' ? SymbolKind.Method : SymbolKind.Variable,
          editorRange(lines, range),
          editorRange(lines, selection),
        ),
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) => {
        const { language, file } = await service.of(document);
        const lines = new LineIndex(file.text);
        return language.folding(file).map(({ kind, range }) => {
          const { start, end } = editorRange(lines, range);
          return new FoldingRange(start.line, end.line, kind === 'comment' ? FoldingRangeKind.Comment : undefined);
        });
      },
    }),
    languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: async (document) => {
        const { language, file } = await service.of(document);
        const lines = new LineIndex(file.text);
        return language.format(file).map(({ range, text }) => TextEdit.replace(editorRange(lines, range), text));
      },
    }),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) => {
        const { language, file } = await service.of(document);
        const found = language.definition(file, document.offsetAt(position)).map(async (definition) => {
          switch (definition.kind) {
            case 'here':
              return new Location(document.uri, editorRange(new LineIndex(file.text), definition.range));
            case 'environment':
              return environmentLocation(definition);
            case 'file':
              return new Location(Uri.joinPath(document.uri, '..', definition.path), document.positionAt(0));
          }
        });
        return Promise.all(found);
      },
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position) => {
        const { language, file } = await service.of(document);
        const lines = new LineIndex(file.text);
        return language
          .references(file, document.offsetAt(position))
          .map((range) => new Location(document.uri, editorRange(lines, range)));
      },
    }),
    languages.registerRenameProvider(selector, {
      prepareRename: async (document, position) => {
        const { language, file } = await service.of(document);
        const name = language.prepareRename(file, document.offsetAt(position));
        if (!name) throw new Error(l10n.t('There is no variable or request name here.'));
        return { range: editorRange(new LineIndex(file.text), name.range), placeholder: name.text };
      },
      provideRenameEdits: async (document, position, newName) => {
        const { language, file } = await service.of(document);
        const edits = language.rename(file, document.offsetAt(position), newName);
        if (!edits) throw new Error(l10n.t('“{0}” cannot be a name here.', newName));
        return editOf(document.uri, new LineIndex(file.text), edits);
      },
    }),
  );
}

/** The line of an environment file that gives a variable its value. */
async function environmentLocation({ path, environment, name }: EnvironmentDefinition): Promise<Location> {
  const uri = Uri.file(path);
  const target = await workspace.openTextDocument(uri);
  const text = target.getText();
  const section = Math.max(0, text.indexOf(JSON.stringify(environment)));
  const key = text.indexOf(JSON.stringify(name), section);
  return new Location(uri, target.positionAt(Math.max(0, key)));
}

const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  method: CompletionItemKind.Method,
  path: CompletionItemKind.Module,
  parameter: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  expansion: CompletionItemKind.EnumMember,
  extension: CompletionItemKind.EnumMember,
  field: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  column: CompletionItemKind.Field,
  table: CompletionItemKind.Struct,
  powerQuery: CompletionItemKind.Function,
  header: CompletionItemKind.Property,
  directive: CompletionItemKind.Keyword,
  variable: CompletionItemKind.Variable,
  request: CompletionItemKind.Reference,
  server: CompletionItemKind.Constant,
  property: CompletionItemKind.Property,
  file: CompletionItemKind.File,
};
