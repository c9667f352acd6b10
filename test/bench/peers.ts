import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPeerTools } from '../support/peerTools.ts';
import { type Contender, nodeScript } from './measure.ts';

/** The same job in the words of a peer; each signs in first. */
export interface Peers {
  /** One list of GETs from a file. */
  readonly httpyac: (name: string, text: string, folder: string, port: number) => Promise<Contender>;
  readonly newman: (name: string, collection: NewmanJob, folder: string, port: number) => Promise<Contender>;
}

export interface NewmanJob {
  /** Paths, `{{page}}` is the iteration from 1. */
  readonly paths: readonly string[];
  readonly iterations?: number;
}

/** The peers, downloaded the first time. Rejects where the registry cannot be reached. */
export async function installPeers(): Promise<Peers> {
  const tools = await installPeerTools();
  return {
    httpyac: async (title, text, where, port) => {
      const file = path.join(where, 'peer.http');
      await writeFile(file, `${signIn(port)}\n${text}`);
      const args = ['send', 'peer.http', '--all', '--output', 'none'];
      return { ...nodeScript(title, pathToFileURL(tools.httpyac), args), cwd: where };
    },
    newman: async (title, job, where, port) => {
      const file = path.join(where, `newman-${job.paths.length}.json`);
      await writeFile(file, JSON.stringify(collectionOf(job, port)));
      const rounds = job.iterations === undefined ? [] : ['-n', job.iterations];
      return nodeScript(title, pathToFileURL(tools.newman), ['run', file, '--silent', ...rounds]);
    },
  };
}

function signIn(port: number): string {
  return `@host = http://127.0.0.1:${port}
# @name login
POST {{host}}/oauth/access_token
Authorization: Basic ${Buffer.from('bench:bench').toString('base64')}
Content-Type: application/x-www-form-urlencoded

grant_type=client_credentials
`;
}

/** A GET for httpyac that uses the token of the sign-in. */
export function httpyacGet(target: string, directives = ''): string {
  return `###\n# @ref login\n${directives}GET {{host}}${target}\nAuthorization: Bearer {{login.access_token}}\nAccept: application/json\n`;
}

function collectionOf({ paths }: NewmanJob, port: number): unknown {
  const host = `http://127.0.0.1:${port}`;
  const login = {
    name: 'login',
    request: {
      method: 'POST',
      url: `${host}/oauth/access_token`,
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: 'bench', type: 'string' },
          { key: 'password', value: 'bench', type: 'string' },
        ],
      },
      body: { mode: 'urlencoded', urlencoded: [{ key: 'grant_type', value: 'client_credentials' }] },
    },
    event: [script('test', 'pm.collectionVariables.set("token", pm.response.json().access_token);')],
  };
  const requests = paths.map((target, index) => ({
    name: `request ${index}`,
    request: {
      method: 'GET',
      url: host + target,
      header: [
        { key: 'Authorization', value: 'Bearer {{token}}' },
        { key: 'Accept', value: 'application/json' },
      ],
    },
    event: target.includes('{{page}}')
      ? [script('prerequest', 'pm.variables.set("page", pm.info.iteration + 1);')]
      : [],
  }));
  return {
    info: { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [login, ...requests],
    variable: [{ key: 'token', value: '' }],
  };
}

function script(listen: string, ...exec: string[]): unknown {
  return { listen, script: { type: 'text/javascript', exec } };
}
