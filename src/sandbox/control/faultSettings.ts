/** What goes wrong on purpose. Every value can be changed while the sandbox runs. */
export interface FaultSettings {
  /** Milliseconds that every call waits before it is looked at. */
  readonly latency: number;
  /** Share of calls, 0 to 1, that fail with status 500. Token requests are spared. */
  readonly errorRate: number;
  /** Share of calls, 0 to 1, that a server too busy answers with 503 and `Retry-After: 120`. Token requests are spared. */
  readonly busyRate: number;
  /** Share of calls, 0 to 1, whose connection is reset before the answer. Token requests are spared. */
  readonly resetRate: number;
  /**
   * `redirect`: 302 to the maintenance page of PowerSchool, as a real server does;
   * `page`: what a client sees that followed: an HTML page with status 200; `off`.
   */
  readonly maintenance: 'off' | 'redirect' | 'page';
  /** Milliseconds over which the body of an answer trickles in; 0 sends it at once. */
  readonly slowBody: number;
  /** "Minimum time interval (ms) between API requests per plugin": an earlier call is refused; 0 is off. */
  readonly minimumInterval: number;
}

export const NO_FAULTS: FaultSettings = {
  latency: 0,
  errorRate: 0,
  busyRate: 0,
  resetRate: 0,
  maintenance: 'off',
  slowBody: 0,
  minimumInterval: 0,
};

const LONGEST = 600_000;

/** The settings with the given changes, or a sentence that says what is wrong with them. */
export function changeFaults(settings: FaultSettings, changes: unknown): FaultSettings | string {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return 'Faults must be an object';
  const changed: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(changes)) {
    switch (name) {
      case 'latency':
      case 'slowBody':
      case 'minimumInterval':
        if (typeof value !== 'number' || !(value >= 0 && value <= LONGEST)) {
          return `${name} must be milliseconds from 0 to ${LONGEST}`;
        }
        break;
      case 'errorRate':
      case 'busyRate':
      case 'resetRate':
        if (typeof value !== 'number' || !(value >= 0 && value <= 1)) return `${name} must be a number from 0 to 1`;
        break;
      case 'maintenance':
        if (value !== 'off' && value !== 'redirect' && value !== 'page') {
          return 'maintenance must be off, redirect or page';
        }
        break;
      default:
        return `There is no fault ${name}`;
    }
    changed[name] = value;
  }
  return changed as unknown as FaultSettings;
}
