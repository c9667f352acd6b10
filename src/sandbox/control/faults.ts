import { setTimeout as delay } from 'node:timers/promises';
import { Chance } from '../district/chance.ts';
import type { Answer } from '../server/answer.ts';
import { ConnectionReset, Refusal } from '../server/refusal.ts';
import { NO_FAULTS, type FaultSettings } from './faultSettings.ts';

/** Carries out the faults that are set. */
export class Faults {
  settings: FaultSettings = NO_FAULTS;
  readonly #chance: Chance;
  readonly #now: () => number;
  /** When each plugin was last let in. */
  readonly #lastCall = new Map<number, number>();

  constructor(seed: number, now: () => number) {
    this.#chance = new Chance(seed + 99);
    this.#now = now;
  }

  /** Waits for the latency; rejects with the signal's reason when the caller went away. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.settings.latency > 0) await delay(this.settings.latency, undefined, { signal });
  }

  /** The answer that is given instead of the right one, if any. Throws for a refusal and for a connection that breaks. */
  instead(path: string, host: string): Answer | undefined {
    if (this.settings.maintenance === 'redirect') {
      return {
        status: 302,
        headers: { Location: `https://message.powerschool.com/?server=${encodeURIComponent(host)}` },
        body: { kind: 'none' },
      };
    }
    if (this.settings.maintenance === 'page') {
      return { status: 200, body: { kind: 'text', type: 'text/html;charset=UTF-8', text: MAINTENANCE_PAGE } };
    }
    if (!path.startsWith('/ws')) return undefined;
    if (this.#happens(this.settings.errorRate)) throw new Refusal(500, 'Internal Server Error');
    if (this.#happens(this.settings.busyRate)) {
      throw new Refusal(503, 'Service Unavailable', { headers: { 'Retry-After': '120' } });
    }
    if (this.#happens(this.settings.resetRate)) throw new ConnectionReset();
    return undefined;
  }

  #happens(share: number): boolean {
    return share > 0 && this.#chance.fraction() < share;
  }

  /** 429 when the plugin calls again too early. */
  admit(plugin: number): void {
    const interval = this.settings.minimumInterval;
    if (interval === 0) return;
    const now = this.#now();
    const last = this.#lastCall.get(plugin);
    if (last !== undefined && now - last < interval) {
      const seconds = Math.max(1, Math.ceil((last + interval - now) / 1000));
      throw new Refusal(429, `Too many requests. Wait ${seconds} second(s) before the next request`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
    this.#lastCall.set(plugin, now);
  }
}

const MAINTENANCE_PAGE = `<!DOCTYPE html>
<html lang="en"><head><title>PowerSchool is unavailable</title></head>
<body><h1>PowerSchool is temporarily unavailable</h1><p>The server is down for maintenance.</p></body></html>
`;
