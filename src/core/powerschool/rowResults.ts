import { asList, asText, isJsonObject, type JsonObject } from './jsonValue.ts';

/** One row of a bulk write that was not carried out, or only with a warning. */
export interface RowProblem {
  /** `client_uid` of the row, or its place from 1. */
  readonly row: string;
  readonly status: 'ERROR' | 'WARNING';
  /** "field: description", one after the other. */
  readonly text: string;
}

export interface RowResults {
  readonly rows: number;
  readonly problems: readonly RowProblem[];
}

/**
 * The rows of a write's answer: `{"results":{"result":…}}` of /ws/v1 or `{"result":[…]}` of tables. A bulk write
 * answers 200 even when every row failed. undefined for any other body.
 */
export function readRowResults(body: unknown): RowResults | undefined {
  if (!isJsonObject(body)) return undefined;
  const holder = isJsonObject(body['results']) ? body['results'] : body;
  if (!('result' in holder)) return undefined;
  const rows = asList(holder['result']).filter(isJsonObject);
  const problems = rows.flatMap((row, index): RowProblem[] => {
    const status = asText(row['status'])?.toUpperCase();
    if (status !== 'ERROR' && status !== 'WARNING') return [];
    return [{ row: asText(row['client_uid']) ?? String(index + 1), status, text: describeRow(row) }];
  });
  return { rows: rows.length, problems };
}

function describeRow(row: JsonObject): string {
  const { error_message: errors, warning_message: warnings } = row;
  const entries = [
    ...(isJsonObject(errors) ? asList(errors['error'] ?? errors) : []),
    ...(isJsonObject(warnings) ? asList(warnings['warning'] ?? warnings) : []),
  ];
  return entries
    .filter(isJsonObject)
    .map((entry) => {
      const field = asText(entry['field']);
      const text =
        asText(entry['error_description']) ??
        asText(entry['warning_description']) ??
        asText(entry['error_code']) ??
        asText(entry['warning_code']);
      return [field, text].filter((part) => part !== undefined).join(': ');
    })
    .filter((part) => part !== '')
    .join('; ');
}
