import { readFile, realpath } from 'node:fs/promises';
import type { Transport } from '../../src/core/http/transport.ts';
import { redactHeaders } from '../../src/core/http/redaction.ts';
import { parseEnvironmentFile, type EnvironmentFile } from '../../src/core/request/environment.ts';
import { parseRequestFile } from '../../src/core/request/parse.ts';
import type { RequestSender, RunPorts, ServerConnection } from '../../src/core/run/ports.ts';
import { runRequests } from '../../src/core/run/runRequests.ts';
import type { RunOptions } from '../../src/core/run/runOptions.ts';
import type { RunResult } from '../../src/core/run/runResult.ts';

/** The token that the senders of these tests put on requests that may carry it. */
export const TEST_TOKEN = '0f1e2d3c-invented-token';

/** Sends through a real transport, with the test token where it is allowed. No redirects, no retries. */
export function plainSender(transport: Transport): RequestSender {
  return {
    async send(request) {
      const headers = [...request.headers];
      if (request.authorize === true) headers.push(['Authorization', `Bearer ${TEST_TOKEN}`]);
      const url = new URL(request.target);
      const { method, body, signal } = request;
      const response = await transport.send({ method, url, headers, body, signal });
      return { ...response, url, sentHeaders: redactHeaders(headers) };
    },
  };
}

export interface RunSetting extends Partial<Omit<RunOptions, 'files' | 'ports'>> {
  readonly transport: Transport;
  /** Origin of the active server. */
  readonly origin?: string;
  readonly kind?: 'production' | 'test';
  /** Other servers by name. */
  readonly servers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly roots?: readonly string[];
  readonly environments?: readonly EnvironmentFile[];
  readonly ports?: Partial<RunPorts>;
}

/** Runs the text of a request file and collects the results. */
export async function runText(text: string, setting: RunSetting): Promise<RunResult[]> {
  const {
    transport,
    origin,
    kind = 'test',
    servers = {},
    path = '/nowhere/test.ps.http',
    roots = [],
    environments = [],
    ports,
    ...options
  } = setting;
  const sender = plainSender(transport);
  const connection = (name: string, at: string): ServerConnection => ({
    server: { id: name, name, origin: at, kind },
    sender,
  });
  const allPorts: RunPorts = {
    clientFor: (name) => {
      const at = name === undefined ? origin : servers[name];
      return Promise.resolve(at === undefined ? undefined : connection(name ?? 'active', at));
    },
    anonymousSender: () => Promise.resolve(sender),
    files: { realPath: (file) => realpath(file), read: (file) => readFile(file) },
    processEnv: () => undefined,
    now: () => Date.UTC(2026, 7, 24),
    random: Math.random,
    ...ports,
  };
  const results: RunResult[] = [];
  const files = [{ path, file: parseRequestFile(text), environments, roots }];
  for await (const event of runRequests({ files, ports: allPorts, ...options })) {
    if (event.kind === 'result') results.push(event.result);
  }
  return results;
}

export function environmentOf(json: unknown, path = 'http-client.env.json'): EnvironmentFile {
  const file = parseEnvironmentFile(JSON.stringify(json), path);
  if (file instanceof Error) throw file;
  return file;
}
