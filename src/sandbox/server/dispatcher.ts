import { bearerToken, tokenRefusal } from '../auth/accessToken.ts';
import type { InstalledPlugin, V1AccessLevel } from '../auth/installedPlugin.ts';
import type { Sandbox } from '../sandboxState.ts';
import { acceptsJson } from './accept.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { familyOf } from './family.ts';
import { Refusal, refusalAnswer } from './refusal.ts';
import type { RequiredAccess, Router } from './router.ts';

/** One request, read from the socket. */
export interface IncomingCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  readonly origin: string;
}

/** Token, route, rights, handler: in this order. Never rejects for what the API answers with an error. */
export async function dispatch(sandbox: Sandbox, router: Router, incoming: IncomingCall): Promise<Answer> {
  try {
    const fault = sandbox.faults.instead(incoming.path, new URL(incoming.origin).host);
    return fault ?? (await answer(sandbox, router, incoming));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalAnswer(error, familyOf(incoming.path), acceptsJson(header(incoming, 'accept')));
  }
}

async function answer(sandbox: Sandbox, router: Router, incoming: IncomingCall): Promise<Answer> {
  const match = router.match(incoming.method, incoming.path);
  const found = match !== undefined && match !== 'method' ? match : undefined;
  const anonymous = found?.route.access === 'anonymous';
  const token = bearerToken(header(incoming, 'authorization'));
  const state = token === undefined ? undefined : sandbox.tokens.check(token);
  const caller = state?.kind === 'valid' ? state.plugin : undefined;
  if (!anonymous && caller === undefined) {
    if (state !== undefined && state.kind !== 'valid') return tokenRefusal(state.kind);
    throw new Refusal(401, 'An access token is required', {
      early: true,
      headers: { 'WWW-Authenticate': 'Bearer realm="PowerSchool"' },
    });
  }
  if (caller !== undefined) sandbox.faults.admit(caller.id);
  if (match === 'method') throw new Refusal(405, 'HTTP 405 Method Not Allowed', { early: true });
  if (found === undefined) throw new Refusal(404, 'HTTP 404 Not Found', { early: true });
  requireAccess(found.route.access, caller);
  const call: Call = { ...incoming, sandbox, caller, parameters: found.parameters };
  return found.route.handler(call);
}

/** 401, not 403, for a v1 level that is missing, in a body of its own: a fresh token does not help. */
function requireAccess(access: RequiredAccess, caller: InstalledPlugin | undefined): void {
  const needed = NEEDED_LEVEL[access];
  if (needed === undefined || caller === undefined) return;
  if (RANK[caller.v1Access] < RANK[needed]) {
    throw new Refusal(401, `Plugin is missing required accessLevelV1Api ${needed} permission`);
  }
}

const NEEDED_LEVEL: Readonly<Record<RequiredAccess, V1AccessLevel | undefined>> = {
  anonymous: undefined,
  token: undefined,
  v1Read: 'READ',
  v1Full: 'FULL',
};

const RANK: Readonly<Record<V1AccessLevel, number>> = { NONE: 0, READ: 1, FULL: 2 };

function header(incoming: IncomingCall, name: string): string | undefined {
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : undefined;
}
