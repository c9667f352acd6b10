import type { Diagnostic } from '../problem/diagnostic.ts';
import { NearestResources } from './language/diagnoseAddress.ts';
import { FileIndex } from './language/fileIndex.ts';
import type { RequestLanguageContext } from './language/languageContext.ts';
import { validateFile } from './language/validate.ts';
import { parseRequestFile } from './parse.ts';
import type { RequestFile } from './requestFile.ts';

export interface RequestLanguage {
  parse(text: string): RequestFile;
  validate(file: RequestFile): Diagnostic[];
}

/**
 * The services of the request-file language for one situation: an active server, an environment. Cheap to make; make
 * another one when the situation changes. Offsets count in `file.text`.
 */
export function createRequestLanguage(context: RequestLanguageContext = {}): RequestLanguage {
  const indexes = new WeakMap<RequestFile, FileIndex>();
  const nearest = context.catalog === undefined ? undefined : new NearestResources(context.catalog);
  const indexOf = (file: RequestFile): FileIndex => {
    let index = indexes.get(file);
    if (index === undefined) {
      index = new FileIndex(file, context);
      indexes.set(file, index);
    }
    return index;
  };
  return {
    parse: parseRequestFile,
    validate: (file) => validateFile(indexOf(file), nearest),
  };
}
