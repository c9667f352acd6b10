import { ExplainedError } from '../problem/explainedError.ts';
import { asList, asText, isJsonObject } from './jsonValue.ts';

/** One line that `access_request` of plugin.xml lacks. */
export interface FieldGrant {
  readonly table: string;
  readonly field: string;
  readonly access: 'ViewOnly' | 'FullAccess';
}

/** A refusal that `<field>` lines would cure. */
export class MissingGrantsError extends ExplainedError {
  readonly missingGrants: readonly FieldGrant[];

  constructor(error: ExplainedError, missingGrants: readonly FieldGrant[]) {
    super(error.code, error.message, error.mend, { args: error.args, detail: error.detail });
    this.name = 'MissingGrantsError';
    this.missingGrants = missingGrants;
  }

  override reworded(change: (text: string) => string): MissingGrantsError {
    return new MissingGrantsError(super.reworded(change), this.missingGrants);
  }
}

/** `<field table="…" field="…" access="…"/>` as it stands in plugin.xml. */
export function formatFieldGrant(grant: FieldGrant): string {
  return `<field table="${escapeAttribute(grant.table)}" field="${escapeAttribute(grant.field)}" access="${grant.access}"/>`;
}

/**
 * The columns named in a refusal. Tables name them as `{"code":"NoAccess","field":"SchoolID","resource":"Log"}`,
 * PowerQueries as `{"code":"No access to the field","field":"students.lastfirst","resource":"<the query>"}`.
 * Reading needs ViewOnly, anything else FullAccess.
 */
export function readMissingGrants(body: unknown, method: string, powerQuery: boolean): FieldGrant[] {
  const access = powerQuery || method === 'GET' || method === 'HEAD' ? 'ViewOnly' : 'FullAccess';
  const grants = new Map<string, FieldGrant>();
  for (const error of asList(isJsonObject(body) ? body['errors'] : undefined)) {
    if (!isJsonObject(error) || !/no\s*access/i.test(asText(error['code']) ?? '')) continue;
    const name = (asText(error['field']) ?? '').trim();
    const dot = name.lastIndexOf('.');
    const table = dot > 0 ? name.slice(0, dot) : powerQuery ? '' : (asText(error['resource']) ?? '').trim();
    const field = name.slice(dot + 1);
    if (table === '' || field === '') continue;
    grants.set(`${table}.${field}`.toLowerCase(), { table, field, access });
  }
  return [...grants.values()];
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
