import type { TableCatalog } from '../../catalog/tables.ts';
import type { TextEdit, TextRange } from '../../text/textRange.ts';
import { completeAt } from './complete.ts';
import type { Completion } from './completion.ts';
import { hoverAt, type Hover } from './hover.ts';
import { outlineOf, type OutlineSymbol } from './outline.ts';
import { renameableAt, renameAt } from './renameQuery.ts';

/** A file of a plugin package, as an editor has it. Offsets are UTF-16 units of `text`, without byte order mark. */
export interface PluginText {
  /** Name or path: it decides the language. */
  readonly fileName: string;
  readonly text: string;
}

/** What is known beside the file. */
export interface PluginLanguageContext {
  readonly tables?: TableCatalog | undefined;
  /** Names of the queries of the package. */
  readonly queries?: readonly string[] | undefined;
  /** Addresses of the pages of the package, such as `/admin/example/home.html`. */
  readonly pages?: readonly string[] | undefined;
}

/** The edits that a rename makes in one file. */
export interface FileEdits {
  readonly fileName: string;
  readonly edits: readonly TextEdit[];
}

/** The services of all languages of plugin packages. None of them throws for any content. */
export interface PluginLanguage {
  /** What can be written at a place, not yet filtered by what stands there. */
  complete(file: PluginText, offset: number): Completion[];
  hover(file: PluginText, offset: number): Hover | undefined;
  /** A tree, in the order of the file. */
  symbols(file: PluginText): OutlineSymbol[];
  /** The query name or argument that `rename` would change; undefined when there is none. */
  prepareRename(file: PluginText, offset: number): TextRange | undefined;
  /**
   * Renames the query or argument at a place in all files given: query files, mappings and pages. Undefined when
   * nothing can be renamed here, or the new name cannot be one or is taken.
   */
  rename(file: PluginText, offset: number, newName: string, files: readonly PluginText[]): FileEdits[] | undefined;
}

/** The services for what is known now. Cheap to make; make another when that changes. */
export function createPluginLanguage(context: PluginLanguageContext = {}): PluginLanguage {
  return {
    complete: (file, offset) => completeAt(file, offset, context),
    hover: (file, offset) => hoverAt(file, offset, context),
    symbols: outlineOf,
    prepareRename: renameableAt,
    rename: renameAt,
  };
}
