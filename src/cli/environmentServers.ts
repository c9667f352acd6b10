import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PowerSchoolClient } from '../core/powerschool/client.ts';
import { createClient } from '../core/powerschool/createClient.ts';
import type { AccessToken, Credentials, SecretStore, Server } from '../core/powerschool/server.ts';
import { parseServerUrl } from '../core/powerschool/serverUrl.ts';
import type { Arguments } from './arguments.ts';
import { type CliIo, readAll } from './cliIo.ts';
import { UsageError } from './usageError.ts';

const PREFIX = 'POWERSCHOOL';

/**
 * The servers that the environment names: `POWERSCHOOL_URL`, `…_CLIENT_ID`, `…_CLIENT_SECRET`, `…_CA_FILE`, and for
 * `# @server NAME` the same with the name between (upper case, other characters `_`). Nothing is kept on disk.
 */
export class EnvironmentServers {
  readonly #io: CliIo;
  readonly #args: Arguments;
  readonly #clients = new Map<string, Promise<PowerSchoolClient | undefined>>();
  readonly #settings: { readonly concurrency?: number | undefined; readonly timeout?: number | undefined };
  #secret: Promise<string> | undefined;

  constructor(
    args: Arguments,
    io: CliIo,
    settings: { concurrency?: number | undefined; timeout?: number | undefined } = {},
  ) {
    this.#args = args;
    this.#io = io;
    this.#settings = settings;
  }

  /** The client of the active server. Throws `UsageError` when the environment does not say enough. */
  async active(): Promise<PowerSchoolClient> {
    const client = await this.client(undefined);
    if (client === undefined) throw new UsageError('There is no server. Set POWERSCHOOL_URL, or use --url.');
    for (const name of this.#secretInput ? ['CLIENT_ID'] : ['CLIENT_ID', 'CLIENT_SECRET']) {
      if (this.#value(undefined, name) === undefined) {
        throw new UsageError(`${PREFIX}_${name} is not set. Plugin Management, Data Provider Configuration shows it.`);
      }
    }
    return client;
  }

  /** The client of a named server, or of the active one; undefined when the environment does not name it. */
  client(name: string | undefined): Promise<PowerSchoolClient | undefined> {
    const key = name === undefined ? '' : variablePart(name);
    let client = this.#clients.get(key);
    if (client === undefined) {
      client = this.#create(name);
      this.#clients.set(key, client);
    }
    return client;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#clients.values()].map(async (client) => (await client.catch(() => undefined))?.close()),
    );
  }

  get #secretInput(): boolean {
    return this.#args.flag('secret-stdin');
  }

  async #create(name: string | undefined): Promise<PowerSchoolClient | undefined> {
    const address = (name === undefined ? this.#args.text('url') : undefined) ?? this.#value(name, 'URL');
    if (address === undefined) return undefined;
    const parsed = parseServerUrl(address);
    if (parsed.kind === 'wrong') throw parsed.problem;
    if (parsed.kind === 'confirm' && !this.#args.flag('plain-http')) {
      throw new UsageError(`${parsed.problem.message} Use https, or --plain-http when that is what you want.`);
    }
    const ca = await this.#readCa(name);
    const server: Server = {
      id: name ?? 'active',
      name: name ?? new URL(parsed.origin).host,
      origin: parsed.origin,
      kind: 'production',
      ...(ca === undefined ? {} : { network: { ca: [ca] } }),
    };
    return createClient({ server, secrets: this.#secretsOf(name), ...this.#settings });
  }

  async #readCa(name: string | undefined): Promise<string | undefined> {
    const file =
      (name === undefined ? this.#args.text('ca') : this.#value(name, 'CA_FILE')) ?? this.#value(undefined, 'CA_FILE');
    if (file === undefined) return undefined;
    try {
      return await readFile(path.resolve(this.#io.cwd, file), 'utf8');
    } catch (error) {
      throw new UsageError(
        `The CA file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #secretsOf(name: string | undefined): SecretStore {
    let token: AccessToken | undefined;
    return {
      credentials: async (): Promise<Credentials | undefined> => {
        const clientId = this.#value(name, 'CLIENT_ID');
        const fromInput = name === undefined && this.#secretInput;
        const clientSecret = fromInput ? await this.#readSecret() : this.#value(name, 'CLIENT_SECRET');
        return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
      },
      token: () => Promise.resolve(token),
      storeToken: (_server, value) => {
        token = value;
        return Promise.resolve();
      },
    };
  }

  #readSecret(): Promise<string> {
    this.#secret ??= (async () => {
      if (this.#io.stdin.isTTY === true) await this.#io.stderr.write('Client Secret, then Enter and Ctrl+D: ');
      const text = (await readAll(this.#io.stdin))
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trim();
      if (text === '') throw new UsageError('--secret-stdin was given, but standard input is empty.');
      return text;
    })();
    return this.#secret;
  }

  /** An empty variable counts as not set. */
  #value(name: string | undefined, part: string): string | undefined {
    const key = name === undefined ? `${PREFIX}_${part}` : `${PREFIX}_${variablePart(name)}_${part}`;
    const value = this.#io.env[key]?.trim();
    return value === '' ? undefined : value;
  }
}

/** `North Side` → `NORTH_SIDE`. */
function variablePart(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
