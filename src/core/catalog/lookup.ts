import { isJsonObject } from '../powerschool/jsonValue.ts';

/**
 * How to find the record that somebody means by a number or a name. Nothing is sent here: a plan says which requests
 * to try, and each attempt reads its own answer.
 */
export interface LookupPlan {
  /** To be tried in this order; show what all of them find, since a number can be any of several ids. */
  readonly attempts: readonly LookupAttempt[];
  /** More could be tried if the school were known: the API lists these records by school only. */
  readonly wantsSchool: boolean;
}

export interface LookupAttempt {
  /** What is tried, such as `Student number 700412`. */
  readonly title: string;
  /** Which id was compared, for `Candidate.foundBy`. */
  readonly by: string;
  /** A GET. */
  readonly target: string;
  /** The answer comes in pages, and `read` picks from each of them. */
  readonly allPages: boolean;
  /** A list that says what ids in the records stand for, in pages too; the search goes on without it. */
  readonly beside?: { readonly target: string; readonly root: string };
  /**
   * A missing right or record is no failure of the search: other attempts go on. `named`: records of `beside` by id.
   */
  read(body: unknown, named?: ReadonlyMap<string, Json>): Candidate[];
}

/** A record that was found. */
export interface Candidate {
  /** What goes into the path. */
  readonly value: string;
  /** `Quill, Nora` */
  readonly title: string;
  /** All ids that are known, each with its name, so that nobody mixes them up. */
  readonly ids: readonly NamedId[];
  /** Further facts, such as grade and school. */
  readonly detail: string;
  readonly foundBy: string;
}

export interface NamedId {
  readonly label: string;
  readonly value: string;
  /** The one that goes into the path. */
  readonly inPath: boolean;
}

/** `Student number 700412 · DCID 4101` */
export function describeIds(candidate: Candidate): string {
  return candidate.ids.map(({ label, value }) => `${label} ${value}`).join(' · ');
}

/** Candidates of several attempts, each record once; what was learned about it from each attempt is kept. */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  const merged = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const before = merged.get(candidate.value);
    if (before === undefined) {
      merged.set(candidate.value, candidate);
      continue;
    }
    const more = candidate.ids.filter(({ label }) => !before.ids.some((id) => id.label === label));
    const foundBy = before.foundBy.includes(candidate.foundBy)
      ? before.foundBy
      : `${before.foundBy}, ${candidate.foundBy}`;
    merged.set(candidate.value, {
      ...before,
      ids: [...before.ids, ...more],
      detail: before.detail || candidate.detail,
      foundBy,
    });
  }
  return [...merged.values()];
}

export type Json = Record<string, unknown>;

/** Records under a dotted path: one object counts as one record, a missing key or an empty text as none. */
export function recordsUnder(body: unknown, root: string): Json[] {
  let value = body;
  for (const key of root.split('.')) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

/** Rows of a table answer; a single row by id comes without `record`. Values are text, keys lower case. */
export function tableRows(body: unknown, table: string): Json[] {
  const records = isJsonObject(body) && 'tables' in body ? [body] : recordsUnder(body, 'record');
  return records.flatMap((record) => recordsUnder(record, `tables.${table}`));
}

/** Text of a value at a dotted path; numbers count as text, anything else is empty. */
export function textAt(record: Json, path: string): string {
  let value: unknown = record;
  for (const key of path.split('.')) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Ids that have a value; the first one is what the path wants. */
export function namedIds(entries: readonly (readonly [label: string, value: string])[], inPath: string): NamedId[] {
  return entries
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({ label, value, inPath: label === inPath }));
}

/** `a · b` without the empty ones. */
export function joinFacts(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** Text for a filter value: marks that mean something in a filter or a variable are taken out. */
export function filterText(text: string): string {
  return text
    .replace(/[;,()*{}\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
