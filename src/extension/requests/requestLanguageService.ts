import { EventEmitter, Uri, workspace, type Disposable, type TextDocument } from 'vscode';
import type { EnvironmentFile } from '../../core/request/environment.ts';
import type { RequestLanguage } from '../../core/request/language.ts';
import type { ServerPlace } from '../../core/request/language/languageContext.ts';
import type { ServerNeed } from '../../core/request/language/serverNeed.ts';
import type { RequestFile } from '../../core/request/requestFile.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { wording } from '../problems/editorDiagnostics.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import type { Explorer } from '../explorer/explorer.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { EnvironmentChoice } from './environmentChoice.ts';
import { environmentsOf } from './environmentsOf.ts';
import type { RequestParser } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';
import type { RunLog } from './runLog.ts';

/** Milliseconds that completion waits for the server: what comes later is there at the next key. */
const PATIENCE = 2000;

/** Files around a request file that are offered for `< ./file`. */
const MOST_FILES = 300;

export interface RequestLanguageServiceOptions {
  readonly registry: ServerRegistry;
  readonly parser: RequestParser;
  readonly environment: EnvironmentChoice;
  readonly runs: RunLog;
  /** What each server has. */
  readonly explorer: Pick<Explorer, 'api' | 'ask' | 'onDidLearn'>;
  readonly folders: FolderWatch;
}

/** A document parsed, and the language in the situation it is in. */
export interface LanguageOfDocument {
  readonly language: RequestLanguage;
  readonly file: RequestFile;
}

/** The request language for the servers, the environment and the answers of each document, made when first needed. */
export class RequestLanguageService implements Disposable {
  readonly #options: RequestLanguageServiceOptions;
  readonly #subscriptions: Disposable[];
  readonly #changed = new EventEmitter<void>();
  /** By document and the servers that it names. */
  readonly #languages = new Map<string, { readonly servers: string; readonly language: Promise<RequestLanguage> }>();
  /** What is being asked, and until when completion waits for it: the keys after the first one do not wait anew. */
  readonly #asking = new Map<string, { readonly answer: Promise<void>; readonly until: number }>();
  readonly #files = new Map<string, readonly string[]>();

  /** The same text may be judged differently now. */
  readonly onDidChange = this.#changed.event;

  constructor(options: RequestLanguageServiceOptions) {
    this.#options = options;
    const forget = (): void => {
      this.#languages.clear();
      this.#changed.fire();
    };
    const watcher = workspace.createFileSystemWatcher('**/http-client*.env.json');
    watcher.onDidChange(forget);
    watcher.onDidCreate(forget);
    watcher.onDidDelete(forget);
    const { registry, environment, explorer, folders } = options;
    this.#subscriptions = [
      watcher,
      this.#changed,
      registry.onDidChange(forget),
      environment.onDidChange(forget),
      explorer.onDidLearn(forget),
      folders.onDidCome((uris) => {
        if (uris.some(({ path }) => path.endsWith('.env.json'))) forget();
      }),
    ];
  }

  async of(document: TextDocument): Promise<LanguageOfDocument> {
    const file = await this.#options.parser.parse(document);
    const named = namedServers(file);
    const servers = named.join('\n');
    const key = document.uri.toString();
    let known = this.#languages.get(key);
    if (known?.servers !== servers) {
      known = { servers, language: this.#create(document, named) };
      this.#languages.set(key, known);
    }
    return { language: await known.language, file };
  }

  /** The same after whatever helps to complete at a place was asked for; a slow server is not waited for long. */
  async toComplete(document: TextDocument, offset: number): Promise<LanguageOfDocument> {
    const now = await this.of(document);
    const need = now.language.needAt(now.file, offset);
    if (!need) return now;
    const key = JSON.stringify([need, need.kind === 'files' ? document.uri.toString() : '']);
    let asking = this.#asking.get(key);
    if (!asking) {
      const answer = this.#meet(document, need)
        .catch(() => undefined)
        .finally(() => this.#asking.delete(key));
      asking = { answer, until: performance.now() + PATIENCE };
      this.#asking.set(key, asking);
    }
    let timer: NodeJS.Timeout | undefined;
    const { answer, until } = asking;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(0, until - performance.now()));
    });
    await Promise.race([answer, patience]);
    clearTimeout(timer);
    return this.of(document);
  }

  forget(document: TextDocument): void {
    this.#languages.delete(document.uri.toString());
    this.#files.delete(document.uri.toString());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #meet(document: TextDocument, need: ServerNeed): Promise<void> {
    if (need.kind === 'files') {
      this.#files.set(document.uri.toString(), await nearbyFiles(document.uri));
      return;
    }
    const { registry, explorer } = this.#options;
    const server = need.server === undefined ? registry.active : registry.findByName(need.server);
    if (server) await explorer.ask(server, need);
  }

  async #create(document: TextDocument, named: readonly string[]): Promise<RequestLanguage> {
    const { registry, environment, runs } = this.#options;
    const { active, servers } = registry;
    const others = named.flatMap((name) => registry.findByName(name) ?? []);
    const [{ createRequestLanguage }, environments, place, ...places] = await Promise.all([
      import('../../core/request/language.ts'),
      environmentsOf(document.uri).catch((): readonly EnvironmentFile[] => []),
      ...[active, ...others].map((server) => this.#placeOf(server)),
    ]);
    return createRequestLanguage({
      ...place,
      others: new Map(others.flatMap(({ name }, at) => (places[at] ? [[name, places[at]]] : []))),
      serverNames: servers.map(({ name }) => name),
      environments,
      environment: environment.current,
      wording,
      answer: (request) => {
        const state = runs.get(requestKey(document.uri, request));
        return state?.kind === 'answered' ? state.answer : undefined;
      },
      nearbyFiles: () => this.#files.get(document.uri.toString()) ?? [],
    });
  }

  async #placeOf(server: Server | undefined): Promise<ServerPlace> {
    const { catalog, tables } = await this.#options.explorer.api(server);
    return { catalog, tables, server: server && { name: server.name, origin: server.origin, kind: server.kind } };
  }
}

/** The servers that requests of a file are sent to by name. */
function namedServers({ requests }: RequestFile): string[] {
  const names = requests.flatMap(({ directives }) =>
    directives.filter(({ name }) => name.text === 'server').map(({ value }) => value.text),
  );
  return [...new Set(names)];
}

/** Files beside a request file and in the folders below it, as `< ./file` names them. */
async function nearbyFiles(requestFile: Uri): Promise<readonly string[]> {
  const folder = Uri.joinPath(requestFile, '..');
  if (!workspace.getWorkspaceFolder(folder)) return [];
  const pattern = `${workspace.asRelativePath(folder, false)}/**/*`.replace(/[[\]{}]/g, '?');
  const atTop = workspace.getWorkspaceFolder(folder)?.uri.path === folder.path;
  const found = await workspace.findFiles(atTop ? '**/*' : pattern, '**/node_modules/**', MOST_FILES);
  return found
    .filter(({ path }) => path.startsWith(`${folder.path}/`) && path !== requestFile.path)
    .map(({ path }) => `.${path.slice(folder.path.length)}`)
    .sort();
}
