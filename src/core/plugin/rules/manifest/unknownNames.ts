import type { FieldRequest, Manifest } from '../../manifest/manifest.ts';
import type { NameChecker, UnknownName } from '../tableNames.ts';

/** Fields whose table or name is not known, in the order of the file; none without known tables. */
export function unknownNames(
  { fields }: Manifest,
  names: NameChecker | undefined,
): readonly (readonly [FieldRequest, UnknownName])[] {
  const unknown: (readonly [FieldRequest, UnknownName])[] = [];
  if (names === undefined) return unknown;
  for (const request of fields) {
    const check = names.check(request.table, request.field);
    if (check.kind !== 'known') unknown.push([request, check]);
  }
  return unknown;
}
