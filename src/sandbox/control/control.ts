import { timingSafeEqual } from 'node:crypto';
import { PAGE_LIMIT_KEYS, type InstalledPlugin, type PageLimits, type V1AccessLevel } from '../auth/installedPlugin.ts';
import type { Sandbox } from '../sandboxState.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import type { IncomingCall } from '../server/dispatcher.ts';
import { changeFaults } from './faultSettings.ts';

/** Paths below which the sandbox itself is spoken to, outside of everything that PowerSchool has. */
export const CONTROL_PATH = '/sandbox/control';

/** Header that carries the control key. */
export const CONTROL_KEY_HEADER = 'x-sandbox-key';

/** What calls have cost since the start, for tests of clients. */
export interface CallCounts {
  connections: number;
  /** Calls of the API, token requests among them. */
  calls: number;
  tokenRequests: number;
}

/**
 * The control endpoint, for tests and demonstrations. Needs the key that was made at the start, in the header
 * `X-Sandbox-Key`; without it the path does not exist.
 *
 * - `GET /sandbox/control`: faults, counts, plugins.
 * - `PATCH /sandbox/control`: changes faults: `{"latency": 200}`.
 * - `POST /sandbox/control/tokens/expire`: every token has expired.
 * - `PATCH /sandbox/control/plugins/{id}`: what an administrator sets: `{"accessLevelV1Api": "READ", "pageLimits": {…}}`.
 * - `POST /sandbox/control/plugins/{id}/regenerate`: new client id and secret.
 */
export function answerControl(sandbox: Sandbox, key: string, incoming: IncomingCall): Answer {
  const given = incoming.headers[CONTROL_KEY_HEADER];
  if (typeof given !== 'string' || !sameText(given, key)) return emptyAnswer(404);
  const rest = incoming.path.slice(CONTROL_PATH.length);
  const action = `${incoming.method} ${rest}`;
  if (action === 'GET ') return jsonAnswer(state(sandbox));
  if (action === 'PATCH ') return answerFaults(sandbox, incoming);
  if (action === 'POST /tokens/expire') {
    sandbox.tokens.expireAll();
    return emptyAnswer(204);
  }
  const [, id = '', verb] = /^\/plugins\/(\d+)(?:\/(\w+))?$/.exec(rest) ?? [];
  const plugin = sandbox.plugins.find((candidate) => String(candidate.id) === id);
  if (plugin === undefined) return emptyAnswer(404);
  if (incoming.method === 'POST' && verb === 'regenerate') return jsonAnswer(sandbox.tokens.regenerate(plugin));
  if (incoming.method === 'PATCH' && verb === undefined) return answerPlugin(plugin, incoming);
  return emptyAnswer(404);
}

function state(sandbox: Sandbox): unknown {
  return {
    faults: sandbox.faults.settings,
    counts: sandbox.counts,
    dataVersion: sandbox.changes.version,
    plugins: sandbox.plugins.map(pluginState),
  };
}

function pluginState(plugin: InstalledPlugin): unknown {
  return {
    id: plugin.id,
    name: plugin.name,
    version: plugin.version,
    accessLevelV1Api: plugin.v1Access,
    pageLimits: plugin.pageLimits,
    ...plugin.credentials,
  };
}

function answerFaults(sandbox: Sandbox, incoming: IncomingCall): Answer {
  const changed = changeFaults(sandbox.faults.settings, parsed(incoming.body));
  if (typeof changed === 'string') return jsonAnswer({ message: changed }, 400);
  sandbox.faults.settings = changed;
  return jsonAnswer(changed);
}

function answerPlugin(plugin: InstalledPlugin, incoming: IncomingCall): Answer {
  const body = parsed(incoming.body) as { accessLevelV1Api?: unknown; pageLimits?: unknown } | undefined;
  const level = body?.accessLevelV1Api;
  if (level !== undefined) {
    if (level !== 'NONE' && level !== 'READ' && level !== 'FULL') {
      return jsonAnswer({ message: 'accessLevelV1Api must be NONE, READ or FULL' }, 400);
    }
    plugin.v1Access = level satisfies V1AccessLevel;
  }
  const limits = changedLimits(plugin.pageLimits, body?.pageLimits ?? {});
  if (limits === undefined)
    return jsonAnswer({ message: 'pageLimits must be numbers of 1 or more by their keys' }, 400);
  plugin.pageLimits = limits;
  return jsonAnswer(pluginState(plugin));
}

function changedLimits(limits: PageLimits, changes: unknown): PageLimits | undefined {
  if (typeof changes !== 'object' || changes === null) return undefined;
  for (const [name, value] of Object.entries(changes)) {
    if (!(PAGE_LIMIT_KEYS as readonly string[]).includes(name)) return undefined;
    if (!Number.isInteger(value) || value < 1) return undefined;
  }
  return { ...limits, ...changes };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
