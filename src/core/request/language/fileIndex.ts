import type { Catalog } from '../../catalog/catalog.ts';
import type { DocOptions } from '../../catalog/docs.ts';
import { ENGLISH } from '../../problem/phrase.ts';
import { directiveValue } from '../directiveValues.ts';
import { environmentLayers, type EnvironmentLayer } from '../environment.ts';
import { FileVariables } from '../fileVariables.ts';
import type { Block, RequestEntry, RequestFile } from '../requestFile.ts';
import { type VariableExpression, type VariableUse, findVariableUses, readExpression } from '../variableUse.ts';
import { readAddress, type Address } from './address.ts';
import type { RequestLanguageContext } from './languageContext.ts';
import type { OperationFinder } from './operationFinder.ts';

/** A `{{…}}` that is replaced before a request is sent. */
export interface PlacedUse extends VariableUse {
  readonly expression: VariableExpression;
  /** The request it belongs to; undefined in a file variable outside requests. */
  readonly request: RequestEntry | undefined;
}

/** Finds operations of a catalog; one finder for each. */
export type FinderOf = (catalog: Catalog | undefined) => OperationFinder | undefined;

/** What the services of the language look up in one file again and again. */
export class FileIndex {
  readonly file: RequestFile;
  readonly context: RequestLanguageContext;
  /** Undefined without a catalog. */
  readonly operations: OperationFinder | undefined;
  readonly variables: FileVariables;
  readonly layers: readonly EnvironmentLayer[];
  /** `{{` without an end on its line. */
  readonly unclosed: readonly number[];
  readonly #finderOf: FinderOf;
  readonly #others = new Map<string, FileIndex>();
  readonly #named = new Map<string, RequestEntry[]>();
  readonly #addresses = new Map<RequestEntry, Address>();
  readonly #rawUses: readonly VariableUse[];
  #uses: readonly PlacedUse[] | undefined;
  #environmentUses: ReadonlyMap<RequestEntry | undefined, readonly PlacedUse[]> | undefined;

  constructor(file: RequestFile, context: RequestLanguageContext, finderOf: FinderOf) {
    this.file = file;
    this.context = context;
    this.#finderOf = finderOf;
    this.operations = finderOf(context.catalog);
    this.variables = new FileVariables(file);
    this.layers = environmentLayers(context.environments ?? [], context.environment);
    const unclosed: number[] = [];
    this.#rawUses = findVariableUses(file.text, 0, file.text.length, (offset) => unclosed.push(offset));
    this.unclosed = unclosed;
    for (const request of file.requests) {
      if (request.name === undefined) continue;
      const same = this.#named.get(request.name.text);
      if (same === undefined) this.#named.set(request.name.text, [request]);
      else same.push(request);
    }
  }

  /** For the documentation of the catalog. */
  get docs(): DocOptions {
    const { wording } = this.context;
    return wording === undefined ? {} : { wording };
  }

  /** A sentence in the language of the user. */
  say(template: string, ...args: (string | number)[]): string {
    return (this.context.wording ?? ENGLISH)(template, ...args);
  }

