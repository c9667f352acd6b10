import type { AccessToken, Credentials, Server } from '../../core/powerschool/server.ts';
import { ExplainedError } from '../../core/problem/explainedError.ts';
import { MemorySecretStore } from '../adapters/memorySecrets.ts';
import type { DraftField, DraftRefusal } from './serverDraft.ts';
import type { ServerClients } from './serverClients.ts';
import { examineServer, vitalFailure, type ServerFindings } from './serverFindings.ts';

/** A sign-in that worked, with nothing saved yet. */
export interface SignedIn {
  readonly kind: 'signedIn';
  readonly server: Server;
  readonly credentials: Credentials;
  readonly token: AccessToken | undefined;
  readonly findings: ServerFindings;
}

export interface SignInAttempt {
  readonly server: Server;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  readonly report?: (step: string) => void;
}

/**
 * Exchanges credentials for a token and checks the server, on a client and secrets of its own: what is saved stays
 * as it is until the user's changes have proved right.
 */
export async function trySigningIn(
  clients: ServerClients,
  { server, credentials, signal, report }: SignInAttempt,
): Promise<SignedIn | { readonly kind: 'refused'; readonly refusal: DraftRefusal }> {
  const secrets = new MemorySecretStore();
  secrets.keep(server, credentials);
  const client = await clients.open(server, secrets);
  try {
    const findings = await examineServer(client, report, signal);
    const failure = vitalFailure(findings);
    if (failure) return { kind: 'refused', refusal: refusalOf(failure.problem) };
    return { kind: 'signedIn', server, credentials, token: await secrets.token(server), findings };
  } catch (error) {
    if (error instanceof ExplainedError) return { kind: 'refused', refusal: refusalOf(error) };
    throw error;
  } finally {
    await client.close();
  }
}

/** Codes other than those of the network (PS900 to PS939) that a right address mends. */
const ADDRESS_CODES = new Set(['PS943', 'PS944', 'PS948', 'PS985']);
/** The server is down for maintenance: everything that was entered may be right. */
const MAINTENANCE = 'PS936';

function refusalOf(problem: ExplainedError): DraftRefusal {
  const { code } = problem;
  const address = (/^PS9[0-3]\d$/.test(code) && code !== MAINTENANCE) || ADDRESS_CODES.has(code);
  const field: DraftField = address ? 'url' : 'clientSecret';
  return { field, problem };
}
