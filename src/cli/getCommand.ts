import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { apiPath } from './serverOptions.ts';
import { fetchRecords } from './fetchRecords.ts';

/** `get PATH`: one GET, or all pages of a list. */
export async function runGet(args: Arguments, io: CliIo): Promise<number> {
  const target = apiPath(args.one('PATH'));
  return fetchRecords({ method: 'GET', target }, args, io);
}
