import type { InstalledPlugin } from './auth/installedPlugin.ts';
import { changeFaults, NO_FAULTS, type FaultSettings } from './control/faultSettings.ts';
import { isDate } from './resources/columnValue.ts';
import { localDate } from './district/schoolYear.ts';
import { startError } from './startError.ts';

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
  /** The built-in plugin first, then the installed ones in their order, each with its own credentials. */
  readonly plugins: readonly InstalledPlugin[];
  /** Ends connections and removes the database. */
  stop(): Promise<void>;
}

/** Options with their defaults, checked. */
export interface CheckedOptions {
  readonly port: number;
  readonly students: number;
  readonly schools: number;
  readonly seed: number;
  readonly today: string;
  readonly faults: FaultSettings;
  readonly plugins: readonly string[];
}

/** Fills in the defaults; throws `PS999` for a value that cannot be. */
export function checkOptions(options: SandboxOptions): CheckedOptions {
  const latency = options.latency === undefined ? {} : { latency: options.latency };
  const faults = changeFaults(NO_FAULTS, { ...options.faults, ...latency });
  if (typeof faults === 'string') throw startError(`a fault cannot be (${faults})`, 'Correct the value');
  const today = options.today ?? localDate(new Date());
  if (!isDate(today)) throw startError(`the date is ${today}`, 'Give a date as YYYY-MM-DD');
  return {
    port: integer('the port', options.port ?? 0, 0, 65_535),
    students: integer('the number of students', options.students ?? 2000, 1, 10_000_000),
    schools: integer('the number of schools', options.schools ?? 3, 3, 500),
    seed: integer('the seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    today,
    faults,
    plugins: options.plugins ?? [],
  };
}

function integer(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw startError(`${name} is ${value}`, `Give a whole number from ${least} to ${most}`);
}
