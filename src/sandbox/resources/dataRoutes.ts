import { jsonAnswer, type Answer } from '../server/answer.ts';
import { idParameter, jsonBody, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';

/** What changed since a version, rules of fields, and what is wrong with a plugin. */
export const DATA_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/ws/dataversion/{applicationName}/{dataVersion}',
    access: 'token',
    handler: answerChanges,
  },
  { method: 'POST', path: '/ws/datavalidation/rules', access: 'token', handler: answerRules },
  { method: 'GET', path: '/ws/schema/plugin/{id}/validate', access: 'token', handler: answerValidation },
];

/**
 * Ids of the rows that calls wrote after a version. Every application name has a subscription to every table; version 0
 * also names the people with accounts, which are there from the start.
 */
function answerChanges(call: Call): Answer {
  const text = call.parameters['dataVersion'] ?? '';
  if (!/^\d{1,15}$/.test(text)) throw new Refusal(400, 'The data version must be a number of 0 or more');
  const { changes, district } = call.sandbox;
  const tables: Record<string, number[]> = {};
  if (Number(text) < 1) {
    for (const [name, key] of [
      ['users', 'dcid'],
      ['userscorefields', 'usersdcid'],
    ] as const) {
      tables[name] = district.all(`SELECT ${key} AS id FROM ${name}`).map((row) => Number(row['id']));
    }
  }
  for (const [name, ids] of changes.since(Number(text))) {
    tables[name] = [...new Set([...(tables[name] ?? []), ...ids])];
  }
  return jsonAnswer({ $dataversion: String(changes.version), tables });
}

/** Known keys and their rules; the text of a rule is our choice. */
function answerRules(call: Call): Answer {
  const body = jsonBody(call) as { ldvkey?: unknown } | null;
  const key = body?.ldvkey;
  if (typeof key !== 'string' || key === '') throw new Refusal(400, 'The request body must have ldvkey');
  const [tableName = '', columnName = ''] = key.toLowerCase().split('.');
  const table = call.sandbox.district.dictionary.table(tableName);
  const column = table?.columns.find((candidate) => candidate.name === columnName);
  if (column === undefined) return jsonAnswer({ key, rule: '' });
  const rule =
    column.maxLength === undefined ? `type=${column.type}` : `type=${column.type};maxlength=${column.maxLength}`;
  return jsonAnswer({ key, rule });
}

/** Levels and codes are our choice: what this product's lint says of the installed files. */
function answerValidation(call: Call): Answer {
  const id = idParameter(call);
  const plugin = call.sandbox.plugins.find((candidate) => candidate.id === id);
  if (plugin === undefined) throw notFound();
  const levels = new Set(plugin.findings.map(({ level }) => level));
  const maxLevel = ['ERROR', 'WARNING'].find((level) => levels.has(level)) ?? 'NONE';
  return jsonAnswer({ results: plugin.findings, maxLevel });
}
