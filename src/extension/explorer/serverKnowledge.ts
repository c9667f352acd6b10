import { EventEmitter, type Disposable } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { loadCatalog, loadTables } from '../../core/catalog/load.ts';
import { mergeCatalog, mergeTables } from '../../core/catalog/serverCatalog.ts';
import type { ServerFacts } from '../../core/catalog/serverFacts.ts';
import { learnFrom, type Exchange } from '../../core/catalog/serverLearning.ts';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import { isJsonObject } from '../../core/powerschool/jsonValue.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { FactsFolder } from './factsFolder.ts';

/** Milliseconds in which more may be learned before a file is written. */
const WRITE_DELAY = 500;

interface Known {
  readonly origin: string;
  facts: ServerFacts;
  catalog?: Catalog | undefined;
  tables?: TableCatalog | undefined;
  writing?: NodeJS.Timeout | undefined;
}

/** What the API offers on one server; the same objects until the server tells something new. */
export interface ServerApi {
  readonly catalog: Catalog;
  readonly tables: TableCatalog;
}

/** The API as each server has it: the catalog, corrected by what the server told. Read when first asked for. */
export class ServerKnowledge implements Disposable {
  readonly #folder: FactsFolder;
  readonly #log: (line: string) => void;
  readonly #changed = new EventEmitter<string>();
  readonly #learned = new EventEmitter<string>();
  readonly #known = new Map<string, { readonly origin: string; readonly read: Promise<Known> }>();
  readonly #settled = new Map<string, Known>();
  #baseCatalog: Promise<Catalog> | undefined;
  #baseTables: Promise<TableCatalog> | undefined;

  /** Id of a server about which an answer told something new. */
  readonly onDidChange = this.#changed.event;
  /** The same, also for what somebody asked and shows himself. */
  readonly onDidLearn = this.#learned.event;

  constructor(folder: FactsFolder, log: (line: string) => void = () => undefined) {
    this.#folder = folder;
    this.#log = log;
  }

  /** What comes with the product. */
  baseCatalog(): Promise<Catalog> {
    return (this.#baseCatalog ??= loadCatalog());
  }

  /** Both at once; without a server what comes with the product. Asks no server: see ServerReads. */
  async api(server: Server | undefined): Promise<ServerApi> {
    const [catalog, tables] = await Promise.all(
      server ? [this.catalog(server), this.tables(server)] : [this.baseCatalog(), (this.#baseTables ??= loadTables())],
    );
    return { catalog, tables };
  }

  /** What a server told, when it was read already: nothing is waited for. */
  reported({ id, origin }: Server): ServerFacts | undefined {
    const known = this.#settled.get(id);
    return known?.origin === origin ? known.facts : undefined;
  }

  async facts(server: Server): Promise<ServerFacts> {
    return (await this.#of(server)).facts;
  }

  async catalog(server: Server): Promise<Catalog> {
    const [known, base] = await Promise.all([this.#of(server), this.baseCatalog()]);
    return (known.catalog ??= mergeCatalog(base, known.facts));
  }

  async tables(server: Server): Promise<TableCatalog> {
    const [known, base] = await Promise.all([this.#of(server), (this.#baseTables ??= loadTables())]);
    return (known.tables ??= mergeTables(base, known.facts));
  }

  /**
   * Takes from an answer what it tells about the server; the answer itself is not kept. `quiet`: whoever asked shows
   * it, so nobody else need be told.
   */
  async learn(server: Server, exchange: Exchange, { quiet = false } = {}): Promise<void> {
    const [known, base] = await Promise.all([this.#of(server), this.baseCatalog()]);
    const before = known.facts;
    const after = learnFrom(before, base, exchange);
    if (isSame(before, after)) return;
    known.facts = after;
    known.catalog = undefined;
    if (after.tables !== before.tables || after.columns !== before.columns || after.refusals !== before.refusals)
      known.tables = undefined;
    this.#writeSoon(server.id, known);
    this.#learned.fire(server.id);
    if (!quiet) this.#changed.fire(server.id);
  }

  async forget(serverId: string): Promise<void> {
    clearTimeout(this.#settled.get(serverId)?.writing);
    this.#known.delete(serverId);
    this.#settled.delete(serverId);
    await this.#folder.remove(serverId);
  }

  /** Writes at once what waits to be written. */
  async flush(): Promise<void> {
    const waiting = [...this.#settled].filter(([, known]) => known.writing !== undefined);
    await Promise.all(waiting.map(([id, known]) => this.#write(id, known)));
  }

  dispose(): void {
    this.#changed.dispose();
    this.#learned.dispose();
    void this.flush();
  }

  #of(server: Server): Promise<Known> {
    const { id, origin } = server;
    const known = this.#known.get(id);
    if (known?.origin === origin) return known.read;
    const read = this.#folder.read(id, origin).then((facts): Known => {
      const settled: Known = { origin, facts };
      this.#settled.set(id, settled);
      return settled;
    });
    this.#known.set(id, { origin, read });
    return read;
  }

  #writeSoon(serverId: string, known: Known): void {
    known.writing ??= setTimeout(() => void this.#write(serverId, known), WRITE_DELAY);
  }

  async #write(serverId: string, known: Known): Promise<void> {
    clearTimeout(known.writing);
    known.writing = undefined;
    try {
      await this.#folder.write(serverId, known.origin, known.facts);
    } catch (error) {
      this.#log(`What a server told could not be stored: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** `storage`: folder for what servers told. */
export function openServerKnowledge(storage: string, log: (line: string) => void): ServerKnowledge {
  return new ServerKnowledge(new FactsFolder(storage), log);
}

/** The same again is not news: nothing need be drawn or written. Only what differs is looked into. */
function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!isJsonObject(before) || !isJsonObject(after)) return JSON.stringify(before) === JSON.stringify(after);
  const keys = Object.keys(after);
  return keys.length === Object.keys(before).length && keys.every((key) => isSame(before[key], after[key]));
}
