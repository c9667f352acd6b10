import { randomUUID } from 'node:crypto';
import { builtInPlugin, type InstalledPlugin } from './auth/installedPlugin.ts';
import { TokenDesk } from './auth/tokenDesk.ts';
import { answerControl, CONTROL_PATH, type CallCounts } from './control/control.ts';
import { Faults } from './control/faults.ts';
import { changeFaults, type FaultSettings } from './control/faultSettings.ts';
import { ChangeLog } from './district/changeLog.ts';
import { createDistrict } from './district/createDistrict.ts';
import { DatabaseFile } from './district/databaseFile.ts';
import type { District } from './district/district.ts';
import { loadTableSources } from './district/loadTableSources.ts';
import { RowStore } from './district/rowStore.ts';
import { localDate, schoolYearOf } from './district/schoolYear.ts';
import { createPowerQueryEngine } from './powerquery/powerQueryEngine.ts';
import { PageAnchors } from './query/pageAnchors.ts';
import type { Sandbox } from './sandboxState.ts';
import type { Answer } from './server/answer.ts';
import { dispatch, type IncomingCall } from './server/dispatcher.ts';
import { HttpServer } from './server/httpServer.ts';
import { Router } from './server/router.ts';
import { ROUTES } from './server/routes.ts';

/** How to start; every option has a default. */
export interface SandboxOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number | undefined;
  /** 2,000 when left out. */
  readonly students?: number | undefined;
  /** 3 when left out, and at least 3. */
  readonly schools?: number | undefined;
  /** The same seed, in the same school year, gives the same district. 1 when left out. */
  readonly seed?: number | undefined;
  /** The district's date, `YYYY-MM-DD`; decides the school year. The system's date when left out. */
  readonly today?: string | undefined;
  /** Milliseconds that every call waits; the same as `faults.latency`. */
  readonly latency?: number | undefined;
  /** What goes wrong from the start; the control endpoint changes it later. */
  readonly faults?: Partial<FaultSettings> | undefined;
  /** Paths of plugin.xml files, plugin folders or zips to install. */
  readonly plugins?: readonly string[] | undefined;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Credentials of the built-in plugin: `/ws/v1` FULL and every column. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** For the control endpoint: header `X-Sandbox-Key`. */
  readonly controlKey: string;
  /** The built-in plugin first, then the installed ones in their order. */
  readonly plugins: readonly InstalledPlugin[];
  /** Ends connections and removes the database. */
  stop(): Promise<void>;
}

/** Starts a PowerSchool server with an invented district on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const seed = options.seed ?? 1;
  const file = new DatabaseFile();
  let district: District | undefined;
  let powerQueries: Sandbox['powerQueries'] | undefined;
  const clean = async (): Promise<void> => {
    await powerQueries?.close();
    district?.close();
    file.remove();
  };
  try {
    district = await createDistrict(file.path, await loadTableSources(), {
      students: Math.max(1, options.students ?? 2000),
      schools: Math.max(3, options.schools ?? 3),
      seed,
      schoolYear: schoolYearOf(options.today ?? localDate(new Date())),
    });
    const changes = new ChangeLog();
    powerQueries = createPowerQueryEngine({
      databasePath: file.path,
      queries: () => [],
      dictionary: district.dictionary,
      dataVersion: () => String(changes.version),
      changedSince: (version) => changes.since(version),
    });
    const builtIn = builtInPlugin();
    const plugins: InstalledPlugin[] = [builtIn];
    const sandbox: Sandbox = {
      district,
      rows: new RowStore(district, changes, Date.now),
      changes,
      powerQueries,
      plugins,
      tokens: new TokenDesk(() => plugins, Date.now),
      faults: startFaults(options, seed),
      counts: { connections: 0, calls: 0, tokenRequests: 0 },
      anchors: new PageAnchors(),
      events: new Map(),
      now: Date.now,
      startedAt: Date.now(),
      districtUuid: `00000000-0000-4000-8000-${String(Math.abs(Math.trunc(seed)))
        .padStart(12, '0')
        .slice(-12)}`,
    };
    const controlKey = randomUUID();
    const server = new HttpServer(answererOf(sandbox, controlKey), () => sandbox.counts.connections++);
    await server.listen(options.port ?? 0);
    return {
      url: server.origin,
      clientId: builtIn.credentials?.clientId ?? '',
      clientSecret: builtIn.credentials?.clientSecret ?? '',
      controlKey,
      plugins,
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

function startFaults(options: SandboxOptions, seed: number): Faults {
  const faults = new Faults(seed, Date.now);
  const latency = options.latency === undefined ? {} : { latency: options.latency };
  const settings = changeFaults(faults.settings, { ...options.faults, ...latency });
  if (typeof settings === 'string') throw new Error(settings);
  faults.settings = settings;
  return faults;
}

/** Control calls past all faults; the others are counted, wait, may fail, and may trickle. */
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
