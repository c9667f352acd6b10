import { ENVIRONMENT_FILE, PRIVATE_ENVIRONMENT_FILE } from '../request/environment.ts';
import { SECRET_VARIABLE } from '../request/credentialPatterns.ts';
import { note, type ImportNote } from './importNote.ts';
import {
  scriptOf,
  valueText,
  type PostmanCollection,
  type PostmanEnvironment,
  type PostmanItem,
  type PostmanVariable,
} from './postmanCollection.ts';
import { PostmanNames } from './postmanNames.ts';
import { draftRequest, isTokenScript, SERVER_VARIABLE } from './postmanRequests.ts';
import { writeRequest } from './requestText.ts';
import { translateTests } from './postmanTests.ts';

export interface PostmanImport {
  /** Files to write: their paths use `/` and stay inside the chosen folder. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly notes: readonly ImportNote[];
}

/**
 * Turns a collection and its environments into request files: a folder of the collection becomes a folder with a file,
 * or a file when it holds requests alone. Values marked as secret go to the private environment file, without their
 * values. What cannot be taken over is told in the notes.
 */
export function fromPostman(
  collection: PostmanCollection,
  environments: readonly PostmanEnvironment[] = [],
): PostmanImport {
  return new CollectionReader(collection, environments).read();
}

class CollectionReader {
  readonly #collection: PostmanCollection;
  readonly #environments: readonly PostmanEnvironment[];
  readonly #notes: ImportNote[] = [];
  readonly #names = new PostmanNames(this.#notes);
  readonly #files: { path: string; text: string }[] = [];
  readonly #paths = new Set<string>();

  constructor(collection: PostmanCollection, environments: readonly PostmanEnvironment[]) {
    this.#collection = collection;
    this.#environments = environments;
  }

  read(): PostmanImport {
    const { info, item = [], auth, event } = this.#collection;
    const name = info?.name ?? 'Postman';
    if (auth?.type !== undefined && auth.type !== 'noauth') {
      this.#notes.push(
        note(
          name,
          'The authorization of the collection ({0}) was left out: the sign-in of the server is used.',
          auth.type,
        ),
      );
    }
    this.#sharedScripts(name, event);
    this.#folder(name, item, '');
    this.#writeEnvironments();
    return { files: this.#files, notes: this.#notes };
  }

  #sharedScripts(name: string, event: PostmanItem['event']): void {
    const before = scriptOf(event, 'prerequest').filter((line) => line.trim() !== '');
    if (before.length > 0) {
      const words = isTokenScript(before)
        ? 'Its script for the token was left out: the sign-in of the server is used.'
        : 'Its pre-request script was left out: scripts are not run here.';
      this.#notes.push(note(name, words));
    }
    const { expectations, rest } = translateTests(scriptOf(event, 'test'));
    if (expectations.length + rest.length > 0)
      this.#notes.push(note(name, 'Its tests for all requests were left out: add expectations to the requests.'));
  }

  /** @param parent path of the folder, ending in `/`, or empty. */
  #folder(name: string, items: readonly PostmanItem[], parent: string): void {
    const requests = items.filter(({ item }) => item === undefined);
    const folders = items.filter(({ item }) => item !== undefined);
    if (requests.length > 0) this.#file(name, requests, parent);
    for (const folder of folders) {
      this.#sharedScripts(folder.name ?? 'Folder', folder.event);
      const inner = (folder.item ?? []).some(({ item }) => item !== undefined);
      this.#folder(
        folder.name ?? 'Folder',
        folder.item ?? [],
        inner ? `${parent}${fileName(folder.name ?? 'folder')}/` : parent,
      );
    }
  }

  #file(name: string, items: readonly PostmanItem[], parent: string): void {
    const scope = { names: this.#names, notes: this.#notes, taken: new Set<string>() };
    const drafts = items.flatMap((item) => draftRequest(item, scope) ?? []);
    if (drafts.length === 0) return;
    const definitions = this.#fileVariables();
    const path = this.#freePath(`${parent}${fileName(name)}`, '.ps.http');
    this.#files.push({ path, text: definitions + drafts.map(writeRequest).join('\n') });
  }

  /** Variables of the collection, at the top of every file. Secrets have their values in the environment. */
  #fileVariables(): string {
    const lines = enabled(this.#collection.variable).flatMap((variable) => {
      const name = this.#names.variable(variable.key ?? variable.id ?? '');
      if (isSecret(variable, name) || SERVER_VARIABLE.test(name)) return [];
      return [
        `@${name} = ${this.#names.text(
          valueText(variable.value)
            .replace(/\s*[\r\n]+\s*/g, ' ')
            .trim(),
          name,
        )}`,
      ];
    });
    return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  }

  #writeEnvironments(): void {
    const open: Record<string, Record<string, string>> = {};
    const secret: Record<string, Record<string, string>> = {};
    const add = (environment: string, variable: PostmanVariable): void => {
      const name = this.#names.variable(variable.key ?? variable.id ?? '');
      if (isSecret(variable, name)) {
        (secret[environment] ??= {})[name] = '';
        this.#notes.push(
          note(
            name,
            'Its value was not taken over. Credentials of the server are entered with Add Server; give others in {0}.',
            PRIVATE_ENVIRONMENT_FILE,
          ),
        );
      } else (open[environment] ??= {})[name] = this.#names.text(valueText(variable.value), name);
    };
    for (const { name = 'default', values } of this.#environments) {
      open[name] ??= {};
      for (const variable of enabled(values)) add(name, variable);
    }
    for (const variable of enabled(this.#collection.variable)) {
      const name = this.#names.variable(variable.key ?? variable.id ?? '');
      if (isSecret(variable, name)) add('$shared', variable);
    }
    if (Object.keys(open).length > 0) this.#json(ENVIRONMENT_FILE, open);
    if (Object.keys(secret).length > 0) this.#json(PRIVATE_ENVIRONMENT_FILE, secret);
  }

  #json(path: string, value: unknown): void {
    this.#files.push({ path, text: `${JSON.stringify(value, undefined, 2)}\n` });
  }

  #freePath(base: string, extension: string): string {
    let path = `${base}${extension}`;
    for (let number = 2; this.#paths.has(path.toLowerCase()); number++) path = `${base}-${number}${extension}`;
    this.#paths.add(path.toLowerCase());
    return path;
  }
}

function enabled(variables: readonly PostmanVariable[] | undefined): readonly PostmanVariable[] {
  return (variables ?? []).filter(
    (variable) =>
      variable.enabled !== false && variable.disabled !== true && (variable.key ?? variable.id ?? '') !== '',
  );
}

function isSecret(variable: PostmanVariable, name: string): boolean {
  return variable.type === 'secret' || SECRET_VARIABLE.test(name) || /^client_?id$/i.test(name);
}

/** A name that every file system takes: no separators, no leading dot, nothing Windows reserves. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .toLowerCase();
  if (plain === '') return 'requests';
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/.test(plain) ? `_${plain}` : plain.slice(0, 80);
}
