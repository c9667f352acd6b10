import { keyOf, textOf } from '../district/cell.ts';
import type { District, Row } from '../district/district.ts';
import type { StudentRelations } from './studentElement.ts';

/** What the asked expansions need from other tables, read once for all rows of a page. */
export function studentRelations(
  district: District,
  _rows: readonly Row[],
  asked: ReadonlySet<string>,
): StudentRelations {
  const schools = new Map<number, number>();
  const fte = new Map<number, string | undefined>();
  if (asked.has('school_enrollment')) {
    for (const row of district.all('SELECT dcid, school_number FROM schools')) {
      schools.set(keyOf(row, 'school_number'), keyOf(row, 'dcid'));
    }
    for (const row of district.all('SELECT id, name FROM fte')) fte.set(keyOf(row, 'id'), textOf(row, 'name'));
  }
  return {
    schoolId: (schoolNumber) => schools.get(schoolNumber),
    fullTimeEquivalency: (id) => fte.get(id),
    races: () => [],
    email: () => undefined,
    fees: () => [],
    counselors: () => [],
  };
}
