import { builtInPlugin, type InstalledPlugin } from './auth/installedPlugin.ts';
import { TokenDesk } from './auth/tokenDesk.ts';
import { ChangeLog } from './district/changeLog.ts';
import { createDistrict } from './district/createDistrict.ts';
import { DatabaseFile } from './district/databaseFile.ts';
import { loadTableSources } from './district/loadTableSources.ts';
import { RowStore } from './district/rowStore.ts';
import { localDate, schoolYearOf } from './district/schoolYear.ts';
import { createPowerQueryEngine } from './powerquery/powerQueryEngine.ts';
import { PageAnchors } from './query/pageAnchors.ts';
import type { Sandbox } from './sandboxState.ts';
import { dispatch } from './server/dispatcher.ts';
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
  /** The same seed, on the same day, gives the same district. 1 when left out. */
  readonly seed?: number | undefined;
  /** The district's date, `YYYY-MM-DD`; decides the school year. The system's date when left out. */
  readonly today?: string | undefined;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Credentials of the built-in plugin: `/ws/v1` FULL and every column. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ends connections and removes the database. */
  stop(): Promise<void>;
}

/** Starts a PowerSchool server with an invented district on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const seed = options.seed ?? 1;
  const file = new DatabaseFile();
  try {
    const district = await createDistrict(file.path, await loadTableSources(), {
      students: options.students ?? 2000,
      schools: Math.max(3, options.schools ?? 3),
      seed,
      schoolYear: schoolYearOf(options.today ?? localDate(new Date())),
    });
    const builtIn = builtInPlugin();
    const plugins: InstalledPlugin[] = [builtIn];
    const changes = new ChangeLog();
    const powerQueries = createPowerQueryEngine({
      databasePath: file.path,
      queries: () => [],
      dictionary: district.dictionary,
      dataVersion: () => String(changes.version),
    });
    const sandbox: Sandbox = {
      district,
      rows: new RowStore(district, changes, Date.now),
      changes,
      powerQueries,
      plugins,
      tokens: new TokenDesk(() => plugins, Date.now),
      anchors: new PageAnchors(),
      events: new Map(),
      now: Date.now,
      startedAt: Date.now(),
      districtUuid: `00000000-0000-4000-8000-${String(Math.abs(Math.trunc(seed)))
        .padStart(12, '0')
        .slice(-12)}`,
    };
    const router = new Router(ROUTES);
    const server = new HttpServer((incoming) => dispatch(sandbox, router, incoming));
    await server.listen(options.port ?? 0);
    return {
      url: server.origin,
      clientId: builtIn.credentials?.clientId ?? '',
      clientSecret: builtIn.credentials?.clientSecret ?? '',
      async stop() {
        await server.close();
        await powerQueries.close();
        district.close();
        file.remove();
      },
    };
  } catch (error) {
    file.remove();
    throw error;
  }
}
