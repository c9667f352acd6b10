import type { Catalog } from './catalog.ts';
import type { Operation } from './operation.ts';
import { matchTemplate, parseTemplate, splitPath, type TemplateSegment } from './pathTemplate.ts';

export interface Suggestion {
  readonly operation: Operation;
  /** Known for addresses that many people try. */
  readonly reason: string | undefined;
}

const ADD_OR_DROP = 0.8;
const OTHER_METHOD = 0.3;
/** Of the worst cost: above it a suggestion would only confuse. */
const FARTHEST = 0.4;

/** The operations whose address is nearest to one that does not exist (or not with this method). */
export function nearestOperations(catalog: Catalog, target: string, method: string): Suggestion[] {
  const segments = splitPath(target);
  const wanted = method.toUpperCase();
  for (const mistake of catalog.data.mistakes) {
    const operation = catalog.operation(mistake.use);
    if (mistake.method === wanted && operation !== undefined && matchTemplate(parseTemplate(mistake.path), segments)) {
      return [{ operation, reason: mistake.reason }];
    }
  }
  const limit = Math.max(segments.length, 2) * FARTHEST;
  return catalog.operations
    .map((operation) => ({
      operation,
      cost: pathCost(parseTemplate(operation.path), segments) + (operation.method === wanted ? 0 : OTHER_METHOD),
    }))
    .filter(({ cost }) => cost <= limit)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 3)
    .map(({ operation }) => ({ operation, reason: undefined }));
}

/** Edit distance over segments; a segment with a slip costs a part of one. */
function pathCost(template: readonly TemplateSegment[], segments: readonly string[]): number {
  let row = segments.map((_, index) => (index + 1) * ADD_OR_DROP);
  row.unshift(0);
  for (const [index, piece] of template.entries()) {
    const next = [(index + 1) * ADD_OR_DROP];
    for (const [at, segment] of segments.entries()) {
      next.push(
        Math.min(
          (row[at] ?? 0) + segmentCost(piece, segment),
          (row[at + 1] ?? 0) + ADD_OR_DROP,
          (next[at] ?? 0) + ADD_OR_DROP,
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function segmentCost(piece: TemplateSegment, segment: string): number {
  if ('param' in piece) return /^\d+$|^\{/.test(segment) ? 0 : 0.5;
  if (piece.literal === segment) return 0;
  const length = Math.max(piece.literal.length, segment.length);
  return length > 60 ? 1 : Math.min(1, (2 * editDistance(piece.literal, segment.toLowerCase())) / length);
}

/** Levenshtein distance. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (a.charCodeAt(i) === b.charCodeAt(j) ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
