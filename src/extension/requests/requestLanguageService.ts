import { workspace, type Disposable, type TextDocument } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import type { EnvironmentFile } from '../../core/request/environment.ts';
import type { RequestLanguage } from '../../core/request/language.ts';
import type { RequestFile } from '../../core/request/requestFile.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { EnvironmentChoice } from './environmentChoice.ts';
import { environmentsOf } from './environmentsOf.ts';
import type { RequestParser } from './requestDocuments.ts';

/** A document parsed, and the language in the situation it is in. */
export interface LanguageOfDocument {
  readonly language: RequestLanguage;
  readonly file: RequestFile;
}

/** The request language for the active server and the environment files of each document, made when first needed. */
export class RequestLanguageService implements Disposable {
  readonly #registry: ServerRegistry;
  readonly #parser: RequestParser;
  readonly #environment: EnvironmentChoice;
  readonly #subscriptions: Disposable[];
  readonly #languages = new Map<string, Promise<RequestLanguage>>();
  #facts: Promise<{ catalog: Catalog; tables: TableCatalog }> | undefined;

  constructor(registry: ServerRegistry, parser: RequestParser, environment: EnvironmentChoice) {
    this.#environment = environment;
    this.#registry = registry;
    this.#parser = parser;
    const forget = (): void => this.#languages.clear();
    const watcher = workspace.createFileSystemWatcher('**/http-client*.env.json');
    watcher.onDidChange(forget);
    watcher.onDidCreate(forget);
    watcher.onDidDelete(forget);
    this.#subscriptions = [watcher, registry.onDidChange(forget), environment.onDidChange(forget)];
  }

  async of(document: TextDocument): Promise<LanguageOfDocument> {
    const key = document.uri.toString();
    let language = this.#languages.get(key);
    if (!language) {
      language = this.#create(document);
      this.#languages.set(key, language);
    }
    return { language: await language, file: await this.#parser.parse(document) };
  }

  forget(document: TextDocument): void {
    this.#languages.delete(document.uri.toString());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #create(document: TextDocument): Promise<RequestLanguage> {
    this.#facts ??= loadFacts();
    const [{ createRequestLanguage }, { catalog, tables }, environments] = await Promise.all([
      import('../../core/request/language.ts'),
      this.#facts,
      environmentsOf(document.uri).catch((): readonly EnvironmentFile[] => []),
    ]);
    const { active, servers } = this.#registry;
    return createRequestLanguage({
      catalog,
      tables,
      server: active && { name: active.name, origin: active.origin, kind: active.kind },
      serverNames: servers.map(({ name }) => name),
      environments,
      environment: this.#environment.current,
    });
  }
}

async function loadFacts(): Promise<{ catalog: Catalog; tables: TableCatalog }> {
  const { loadCatalog, loadTables } = await import('../../core/catalog/load.ts');
  const [catalog, tables] = await Promise.all([loadCatalog(), loadTables()]);
  return { catalog, tables };
}
