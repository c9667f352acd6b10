import { randomUUID } from 'node:crypto';
import { builtInPlugin, type InstalledPlugin } from './auth/installedPlugin.ts';
import { TokenDesk } from './auth/tokenDesk.ts';
import { answerControl, CONTROL_PATH, type CallCounts } from './control/control.ts';
import { Faults } from './control/faults.ts';
import { ChangeLog } from './district/changeLog.ts';
import { createDistrict } from './district/createDistrict.ts';
import { DatabaseFile } from './district/databaseFile.ts';
import type { District } from './district/district.ts';
import { loadTableSources } from './district/loadTableSources.ts';
import { RowStore } from './district/rowStore.ts';
import { schoolYearOf } from './district/schoolYear.ts';
import { createTableSql } from './district/tableBuilder.ts';
import { installPlugin, type Installation } from './plugins/pluginInstaller.ts';
import { createPowerQueryEngine } from './powerquery/powerQueryEngine.ts';
import { PageAnchors } from './query/pageAnchors.ts';
import { checkOptions, type CheckedOptions, type RunningSandbox, type SandboxOptions } from './sandboxOptions.ts';
import type { Sandbox } from './sandboxState.ts';
import type { Answer } from './server/answer.ts';
import { dispatch, type IncomingCall } from './server/dispatcher.ts';
import { HttpServer } from './server/httpServer.ts';
import { Router } from './server/router.ts';
import { ROUTES } from './server/routes.ts';
import { startError } from './startError.ts';

export type { RunningSandbox, SandboxOptions } from './sandboxOptions.ts';

/**
 * Starts a PowerSchool server with an invented district on 127.0.0.1.
 * Rejects with `PS999` when an option, the port or a plugin cannot be; nothing is left behind then.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const checked = checkOptions(options);
  const file = new DatabaseFile();
  let sandbox: Sandbox | undefined;
  const clean = async (): Promise<void> => {
    await sandbox?.powerQueries.close();
    sandbox?.district.close();
    file.remove();
  };
  try {
    sandbox = await createSandbox(file.path, checked);
    const controlKey = randomUUID();
    const { counts } = sandbox;
    const server = new HttpServer(answererOf(sandbox, controlKey), () => counts.connections++);
    await listen(server, checked.port);
    const { clientId, clientSecret } = builtInCredentials(sandbox);
    return {
      url: server.origin,
      clientId,
      clientSecret,
      controlKey,
      plugins: sandbox.plugins,
      async stop() {
        await server.close();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

async function createSandbox(databasePath: string, options: CheckedOptions): Promise<Sandbox> {
  const { seed, students, schools } = options;
  const schoolYear = schoolYearOf(options.today);
  const district = await createDistrict(databasePath, await loadTableSources(), {
    students,
    schools,
    seed,
    schoolYear,
  });
  try {
    const installations = await installPlugins(options.plugins, district);
    const plugins = [builtInPlugin(), ...installations.map(({ plugin }) => plugin)];
    const queries = installations.flatMap((installation) => installation.queries);
    const changes = new ChangeLog();
    const faults = new Faults(seed, Date.now);
    faults.settings = options.faults;
    return {
      district,
      rows: new RowStore(district, changes, Date.now),
      changes,
      powerQueries: createPowerQueryEngine({
        databasePath,
        queries: () => queries,
        dictionary: district.dictionary,
        dataVersion: () => String(changes.version),
        changedSince: (version) => changes.since(version),
      }),
      plugins,
      tokens: new TokenDesk(() => plugins, Date.now),
      faults,
      counts: { connections: 0, calls: 0, tokenRequests: 0 },
      anchors: new PageAnchors(),
      events: new Map(),
      now: Date.now,
      startedAt: Date.now(),
      districtUuid: `00000000-0000-4000-8000-${String(seed).padStart(12, '0').slice(-12)}`,
    };
  } catch (error) {
    district.close();
    throw error;
  }
}

/** One after the other, each into the server as the ones before have left it. */
async function installPlugins(paths: readonly string[], district: District): Promise<readonly Installation[]> {
  const installations: Installation[] = [];
  const installed: InstalledPlugin[] = [builtInPlugin()];
  for (const path of paths) {
    const installation = await installPlugin(path, district.dictionary, installed);
    for (const table of installation.tables) {
      district.execute(createTableSql(table));
      district.dictionary.add(table);
    }
    installations.push(installation);
    installed.push(installation.plugin);
  }
  return installations;
}

async function listen(server: HttpServer, port: number): Promise<void> {
  try {
    await server.listen(port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = code === 'EADDRINUSE' ? `port ${port} is in use` : `port ${port} cannot be used (${message})`;
    throw startError(what, 'Choose another port, or 0 for any free one', { cause: error });
  }
}

function builtInCredentials(sandbox: Sandbox): { clientId: string; clientSecret: string } {
  const credentials = sandbox.plugins[0]?.credentials;
  if (credentials === undefined) throw new Error('The built-in plugin has no credentials');
  return credentials;
}

/** Control calls go past all faults; the others are counted, wait, may fail, and may trickle. */
function answererOf(sandbox: Sandbox, controlKey: string) {
  const router = new Router(ROUTES);
  return async (incoming: IncomingCall, signal: AbortSignal): Promise<Answer> => {
    if (incoming.path === CONTROL_PATH || incoming.path.startsWith(`${CONTROL_PATH}/`)) {
      return answerControl(sandbox, controlKey, incoming);
    }
    count(sandbox.counts, incoming);
    await sandbox.faults.wait(signal);
    const answer = await dispatch(sandbox, router, incoming);
    const { slowBody } = sandbox.faults.settings;
    return slowBody === 0 ? answer : { ...answer, trickle: slowBody };
  };
}

function count(counts: CallCounts, incoming: IncomingCall): void {
  counts.calls++;
  if (incoming.path === '/oauth/access_token') counts.tokenRequests++;
}
