import { mapOutsideVariables } from './variableText.ts';

/** One piece of a path: fixed text, or the name of a parameter. */
export type TemplateSegment = { readonly literal: string } | { readonly param: string };

/** Reads `/ws/v1/student/{id}`. An end slash is not kept: addresses work with and without. */
export function parseTemplate(path: string): readonly TemplateSegment[] {
  return splitPath(path).map((segment) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    return name === undefined ? { literal: segment } : { param: name };
  });
}

/**
 * The segments of a path without query, fragment, origin and end slash; a slash inside `{{…}}` divides nothing.
 * Segments stay as they are written (percent signs included).
 */
export function splitPath(target: string): string[] {
  const segments: string[] = [];
  let current = '';
  let depth = 0;
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/^\{\{[^{}]*\}\}(?=\/)/, '');
  for (let i = 0; i < path.length; i++) {
    if (path.startsWith('{{', i)) depth++;
    else if (depth > 0 && path.startsWith('}}', i)) depth--;
    const character = path.charAt(i);
    if (depth === 0 && (character === '?' || character === '#')) break;
    if (depth === 0 && character === '/') {
      segments.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  segments.push(current);
  if (segments[0] === '') segments.shift();
  while (segments.length > 0 && segments.at(-1) === '') segments.pop();
  return segments;
}

/**
 * Parameter values, decoded, when the segments fit the template. Table names count in any case: the server
 * takes `StoredGrades` for `storedgrades`.
 */
export function matchTemplate(
  template: readonly TemplateSegment[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, piece] of template.entries()) {
    const segment = segments[index] ?? '';
    if ('param' in piece) {
      if (segment === '') return undefined;
      values[piece.param] = decodeSegment(segment);
    } else if (piece.literal !== segment && !(isTableName(template, index) && sameName(piece.literal, segment))) {
      return undefined;
    }
  }
  return values;
}

/** How many segments are fixed, the first ones weighing most: the more specific template wins. */
export function specificity(template: readonly TemplateSegment[]): number {
  return template.reduce((sum, piece) => sum * 2 + ('literal' in piece ? 1 : 0), 0);
}

/** `/ws/v1/student/{id}` with values put in, percent-encoded; a `{{variable}}` stays, an absent value stays `{id}`. */
export function fillTemplate(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined || value === '' ? whole : encodeSegment(value);
  });
}

function encodeSegment(value: string): string {
  // Commas stand in lists of ids (grade scales) and are plain characters of a path segment.
  return mapOutsideVariables(value, (text) => encodeURIComponent(text.toWellFormed()).replaceAll('%2C', ','));
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isTableName(template: readonly TemplateSegment[], index: number): boolean {
  const before = template[index - 1];
  return index === 3 && before !== undefined && 'literal' in before && before.literal === 'table';
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
