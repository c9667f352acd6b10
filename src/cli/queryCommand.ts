import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { fetchRecords } from './fetchRecords.ts';
import { UsageError } from './usageError.ts';

const QUERIES = '/ws/schema/query/';

/** `query NAME`: runs a PowerQuery. */
export async function runQuery(args: Arguments, io: CliIo): Promise<number> {
  const given = args.one('NAME').replace(/^.*[\\/]ws[\\/]schema[\\/]query[\\/]/, '');
  const [name = '', query] = given.split('?', 2);
  if (!/^[\w.-]+$/.test(name)) {
    throw new UsageError(
      `"${name}" is no name of a PowerQuery; they look like com.pearson.core.student.student_dcid_id_map.`,
    );
  }
  const target = `${QUERIES}${name}${query === undefined ? '' : `?${query}`}`;
  const body = JSON.stringify(queryArguments(args.texts('arg')));
  return fetchRecords({ method: 'POST', target, body, headers: [['Content-Type', 'application/json']] }, args, io);
}

/** `K=V` as text; a JSON array stays one, and a name given twice becomes a list. */
function queryArguments(pairs: readonly string[]): Record<string, unknown> {
  const values = new Map<string, unknown[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--arg is written as NAME=VALUE; "${pair}" is not.`);
    const name = pair.slice(0, at);
    values.set(name, [...(values.get(name) ?? []), argumentValue(pair.slice(at + 1))]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

function argumentValue(text: string): unknown {
  if (!text.startsWith('[')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}
