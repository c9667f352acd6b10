import type { FieldRequest, Manifest } from '../../manifest/manifest.ts';

/**
 * Fields that were requested before, each with its first request; names count without case. Empty when there are
 * several access requests: joining those comes first.
 *
 * A manifest may have a hundred thousand fields, so they are compared by a number first and by their names only when
 * the number is the same.
 */
export function repeatedFields({
  fields,
  accessRequests,
}: Manifest): readonly (readonly [FieldRequest, FieldRequest])[] {
  if (accessRequests.length > 1) return [];
  const firsts = new Map<number, FieldRequest>();
  /** Names that share their number with another name. */
  const others = new Map<string, FieldRequest>();
  const repeated: (readonly [FieldRequest, FieldRequest])[] = [];
  let table = '';
  let tableNumber = 0;
  for (const request of fields) {
    if (request.table === '' || request.field === '') continue;
    // neighbours mostly have one table
    if (request.table !== table) {
      ({ table } = request);
      tableNumber = nameNumber(table, 5381);
    }
    const number = nameNumber(request.field, tableNumber);
    const first = firsts.get(number);
    if (first === undefined) {
      firsts.set(number, request);
      continue;
    }
    const { key } = request;
    const same = first.key === key ? first : others.get(key);
    if (same === undefined) others.set(key, request);
    else repeated.push([request, same]);
  }
  return repeated;
}

/** The same for names that differ in letter case or in blanks around them only. */
function nameNumber(name: string, seed: number): number {
  let number = seed;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit > 32) number = Math.imul(number ^ (unit > 127 ? 127 : unit | 32), 16777619);
  }
  return number & 0x3fffffff;
}
