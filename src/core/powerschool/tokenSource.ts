import { abortReason, untilAborted, type Clock } from '../http/clock.ts';
import type { Log } from '../http/logLine.ts';
import type { Timeouts, Transport } from '../http/transport.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';
import type { AccessToken, Credentials, SecretStore, Server } from './server.ts';
import { readTokenAnswer, tokenRequest } from './tokenRequest.ts';

/** A token is renewed this long (ms) before its end, or in the last tenth of a short life. */
const LONGEST_MARGIN = 60_000;
/** For so long (ms) a refused token or refused credentials are not tried again: each try is logged by the server. */
const REMEMBER_REFUSAL = 10_000;

export interface TokenSourceOptions {
  readonly server: Server;
  readonly transport: Transport;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log?: Log | undefined;
  readonly timeouts?: Timeouts | undefined;
}

interface HeldToken extends AccessToken {
  /** When it came, if this source asked for it. */
  readonly obtainedAt: number | undefined;
}

interface Exchange {
  readonly promise: Promise<HeldToken>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * The token of one server: kept in memory and in the secret store, exchanged once for all who wait, renewed before
 * its end.
 */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #held: HeldToken | undefined;
  /** The token that the server took at least once. */
  #accepted: string | undefined;
  #exchange: Exchange | undefined;
  #refusal: { readonly credentials: Credentials; readonly error: ExplainedError; readonly at: number } | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  /** The token in memory, if any; for guarding against sending it elsewhere. */
  get held(): string | undefined {
    return this.#held?.value;
  }

  /** A token that is good by what is known. Throws PS940 to PS945, network failures, or the signal's reason. */
  async current(signal?: AbortSignal): Promise<string> {
    if (this.#held !== undefined && this.#isFresh(this.#held)) return this.#held.value;
    return (await this.#shared(undefined, signal)).value;
  }

  /** The server took this token: a later refusal means that it ended, however young it is. */
  accepted(token: string): void {
    this.#accepted = token;
  }

  /**
   * Another token, after the server refused `rejected`. One exchange serves all who come with the same token. The
   * result is `rejected` itself when the server insists on it.
   */
  async renewed(rejected: string, signal?: AbortSignal): Promise<string> {
    const held = this.#held;
    if (held !== undefined && held.value !== rejected) return held.value;
    const age = held?.obtainedAt === undefined ? Infinity : this.#options.clock.now() - held.obtainedAt;
    if (age < REMEMBER_REFUSAL && this.#accepted !== rejected) return rejected;
    return (await this.#shared(rejected, signal)).value;
  }

  /** Drops the token here and in the store; the next request signs in. */
  async forget(): Promise<void> {
    this.forgetHeld();
    await this.#options.secrets.storeToken(this.#options.server, undefined);
  }

  /** Drops what is in memory: the store changed in another window. */
  forgetHeld(): void {
    this.#held = undefined;
    this.#refusal = undefined;
  }

  #isFresh(token: HeldToken): boolean {
    const now = this.#options.clock.now();
    const life = token.obtainedAt === undefined ? Infinity : token.expiresAt - token.obtainedAt;
    return now < token.expiresAt - Math.min(LONGEST_MARGIN, life / 10);
  }

  /** Everybody who waits shares one exchange; it stops only when all of them have left. */
  async #shared(rejected: string | undefined, signal: AbortSignal | undefined): Promise<HeldToken> {
    if (signal?.aborted === true) throw abortReason(signal);
    const exchange = (this.#exchange ??= this.#start(rejected));
    exchange.waiting++;
    try {
      return await untilAborted(exchange.promise, signal);
    } finally {
      exchange.waiting--;
      if (exchange.waiting === 0 && this.#exchange === exchange) {
        this.#exchange = undefined;
        exchange.stop.abort();
      }
    }
  }

  #start(rejected: string | undefined): Exchange {
    const stop = new AbortController();
    const promise = this.#obtain(rejected, stop.signal);
    const exchange: Exchange = { promise, stop, waiting: 0 };
    const finish = (): void => {
      if (this.#exchange === exchange) this.#exchange = undefined;
    };
    promise.then(finish, finish);
    return exchange;
  }

  async #obtain(rejected: string | undefined, signal: AbortSignal): Promise<HeldToken> {
    const { server, secrets } = this.#options;
    const stored = await secrets.token(server);
    if (stored !== undefined && stored.value !== rejected) {
      const held: HeldToken = { ...stored, obtainedAt: undefined };
      if (this.#isFresh(held)) {
        this.#held = held;
        return held;
      }
    }
    const credentials = await secrets.credentials(server);
    if (credentials === undefined) throw explain(POWERSCHOOL_PROBLEMS, 'PS940', [server.name]);
    const token = await this.#exchangeFor(credentials, signal);
    this.#held = { ...token, obtainedAt: this.#options.clock.now() };
    await this.#store(token);
    return this.#held;
  }

  async #exchangeFor(credentials: Credentials, signal: AbortSignal): Promise<AccessToken> {
    const { server, transport, clock, log, timeouts } = this.#options;
    const refusal = this.#refusal;
    if (
      refusal !== undefined &&
      refusal.credentials.clientId === credentials.clientId &&
      refusal.credentials.clientSecret === credentials.clientSecret &&
      clock.now() - refusal.at < REMEMBER_REFUSAL
    ) {
      throw refusal.error;
    }
    log?.({ level: 'info', text: `${server.name}: POST /oauth/access_token (Authorization: Basic ***)` });
    try {
      const response = await transport.send(tokenRequest(server.origin, credentials, timeouts, signal));
      const token = await readTokenAnswer(response, server.origin, credentials, clock.now());
      const minutes = Math.round((token.expiresAt - clock.now()) / 60_000);
      log?.({ level: 'info', text: `${server.name}: signed in, the token is valid for ${minutes} minutes` });
      this.#refusal = undefined;
      return token;
    } catch (error) {
      if (error instanceof ExplainedError) {
        log?.({ level: 'warn', text: `${server.name}: sign-in failed, ${error.code}: ${error.message}` });
        if (error.code === 'PS941') this.#refusal = { credentials, error, at: clock.now() };
      }
      throw error;
    }
  }

  /** A store that fails costs a sign-in next time, not this request. */
  async #store(token: AccessToken): Promise<void> {
    const { server, secrets, log } = this.#options;
    try {
      await secrets.storeToken(server, token);
    } catch {
      log?.({ level: 'warn', text: `${server.name}: the token could not be kept in the store of secrets` });
    }
  }
}
