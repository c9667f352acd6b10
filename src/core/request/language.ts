import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../problem/diagnostic.ts';
import type { TextEdit, TextRange } from '../text/textRange.ts';
import { completeAt } from './language/complete.ts';
import type { Completion } from './language/completion.ts';
import { FileIndex } from './language/fileIndex.ts';
import { formatFile } from './language/format.ts';
import { hoverAt, type Hover } from './language/hover.ts';
import type { RequestLanguageContext } from './language/languageContext.ts';
import { definitionAt, referencesAt, renameableAt, renameAt, type Definition } from './language/navigation.ts';
import { foldingOf, outlineOf, type FoldingRange, type OutlineSymbol } from './language/outline.ts';
import { OperationFinder } from './language/operationFinder.ts';
import { needAt, type ServerNeed } from './language/serverNeed.ts';
import { validateFile } from './language/validate.ts';
import { parseRequestFile } from './parse.ts';
import type { RequestFile, Span } from './requestFile.ts';

/** The services of the request-file language. Offsets count in `file.text`. */
export interface RequestLanguage {
  parse(text: string): RequestFile;
  /** All findings in the order of the file, those of the parser included. */
  validate(file: RequestFile): Diagnostic[];
  /** What to find out before `complete` is asked at this place. */
  needAt(file: RequestFile, offset: number): ServerNeed | undefined;
  /** What can be written at a place, not yet filtered by what stands there. */
  complete(file: RequestFile, offset: number): Completion[];
  hover(file: RequestFile, offset: number): Hover | undefined;
  /** Edits that do not overlap; none when the file is in form. */
  format(file: RequestFile): TextEdit[];
  symbols(file: RequestFile): OutlineSymbol[];
  folding(file: RequestFile): FoldingRange[];
  definition(file: RequestFile, offset: number): Definition[];
  references(file: RequestFile, offset: number): TextRange[];
  /** The name that `rename` would change; undefined when there is none. */
  prepareRename(file: RequestFile, offset: number): Span | undefined;
  /** Undefined when nothing can be renamed here or the new name cannot be one. */
  rename(file: RequestFile, offset: number, newName: string): TextEdit[] | undefined;
}

/**
 * The services for one situation: an active server, an environment. Cheap to make; make another one when the situation
 * changes. What is worked out for a file is kept as long as the parsed file itself.
 */
export function createRequestLanguage(context: RequestLanguageContext = {}): RequestLanguage {
  const indexes = new WeakMap<RequestFile, FileIndex>();
  const finders = new Map<Catalog | undefined, OperationFinder>();
  const finderOf = (catalog: Catalog | undefined): OperationFinder | undefined => {
    if (catalog === undefined) return undefined;
    const finder = finders.get(catalog) ?? new OperationFinder(catalog);
    finders.set(catalog, finder);
    return finder;
  };
  const indexOf = (file: RequestFile): FileIndex => {
    let index = indexes.get(file);
    if (index === undefined) {
      index = new FileIndex(file, context, finderOf);
      indexes.set(file, index);
    }
    return index;
  };
  return {
    parse: parseRequestFile,
    needAt: (file, offset) => needAt(indexOf(file), offset),
    validate: (file) => validateFile(indexOf(file)),
    complete: (file, offset) => completeAt(indexOf(file), offset),
    hover: (file, offset) => hoverAt(indexOf(file), offset),
    format: formatFile,
    symbols: outlineOf,
    folding: foldingOf,
    definition: (file, offset) => definitionAt(indexOf(file), offset),
    references: (file, offset) => referencesAt(indexOf(file), offset),
    prepareRename: (file, offset) => renameableAt(indexOf(file), offset),
    rename: (file, offset, newName) => renameAt(indexOf(file), offset, newName),
  };
}
