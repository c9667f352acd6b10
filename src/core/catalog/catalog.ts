import type { CatalogData, EventFacts, IdKind, MetadataKey, OperationData, ResourceData } from './catalogData.ts';
import { nearestOperations, type Suggestion } from './nearest.ts';
import type { Area, OfferedPowerQuery, Operation, Resource } from './operation.ts';
import { NOTHING_SAID, readResource, resolvePowerQueries, type ServerView } from './operationReader.ts';
import { matchTemplate, parseTemplate, specificity, splitPath, type TemplateSegment } from './pathTemplate.ts';

export interface OperationMatch {
  readonly operation: Operation;
  /** Decoded values by parameter name. */
  readonly pathParams: Readonly<Record<string, string>>;
}

/**
 * What the API offers, ready to be asked. Immutable; a server's own view is another Catalog (serverCatalog.ts). Parts
 * are put together when they are first asked for, so that one match costs little.
 */
export class Catalog {
  readonly data: CatalogData;
  readonly #server: ServerView;
  readonly #resources = new Map<string, Resource>();
  #areas: readonly Area[] | undefined;
  #operations: readonly Operation[] | undefined;
  #powerQueries: readonly OfferedPowerQuery[] | undefined;
  #operationData: ReadonlyMap<string, OperationData> | undefined;
  #templates: ReadonlyMap<number, readonly Template[]> | undefined;

  constructor(data: CatalogData, server: ServerView = NOTHING_SAID) {
    this.data = data;
    this.#server = server;
  }

  /** In the order in which they are shown. */
  get areas(): readonly Area[] {
    this.#areas ??= this.data.areas.map(({ id, title, description }) => {
      const own = this.data.resources.filter((resource) => resource.area === id);
      return { id, title, description, resources: own.map((resource) => this.#read(resource)) };
    });
    return this.#areas;
  }

  get resources(): readonly Resource[] {
    return this.areas.flatMap((area) => area.resources);
  }

  get operations(): readonly Operation[] {
    this.#operations ??= this.resources.flatMap((resource) => resource.operations);
    return this.#operations;
  }

  /** Those of the server, then those that ship with PowerSchool and that the server did not name. */
  get powerQueries(): readonly OfferedPowerQuery[] {
    this.#powerQueries ??= resolvePowerQueries(this.data, this.#server);
    return this.#powerQueries;
  }

  /** Release of the server, when it is known. */
  get serverVersion(): string | undefined {
    return this.#server.version;
  }

  get idKinds(): Readonly<Record<string, IdKind>> {
    return this.data.idKinds;
  }

  get metadataKeys(): readonly MetadataKey[] {
    return this.data.metadataKeys;
  }

  get events(): EventFacts {
    return this.data.events;
  }

  operation(id: string): Operation | undefined {
    this.#operationData ??= new Map(this.data.operations.map((operation) => [operation.id, operation]));
    const data = this.#operationData.get(id);
    return data === undefined
      ? undefined
      : this.resource(data.resource)?.operations.find((operation) => operation.id === id);
  }

  powerQuery(name: string): OfferedPowerQuery | undefined {
    return this.powerQueries.find((query) => query.name === name);
  }

  resource(id: string): Resource | undefined {
    const resource = this.data.resources.find((entry) => entry.id === id);
    return resource === undefined ? undefined : this.#read(resource);
  }

  /**
   * The operation behind a request. `target` is a path or a URL; query, end slash and a leading `{{host}}` do not
   * matter, and `{{variables}}` stand for values. Fixed text wins over a parameter.
   */
  match(method: string, target: string): OperationMatch | undefined {
    const wanted = method.toUpperCase();
    const found = this.#fitting(target).find(({ data }) => data.method === wanted);
    const operation = found === undefined ? undefined : this.operation(found.data.id);
    return found === undefined || operation === undefined ? undefined : { operation, pathParams: found.pathParams };
  }

  /** The same for every method: what can be done at this address. The most specific address comes first. */
  matchAll(target: string): OperationMatch[] {
    return this.#fitting(target).flatMap(({ data, pathParams }) => {
      const operation = this.operation(data.id);
      return operation === undefined ? [] : [{ operation, pathParams }];
    });
  }

  /** Up to three operations that somebody may have meant by an address that does not exist, best first. */
  nearest(target: string, method = 'GET'): Suggestion[] {
    return nearestOperations(this, target, method);
  }

  #fitting(target: string): { data: OperationData; pathParams: Readonly<Record<string, string>> }[] {
    const segments = splitPath(target);
    this.#templates ??= readTemplates(this.data.operations);
    return (this.#templates.get(segments.length) ?? []).flatMap(({ template, data }) => {
      const pathParams = matchTemplate(template, segments);
      return pathParams === undefined ? [] : [{ data, pathParams }];
    });
  }

  #read(data: ResourceData): Resource {
    let resource = this.#resources.get(data.id);
    if (resource === undefined) {
      resource = readResource(this.data, data, this.#server);
      this.#resources.set(data.id, resource);
    }
    return resource;
  }
}

interface Template {
  readonly template: readonly TemplateSegment[];
  readonly data: OperationData;
}

/** By number of segments, the most specific first. */
function readTemplates(operations: readonly OperationData[]): ReadonlyMap<number, readonly Template[]> {
  const all = operations.map((data) => ({ template: parseTemplate(data.path), data }));
  all.sort((a, b) => specificity(b.template) - specificity(a.template));
  return Map.groupBy(all, ({ template }) => template.length);
}
