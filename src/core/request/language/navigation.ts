import type { TextEdit, TextRange } from '../../text/textRange.ts';
import type { Span } from '../requestFile.ts';
import { isVariableName } from '../variableLine.ts';
import type { FileIndex } from './fileIndex.ts';

/** Where something is defined: in this file, or as a name in another one. */
export type Definition =
  | { readonly kind: 'here'; readonly range: TextRange }
  /** `name` is a key of `environment` in the file at `path`. */
  | { readonly kind: 'environment'; readonly path: string; readonly environment: string; readonly name: string }
  /** `path` counts from the folder of the request file. */
  | { readonly kind: 'file'; readonly path: string };

/** A name that can be looked up: a variable, or a named request. */
interface Named {
  readonly kind: 'variable' | 'request';
  readonly name: string;
  /** The name itself where the cursor is. */
  readonly range: TextRange;
}

export function definitionAt(index: FileIndex, offset: number): Definition[] {
  const include = index
    .blockAt(offset)
    ?.request?.body?.lines.find((line) => line.kind === 'include' && contains(line.path.range, offset));
  if (include?.kind === 'include' && !include.path.text.includes('{{'))
    return [{ kind: 'file', path: include.path.text }];
  const named = namedAt(index, offset);
  if (named === undefined) return [];
  if (named.kind === 'request') {
    const request = index.namedBefore(named.name, offset);
    return request?.name === undefined ? [] : [{ kind: 'here', range: request.name.range }];
  }
  const definition = index.variables.find(named.name, named.range.start);
  if (definition !== undefined) return [{ kind: 'here', range: definition.name.range }];
  return index.layers
    .filter(({ values }) => values.has(named.name))
    .slice(0, 1)
    .map(({ file, environment }) => ({ kind: 'environment', path: file.path, environment, name: named.name }));
}

/** Every place of the name at an offset, its definitions included. */
export function referencesAt(index: FileIndex, offset: number): TextRange[] {
  const named = namedAt(index, offset);
  return named === undefined ? [] : placesOf(index, named);
}

/** The name that can be changed at a place. A name that only an environment file defines cannot. */
export function renameableAt(index: FileIndex, offset: number): Span | undefined {
  const named = namedAt(index, offset);
  if (named === undefined) return undefined;
  const defined = named.kind === 'request' ? index.named(named.name).length > 0 : index.variables.has(named.name);
  return defined ? { text: named.name, range: named.range } : undefined;
}

/** Undefined when there is nothing to change here, or when the new name cannot be one. */
export function renameAt(index: FileIndex, offset: number, newName: string): TextEdit[] | undefined {
  const named = namedAt(index, offset);
  if (named === undefined || renameableAt(index, offset) === undefined) return undefined;
  const allowed = named.kind === 'request' ? /^[A-Za-z_]\w*$/.test(newName) : isVariableName(newName);
  return allowed ? placesOf(index, named).map((range) => ({ range, text: newName })) : undefined;
}

function namedAt(index: FileIndex, offset: number): Named | undefined {
  const use = index.useAt(offset);
  if (use?.expression.kind === 'name') return { kind: 'variable', name: use.expression.name, range: use.inner.range };
  if (use?.expression.kind === 'response') {
    const { start } = use.inner.range;
    return {
      kind: 'request',
      name: use.expression.request,
      range: { start, end: start + use.expression.request.length },
    };
  }
  const variable = index.file.variables.find(({ name }) =>
    contains({ start: name.range.start - 1, end: name.range.end }, offset),
  );
  if (variable !== undefined) return { kind: 'variable', name: variable.name.text, range: variable.name.range };
  const request = index.blockAt(offset)?.request;
  if (request?.name === undefined || !contains(request.name.range, offset)) return undefined;
  return { kind: 'request', name: request.name.text, range: request.name.range };
}

function placesOf(index: FileIndex, named: Named): TextRange[] {
  const places: TextRange[] = [];
  if (named.kind === 'variable') {
    for (const { name } of index.variables.definitions(named.name)) places.push(name.range);
  } else {
    for (const { name } of index.named(named.name)) if (name !== undefined) places.push(name.range);
  }
  for (const { expression, inner } of index.uses()) {
    if (named.kind === 'variable' && expression.kind === 'name' && expression.name === named.name)
      places.push(inner.range);
    if (named.kind === 'request' && expression.kind === 'response' && expression.request === named.name) {
      places.push({ start: inner.range.start, end: inner.range.start + named.name.length });
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

function contains(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
