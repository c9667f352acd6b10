import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../shared/', import.meta.url);

/** Facts kept beside the project are there; tests on them are skipped elsewhere. */
export const corpusExists = existsSync(folder);

/** Path of a file or folder of the corpus, such as `powerschool/api/catalog.json`. */
export function corpusPath(path: string): string {
  return fileURLToPath(new URL(path, folder));
}

export function readCorpusJson(path: string): unknown {
  return JSON.parse(readFileSync(corpusPath(path), 'utf8'));
}
