import { l10n } from 'vscode';
import type { Operation, Resource } from '../../core/catalog/operation.ts';
import { recordsUnder, textAt } from '../../core/catalog/lookup.ts';
import { reportedColumns } from '../../core/catalog/serverFacts.ts';
import type { PowerSchoolClient } from '../../core/powerschool/client.ts';
import { bufferedResponse } from '../../core/http/bufferedResponse.ts';
import { explainResponse } from '../../core/powerschool/errorExplanation.ts';
import { decodeTextLoosely, readBody, readJson } from '../../core/powerschool/responseText.ts';
import { parseJson } from '../../core/powerschool/jsonValue.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { LiveNode } from './explorerNode.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';

const MOST_BYTES = 64 << 20;

export interface ServerReadsOptions {
  readonly knowledge: ServerKnowledge;
  readonly clientFor: (server: Server) => Promise<PowerSchoolClient>;
  /** False in a workspace that is not trusted: nothing is sent then. */
  readonly mayAsk: () => boolean;
}

/**
 * What the tree asks a server by itself, each thing once: its tables, the columns of a table, its PowerQueries, and
 * which expansions and extensions a resource has. A failure is kept until somebody tries again.
 */
export class ServerReads {
  readonly #options: ServerReadsOptions;
  readonly #asked = new Map<string, Promise<Error | undefined>>();
  readonly #failures = new Map<string, Error>();
  /** Beginnings of keys whose remembered facts are to be asked for anew. */
  readonly #stale = new Set<string>();

  constructor(options: ServerReadsOptions) {
    this.#options = options;
  }

  /** The server is asked again for what is shown next: all of it, or what one key stands for. */
  askAgain(serverId: string, key = ''): void {
    const start = `${serverId}/${key}`;
    this.#stale.add(start);
    for (const map of [this.#asked, this.#failures]) {
      for (const asked of map.keys()) if (asked.startsWith(start)) map.delete(asked);
    }
  }

  /** Whether there were any. */
  forgetFailures(serverId: string): boolean {
    const failed = [...this.#failures.keys()].filter((key) => key.startsWith(`${serverId}/`));
    for (const key of failed) {
      this.#asked.delete(key);
      this.#failures.delete(key);
    }
    return failed.length > 0;
  }

  /** Why something could not be read, when it was asked for and has failed. */
  failure(server: Server, key: string): Error | undefined {
    return this.#failures.get(`${server.id}/${key}`);
  }

  async tables(server: Server): Promise<Error | undefined> {
    const { tables } = await this.#options.knowledge.facts(server);
    return this.#once(server, 'tables', tables !== undefined, () => this.#get(server, '/ws/schema/table'));
  }

  async columns(server: Server, table: string): Promise<Error | undefined> {
    const known = reportedColumns(await this.#options.knowledge.facts(server), table) !== undefined;
    const path = `/ws/schema/table/${encodeURIComponent(table)}/metadata`;
    return this.#once(server, `tables/${table.toLowerCase()}`, known, () => this.#get(server, path));
  }

  async powerQueries(server: Server): Promise<Error | undefined> {
    const { powerQueries } = await this.#options.knowledge.facts(server);
    return this.#once(server, 'powerQueries', powerQueries !== undefined, () =>
      this.#get(server, '/ws/schema/query/api'),
    );
  }

  /** Expansions and extensions, from a list of one record. Nothing is asked where no list tells. */
  async names(server: Server, resource: Resource): Promise<Error | undefined> {
    const { knowledge } = this.#options;
    const list = listThatTells(resource);
    if (list === undefined) return undefined;
    const { expansions, extensions } = await knowledge.facts(server);
    const known = expansions[resource.id] !== undefined || extensions[resource.id] !== undefined;
    return this.#once(server, namesKey(resource), known, async () => {
      const school = list.pathParams.length > 0 ? await this.#firstSchool(server) : '';
      if (school === undefined) return;
      const path = list.path.replace(/\{[^}]*\}/, encodeURIComponent(school));
      await this.#get(server, `${path}?pagesize=1`);
    });
  }

  /** The same without waiting: `done` is called once, when the server was asked by this call and is through. */
  async startNames(server: Server, resource: Resource, done: () => void): Promise<void> {
    const key = `${server.id}/${namesKey(resource)}`;
    if (this.#asked.has(key)) return;
    const asking = this.names(server, resource);
    await asking;
    if (this.#asked.has(key)) done();
  }

  /** One GET whose answer is read, learned from and given back. Throws what a refusal means. */
  async get(server: Server, target: string, signal?: AbortSignal): Promise<unknown> {
    if (!this.#options.mayAsk()) throw new Error(l10n.t('Trust this workspace first: nothing is sent before.'));
    const client = await this.#options.clientFor(server);
    const response = await client.send({ method: 'GET', target, signal });
    const { bytes } = await readBody(response, { limit: MOST_BYTES });
    const text = decodeTextLoosely(bytes, response.headers);
    const problem = explainResponse(response, text.slice(0, 64 << 10));
    const body = problem === undefined ? await readJson(bufferedResponse(response, bytes)) : parseJson(text);
    await this.#options.knowledge.learn(
      server,
      { method: 'GET', target, status: response.status, body },
      { quiet: true },
    );
    if (problem) throw problem;
    return body;
  }

  async #get(server: Server, target: string): Promise<void> {
    await this.get(server, target);
  }

  async #firstSchool(server: Server): Promise<string | undefined> {
    const body = await this.get(server, '/ws/v1/district/school?pagesize=1');
    const [school] = recordsUnder(body, 'schools.school');
    return school === undefined ? undefined : textAt(school, 'id');
  }

  #once(server: Server, key: string, known: boolean, read: () => Promise<void>): Promise<Error | undefined> {
    const full = `${server.id}/${key}`;
    const asked = this.#asked.get(full);
    if (asked) return asked;
    if (known && ![...this.#stale].some((start) => full.startsWith(start))) return Promise.resolve(undefined);
    const asking = this.#ask(server, read).then((problem) => {
      if (problem) this.#failures.set(full, problem);
      return problem;
    });
    this.#asked.set(full, asking);
    return asking;
  }

  async #ask(server: Server, read: () => Promise<void>): Promise<Error | undefined> {
    try {
      await read();
      // The release and the page limits come along: one small answer, once.
      const { version } = await this.#options.knowledge.facts(server);
      if (version === undefined)
        await this.#once(server, 'metadata', false, () => this.#get(server, '/ws/v1/metadata'));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** Key of what is asked for a row, for `retry`. */
export function readKey(node: LiveNode): string {
  switch (node.kind) {
    case 'tables':
    case 'powerQueries':
      return node.kind;
    case 'table':
      return `tables/${node.table.name.toLowerCase()}`;
    case 'group':
      return namesKey(node.parent.resource);
  }
}

function namesKey(resource: Resource): string {
  return `names/${resource.id}`;
}

/** The list whose answer names the expansions and extensions: of the district, else of one school. */
export function listThatTells(resource: Resource): Operation | undefined {
  const lists = resource.operations.filter(
    ({ kind, method, paged, expansions, extensionsSupported }) =>
      kind === 'list' && method === 'GET' && paged && (expansions.length > 0 || extensionsSupported),
  );
  return (
    lists.find(({ pathParams }) => pathParams.length === 0) ??
    lists.find(({ pathParams }) => pathParams.length === 1 && pathParams[0]?.kind === 'school')
  );
}
