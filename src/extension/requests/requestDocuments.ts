import type { TextDocument } from 'vscode';
import type { RequestEntry, RequestFile } from '../../core/request/requestFile.ts';
import { LANGUAGES, RESPONSE_SCHEME } from '../contributions.ts';

/** The end of a request file's name. */
export const REQUEST_FILE_ENDING = '.ps.http';

/**
 * Request documents by name or language, so that the commands work too where another extension's language
 * claims `.http` files.
 */
export function isRequestDocument(document: TextDocument): boolean {
  if (document.uri.scheme === RESPONSE_SCHEME) return false;
  return document.languageId === LANGUAGES.request || document.uri.path.endsWith(REQUEST_FILE_ENDING);
}

export interface ParsedDocument {
  readonly version: number;
  readonly file: RequestFile;
}

/** Parses a request document once a version. The parser is loaded with the first one. */
export class RequestParser {
  readonly #parsed = new WeakMap<TextDocument, ParsedDocument>();

  async parse(document: TextDocument): Promise<RequestFile> {
    const { parseRequestFile } = await import('./requestReading.ts');
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.file;
    const file = parseRequestFile(document.getText());
    this.#parsed.set(document, { version: document.version, file });
    return file;
  }

  /** The request whose block holds `offset`, else the last one before it. */
  async requestAt(document: TextDocument, offset: number): Promise<RequestEntry | undefined> {
    const { requests } = await this.parse(document);
    return requests.find(({ range }) => offset <= range.end) ?? requests.at(-1);
  }
}

/** What lists and tabs call a request: its name, its title, or its method and path. */
export function requestLabel(request: RequestEntry): string {
  return request.name?.text ?? request.title?.text ?? `${request.method.text} ${request.target.text}`;
}
