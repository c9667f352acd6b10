import { readFile, realpath } from 'node:fs/promises';
import { createClient } from '../core/powerschool/createClient.ts';
import type { PowerSchoolClient } from '../core/powerschool/client.ts';
import type { RunPorts } from '../core/run/ports.ts';
import type { CliIo } from './cliIo.ts';
import type { EnvironmentServers } from './environmentServers.ts';
import { RunSpools } from './runSpools.ts';
import { askOnTerminal } from './terminalPrompt.ts';

/** What a run needs of the command line, and `close` for all that it opened. */
export function createRunPorts(
  servers: EnvironmentServers,
  io: CliIo,
): { ports: RunPorts; close: () => Promise<void> } {
  const spools = new RunSpools();
  const anonymous = new Map<string, PowerSchoolClient>();
  const canAsk = io.stdin.isTTY === true && io.stderr.isTerminal;
  const ports: RunPorts = {
    clientFor: async (name) => {
      const client = await servers.client(name);
      return client === undefined ? undefined : { server: client.server, sender: client };
    },
    anonymousSender: (origin) => {
      const client = anonymous.get(origin) ?? anonymousClient(origin);
      anonymous.set(origin, client);
      return Promise.resolve(client);
    },
    files: { realPath: (path) => realpath(path), read: (path) => readFile(path) },
    processEnv: (name) => io.env[name],
    prompt: canAsk ? (question) => askOnTerminal(question, io) : undefined,
    openSpool: () => spools.open(),
    now: () => Date.now(),
    random: () => Math.random(),
  };
  return {
    ports,
    close: async () => {
      await Promise.all([...anonymous.values()].map((client) => client.close()));
      await servers.close();
      await spools.removeAll();
    },
  };
}

/** For a whole address when no server is active: without any credential. */
function anonymousClient(origin: string): PowerSchoolClient {
  return createClient({
    server: { id: origin, name: new URL(origin).host, origin, kind: 'test' },
    secrets: {
      credentials: () => Promise.resolve(undefined),
      token: () => Promise.resolve(undefined),
      storeToken: () => Promise.resolve(),
    },
  });
}
