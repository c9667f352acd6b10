import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { translateOracle } from '../../../src/sandbox/powerquery/oracleTranslation.ts';
import { registerOracleFunctions } from '../../../src/sandbox/powerquery/queryExecution.ts';

/** Tuesday, in the first term of 2026-27. */
export const NOW = Date.UTC(2026, 10, 10, 10, 30);

/** A small school: three students, two of them in courses. */
export function openSchool(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    PRAGMA case_sensitive_like = ON;
    CREATE TABLE students (dcid INTEGER, id INTEGER, first_name TEXT, last_name TEXT, middle_name TEXT, grade_level INTEGER,
      enroll_status INTEGER, schoolid INTEGER, entrydate DATE_TEXT, student_number TEXT);
    INSERT INTO students VALUES (11, 1, 'Nora', 'Quill', NULL, 9, 0, 120, '2026-08-24', '700412');
    INSERT INTO students VALUES (12, 2, 'Ola', 'O''Dell', 'Ann', 10, 0, 120, '2026-08-31', '700413');
    INSERT INTO students VALUES (13, 3, 'Pim', 'Roth', 'Bo', 10, 2, 130, '2026-09-15', '700414');
    CREATE TABLE cc (id INTEGER, studentid INTEGER, course_number TEXT, termid INTEGER, sectionid INTEGER);
    INSERT INTO cc VALUES (1, 1, 'BIO101', 3600, 50), (2, 1, 'ART1', 3601, 51), (3, 2, 'BIO101', 3600, 50);
    CREATE TABLE courses (course_number TEXT, course_name TEXT, credits REAL);
    INSERT INTO courses VALUES ('BIO101', 'Biology', 1), ('ART1', 'Art', 0.5);
    CREATE TABLE schools (school_number INTEGER, name TEXT);
    INSERT INTO schools VALUES (120, 'North'), (130, 'South');`);
  registerOracleFunctions(database, NOW);
  return database;
}

/** Rows of an Oracle SELECT as arrays. Fails when it cannot be translated. */
export function runOracle(
  database: DatabaseSync,
  sql: string,
  binds: Readonly<Record<string, SQLInputValue>> = {},
): SQLOutputValue[][] {
  const translation = translateOracle(sql);
  assert.ok(translation.ok, translation.ok ? '' : `refused: ${translation.construct}`);
  const statement = database.prepare(translation.sql);
  statement.setAllowBareNamedParameters(false);
  statement.setAllowUnknownNamedParameters(true);
  return statement.all(binds).map((row) => Object.values(row));
}

/** The value of one Oracle expression. */
export function evaluate(database: DatabaseSync, expression: string): SQLOutputValue | undefined {
  return runOracle(database, `select ${expression} as x from dual`)[0]?.[0];
}

/** What a SELECT is refused for. */
export function refusalOf(sql: string): string | undefined {
  const translation = translateOracle(sql);
  return translation.ok ? undefined : translation.construct;
}