  /** The same file as the server of a request has it: `# @server` may name another one than the active. */
  for(request: RequestEntry | undefined): FileIndex {
    const name = request === undefined ? undefined : directiveValue(request.directives, 'server');
    if (name === undefined || name === this.context.server?.name) return this;
    let other = this.#others.get(name);
    if (other === undefined) {
      const { catalog, tables } = this.context;
      // Of an unknown one nothing is known but what all have in common.
      const place = this.context.others?.get(name) ?? { catalog, tables, server: undefined };
      other = new FileIndex(this.file, { ...this.context, ...place }, this.#finderOf);
      this.#others.set(name, other);
    }
    return other;
  }

  names(): readonly string[] {
    return [...this.#named.keys()];
  }

  named(name: string): readonly RequestEntry[] {
    return this.#named.get(name) ?? [];
  }

  /** The request whose answer `name` means at an offset: the nearest above, else the first below. */
  namedBefore(name: string, offset: number): RequestEntry | undefined {
    const all = this.named(name);
    return all.findLast((request) => request.range.end < offset) ?? all[0];
  }

  blockAt(offset: number): Block | undefined {
    const { blocks } = this.file;
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocks[middle]?.range.start ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return blocks[low - 1];
  }

  address(request: RequestEntry): Address {
    let address = this.#addresses.get(request);
    if (address === undefined) {
      address = readAddress(request.target);
      this.#addresses.set(request, address);
    }
    return address;
  }

  /** Uses that count: not those in comments, in text before a request or in syntax of other tools. */
  uses(): readonly PlacedUse[] {
    this.#uses ??= this.#placeUses();
    return this.#uses;
  }

  /** Where a request takes a value of the environment. */
  environmentUses(request: RequestEntry): readonly PlacedUse[] {
    this.#environmentUses ??= Map.groupBy(
      this.uses().filter(({ expression }) => expression.kind === 'dynamic' && expression.name === '$processEnv'),
      (use) => use.request,
    );
    return this.#environmentUses.get(request) ?? [];
  }

  useAt(offset: number): PlacedUse | undefined {
    return this.uses().find(({ range }) => range.start <= offset && offset <= range.end);
  }

  /** The value of a text as far as it is known before sending; undefined when a part is not. */
  preview(text: string, offset: number, depth = 0): string | undefined {
    if (!text.includes('{{')) return text;
    if (depth > 20) return undefined;
    let result = '';
    let at = 0;
    for (const { range, inner } of findVariableUses(text)) {
      const expression = readExpression(inner.text);
      if (expression.kind !== 'name') return undefined;
      const value = this.previewName(expression.name, offset + range.start, depth + 1);
      if (value === undefined) return undefined;
      result += text.slice(at, range.start) + value;
      at = range.end;
    }
    return result + text.slice(at);
  }

  previewName(name: string, offset: number, depth = 0): string | undefined {
    const definition = this.variables.find(name, offset);
    if (definition !== undefined) return this.preview(definition.value.text, definition.value.range.start, depth);
    const value = this.layers.find(({ values }) => values.has(name))?.values.get(name);
    return value === undefined ? undefined : this.preview(value, offset, depth);
  }

  /** True when some definition or environment value has this name. */
  isDefined(name: string): boolean {
    return this.variables.has(name) || this.layers.some(({ values }) => values.has(name));
  }

  /** Environments that give a name a value, whichever is chosen. */
  environmentsWith(name: string): string[] {
    const found = (this.context.environments ?? []).flatMap(({ environments }) =>
      [...environments].flatMap(([environment, values]) => (values.has(name) ? [environment] : [])),
    );
    return [...new Set(found)];
  }

  #placeUses(): readonly PlacedUse[] {
    if (this.#rawUses.length === 0) return [];
    const spans: { start: number; end: number; request: RequestEntry | undefined }[] = [];
    for (const { value } of this.file.variables) spans.push({ ...value.range, request: undefined });
    for (const request of this.file.requests) {
      for (const { range } of request.target.pieces) spans.push({ ...range, request });
      for (const { range } of request.headers) spans.push({ ...range, request });
      for (const { value } of request.directives) spans.push({ ...value.range, request });
      for (const { range } of request.body?.lines ?? []) spans.push({ ...range, request });
    }
    spans.sort((a, b) => a.start - b.start);
    const placed: PlacedUse[] = [];
    let at = 0;
    for (const use of this.#rawUses) {
      while (at < spans.length && (spans[at]?.end ?? 0) < use.range.end) at++;
      const span = spans[at];
      if (span === undefined) break;
      if (span.start > use.range.start) continue;
      placed.push({ ...use, expression: readExpression(use.inner.text), request: span.request });
    }
    return placed;
  }
}
