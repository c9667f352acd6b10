import { lazyTransport } from '../../src/core/http/lazyTransport.ts';
import type { LogLine } from '../../src/core/http/logLine.ts';
import type { ProxySettings } from '../../src/core/http/proxy.ts';
import type { Timeouts } from '../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../src/core/http/undiciTransport.ts';
import { PowerSchoolClient } from '../../src/core/powerschool/client.ts';
import type { Clock } from '../../src/core/http/clock.ts';
import type {
  AccessToken,
  Credentials,
  NetworkOptions,
  SecretStore,
  Server,
} from '../../src/core/powerschool/server.ts';
import type { ApiRequest } from '../../src/core/powerschool/client.ts';
import { answer } from './faults.ts';
import { startFaultServer, type FaultServer, type Play } from './faultServer.ts';

/** For a server that stalls for ever, so that its test ends soon; a machine with other work makes others look so too. */
export const SHORT: Timeouts = { connect: 400, headers: 300, idleBody: 300 };

/** Milliseconds that nothing but a stall takes, however busy the machine. */
export const PATIENT: Timeouts = { connect: 30_000, headers: 30_000, idleBody: 30_000 };

export const CREDENTIALS: Credentials = { clientId: 'fernhill-client', clientSecret: 'fernhill-secret-0815' };

/** Secrets in memory, for one server. */
export class TestSecrets implements SecretStore {
  kept: Credentials | undefined;
  keptToken: AccessToken | undefined;

  constructor(credentials: Credentials | undefined = CREDENTIALS, token?: AccessToken) {
    this.kept = credentials;
    this.keptToken = token;
  }

  credentials(): Promise<Credentials | undefined> {
    return Promise.resolve(this.kept);
  }

  token(): Promise<AccessToken | undefined> {
    return Promise.resolve(this.keptToken);
  }

  storeToken(_server: Server, token: AccessToken | undefined): Promise<void> {
    this.keptToken = token;
    return Promise.resolve();
  }
}

/** A clock whose waits end at once; it remembers how long they would have been. */
export class TestClock implements Clock {
  time = Date.UTC(2026, 8, 1);
  readonly waits: number[] = [];

  now(): number {
    return this.time;
  }

  wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }
}

export interface TestClientOptions {
  readonly origin: string;
  readonly secrets?: TestSecrets;
  readonly network?: NetworkOptions;
  readonly proxy?: ProxySettings;
  readonly clock?: Clock;
  readonly concurrency?: number;
  readonly timeouts?: Timeouts;
  readonly log?: (line: LogLine) => void;
}

/** A client with real sockets that waits for nothing between retries and knows nothing of the machine's environment. */
export function testClient(options: TestClientOptions): PowerSchoolClient {
  const { origin, network, proxy, secrets = new TestSecrets(), clock = new TestClock(), timeouts = PATIENT } = options;
  const server: Server = { id: 'test', name: 'Fernhill', origin, kind: 'test', network };
  const trust = { ca: network?.ca, pinnedCertificate: network?.pinnedCertificate, systemCertificates: false };
  return new PowerSchoolClient({
    server,
    secrets,
    clock,
    timeouts,
    random: () => 0.5,
    log: options.log,
    concurrency: options.concurrency,
    transport: lazyTransport(() =>
      createUndiciTransport({ origin, trust, proxy: { ...proxy, server: network?.proxy ?? proxy?.server } }),
    ),
  });
}

/** The token that `withServer` hands out. */
export const TOKEN = 'token-0815-4711';
const SIGN_IN = JSON.stringify({ access_token: TOKEN, expires_in: 3600 });

/** Signs everybody in and plays the rest; the numbers count only the rest. */
function signingIn(play: Play): Play {
  let number = 0;
  return (socket, request) => {
    if (request.path === '/oauth/access_token') answer(socket, { body: SIGN_IN });
    else play(socket, request, ++number);
  };
}

/** A server that signs everybody in and plays the rest, and a client of it; both are closed after `work`. */
export async function withServer(
  play: Play,
  options: Partial<TestClientOptions>,
  work: (client: PowerSchoolClient, server: FaultServer) => Promise<void>,
): Promise<void> {
  const server = await startFaultServer(signingIn(play));
  const client = testClient({ origin: server.origin, ...options });
  try {
    await work(client, server);
  } finally {
    await client.close();
    await server.stop();
  }
}

/** What was asked for, sign-ins left out. */
export function paths(server: FaultServer): string[] {
  return server.requests.map((request) => request.path).filter((path) => path !== '/oauth/access_token');
}

/** Sends, drops the body and gives the status. */
export async function send(client: PowerSchoolClient, request: Partial<ApiRequest> = {}): Promise<number> {
  const response = await client.send({ method: 'GET', target: '/ws/v1/school', ...request });
  await response.dispose();
  return response.status;
}
