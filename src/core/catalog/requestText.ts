import type { Catalog } from './catalog.ts';
import { compose } from './compose.ts';
import type { Selection } from './selection.ts';

export interface RequestTextOptions {
  /** `# @name` of the request; the id of the operation when left out. Made unique among `taken`. */
  readonly name?: string;
  readonly taken?: Iterable<string>;
  /** `###` title; the summary of the operation when left out. */
  readonly title?: string;
  /** How a path parameter without a value is written: asked for at each run (the default), or as a variable. */
  readonly missing?: 'prompt' | 'variable';
  /** End of lines; `\n` when left out. */
  readonly eol?: '\n' | '\r\n';
}

/** Longer targets are broken into one line for each query parameter. */
const LONGEST_LINE = 100;

/** A request as text for a `.ps.http` file, with a line end at its end; undefined for an unknown operation. */
export function toRequestText(
  catalog: Catalog,
  selection: Selection,
  options: RequestTextOptions = {},
): string | undefined {
  const filled = { ...selection, pathParams: withPlaceholders(catalog, selection, options.missing ?? 'prompt') };
  const request = compose(catalog, filled);
  if (request === undefined) return undefined;
  const name = uniqueName(options.name ?? request.operation.id, options.taken ?? []);
  const title = (options.title ?? request.operation.summary).replace(/\s+/g, ' ').trim();
  const lines = [
    `### ${title}`,
    `# @name ${name}`,
    ...targetLines(request.method, request.target),
    ...request.headers.map(([header, value]) => `${header}: ${value}`),
  ];
  if (request.body !== undefined) lines.push('', ...request.body.split(/\r?\n/));
  return `${lines.join(options.eol ?? '\n')}${options.eol ?? '\n'}`;
}

/** Letters, digits and `_`, not beginning with a digit, and not one of `taken`. */
export function uniqueName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const base = wanted.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)|^$/, '_');
  let name = base;
  for (let number = 2; names.has(name); number++) name = `${base}${number}`;
  return name;
}

function withPlaceholders(
  catalog: Catalog,
  selection: Selection,
  missing: 'prompt' | 'variable',
): Record<string, string> {
  const values = { ...selection.pathParams };
  for (const { name, kind, is } of catalog.operation(selection.operation)?.pathParams ?? []) {
    if ((values[name] ?? '') === '') values[name] = missing === 'prompt' ? `{{$prompt ${is.title}}}` : `{{${kind}}}`;
  }
  return values;
}

/** The request line; a long query gets a line for each parameter. */
export function targetLines(method: string, target: string): string[] {
  const line = `${method} ${target}`;
  const question = target.indexOf('?');
  if (line.length <= LONGEST_LINE || question < 0) return [line];
  const pairs = target.slice(question + 1).split(/&(?![^{]*\}\})/);
  return [
    `${method} ${target.slice(0, question)}`,
    ...pairs.map((pair, index) => `  ${index === 0 ? '?' : '&'}${pair}`),
  ];
}
