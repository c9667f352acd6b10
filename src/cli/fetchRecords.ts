import type { PagingRequest } from '../core/powerschool/pagingPlan.ts';
import type { Arguments } from './arguments.ts';
import type { CliIo } from './cliIo.ts';
import { EnvironmentServers } from './environmentServers.ts';
import { EXIT } from './exitCode.ts';
import { readRecordOptions } from './recordOptions.ts';

/** Fetches what `get` and `query` ask for: one answer as it is, or all pages of a list. */
export async function fetchRecords(request: PagingRequest, args: Arguments, io: CliIo): Promise<number> {
  const options = readRecordOptions(args, io.cwd);
  const { concurrency, timeout } = options;
  const servers = new EnvironmentServers(args, io, { concurrency, timeout });
  try {
    const client = await servers.active();
    const whole = { ...request, signal: io.signal };
    if (options.allPages) {
      const { fetchAll } = await import('./fetchAll.ts');
      await fetchAll(client, whole, options, io);
    } else {
      const { fetchOne } = await import('./fetchOne.ts');
      await fetchOne(client, whole, options, io);
    }
    return EXIT.good;
  } finally {
    await servers.close();
  }
}
