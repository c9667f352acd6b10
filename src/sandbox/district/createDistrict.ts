import { createDictionary, type TableSource } from './dictionary.ts';
import { District } from './district.ts';
import { fillEmptyTables } from './fillers.ts';
import { planSchools, writeSchools } from './schools.ts';
import type { SchoolYear } from './schoolYear.ts';
import { indexStudents, writeStudents } from './students.ts';
import { createTables, RowWriter } from './tableBuilder.ts';

export interface DistrictPlan {
  readonly students: number;
  readonly schools: number;
  readonly seed: number;
  readonly schoolYear: SchoolYear;
}

/**
 * Makes the database of an invented district at `path`, an empty file.
 * The same plan gives the same rows.
 */
export async function createDistrict(
  path: string,
  sources: readonly TableSource[],
  plan: DistrictPlan,
): Promise<District> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path);
  // While the rows are made nobody else reads and a crash throws the file away: no journal, no waiting for the disk.
  database.exec(
    'PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768',
  );
  const dictionary = createDictionary(sources);
  const schools = planSchools(plan.schools);
  const writer = new RowWriter(database);
  database.exec('BEGIN');
  createTables(database, dictionary);
  writeSchools(writer, schools, plan.schoolYear, plan.seed);
  writeStudents(database, plan.students, schools, plan.schoolYear, plan.seed);
  indexStudents(database);
  fillEmptyTables(database, writer, dictionary, plan.schoolYear);
  database.exec('COMMIT');
  // From here on PowerQueries read over connections of their own.
  database.exec('PRAGMA journal_mode = WAL');
  return new District(database, path, dictionary, plan.schoolYear);
}
