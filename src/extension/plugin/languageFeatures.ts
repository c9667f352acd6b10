import {
  CompletionItemKind,
  DocumentSymbol,
  Location,
  SymbolKind,
  WorkspaceEdit,
  l10n,
  languages,
  type Disposable,
  type DocumentFilter,
} from 'vscode';
import type { CompletionKind } from '../../core/plugin/language/completion.ts';
import type { OutlineSymbol } from '../../core/plugin/language/outline.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { together } from '../adapters/disposables.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import { registerReading } from '../language/readingFeatures.ts';
import { editOf, editorRange } from '../problems/editorDiagnostics.ts';
import { PluginLanguageService } from './languageService.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { uriOf } from './pluginFolders.ts';

/** Completion, hover, outline, definition and rename in the files of plugin packages. */
export function registerPluginFeatures(
  selector: DocumentFilter[],
  knowledge: LintKnowledge,
  folders: FolderWatch,
): Disposable {
  const service = new PluginLanguageService(knowledge, folders);
  return together(
    service,
    registerReading(selector, {
      of: (document) => service.of(document),
      kinds: COMPLETION_KINDS,
      triggers: ['<', ' ', '"', "'", '.', ':', '/'],
      symbol: editorSymbol,
      outline: { label: l10n.t('PowerSchool') },
    }),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) => {
        const { language, file } = await service.of(document);
        const range = language.prepareRename(file, document.offsetAt(position));
        const known = range && (await service.packageOf(document));
        if (!range || !known) return undefined;
        const name = file.text.slice(range.start, range.end);
        return known.contents.queries
          .filter(({ value }) => value.name === name)
          .map(({ path, text, value: { nameAttribute, element } }) => {
            const start = nameAttribute?.valueStart ?? element.start;
            const end = nameAttribute?.valueEnd ?? element.nameEnd;
            return new Location(uriOf(known.plugin, path), editorRange(new LineIndex(text), { start, end }));
          });
      },
    }),
    languages.registerRenameProvider(selector, {
      prepareRename: async (document, position) => {
        const { language, file } = await service.of(document);
        const range = language.prepareRename(file, document.offsetAt(position));
        if (!range) throw new Error(l10n.t('Names of PowerQueries and of their arguments can be renamed.'));
        return editorRange(new LineIndex(file.text), range);
      },
      provideRenameEdits: async (document, position, newName) => {
        const { language, file } = await service.of(document);
        const texts = await service.textsOf(document);
        const files = [...texts].map(([fileName, { text }]) => ({ fileName, text }));
        const renamed = language.rename(file, document.offsetAt(position), newName, files);
        if (!renamed) throw new Error(l10n.t('“{0}” cannot be a name here, or is taken.', newName));
        const edit = new WorkspaceEdit();
        for (const { fileName, edits } of renamed) {
          const target = texts.get(fileName);
          if (!target) continue;
          editOf(target.uri, new LineIndex(target.text), edits, edit);
        }
        return edit;
      },
    }),
  );
}

function editorSymbol(
  { kind, name, detail, range, selection, children }: OutlineSymbol,
  lines: LineIndex,
): DocumentSymbol {
  // The editor refuses symbols without a name.
  const symbol = new DocumentSymbol(
    name.trim() === '' ? l10n.t('(no name)') : name,
    detail,
    SYMBOL_KINDS[kind],
    editorRange(lines, range),
    editorRange(lines, selection),
  );
  symbol.children = children.map((child) => editorSymbol(child, lines));
  return symbol;
}

const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  element: CompletionItemKind.Module,
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  table: CompletionItemKind.Struct,
  column: CompletionItemKind.Field,
  query: CompletionItemKind.Function,
  argument: CompletionItemKind.Variable,
  page: CompletionItemKind.File,
  property: CompletionItemKind.Property,
};

const SYMBOL_KINDS: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  plugin: SymbolKind.Package,
  element: SymbolKind.Module,
  field: SymbolKind.Field,
  query: SymbolKind.Function,
  argument: SymbolKind.Variable,
  column: SymbolKind.Property,
  sql: SymbolKind.String,
  page: SymbolKind.File,
  path: SymbolKind.Interface,
  table: SymbolKind.Struct,
  key: SymbolKind.Key,
};
