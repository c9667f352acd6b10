import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const TABLES = 1000;
const COLUMNS = 100;
const WORDS = ['BIRTH', 'HOME', 'LUNCH', 'ENTRY', 'STATE', 'BUS', 'FEE', 'GRADE', 'TEST', 'PHONE'];

/** A district with a thousand tables of a hundred columns each, which answers what the tree asks. */
export interface LargeServer {
  readonly url: string;
  /** Paths that were asked for, besides tokens. */
  readonly asked: string[];
  readonly tables: readonly string[];
  metadata(table: string): unknown;
  stop(): Promise<void>;
}

export async function startLargeServer(): Promise<LargeServer> {
  const tables = Array.from({ length: TABLES }, (_, index) => `U_LARGE_${String(index).padStart(4, '0')}`);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const isToken = path.startsWith('/oauth/');
    if (!isToken) asked.push(path);
    request.resume();
    const body = isToken ? { access_token: 'token', token_type: 'Bearer', expires_in: '86400' } : answer(path, tables);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, tables, metadata, stop: () => stopServer(server) };
}

function answer(path: string, tables: readonly string[]): unknown {
  if (path === '/ws/v1/metadata') return { metadata: { powerschool_version: '25.9.0.0', plugin_id: 1 } };
  if (path === '/ws/schema/table') return { tables: tables.map((name) => ({ name, primaryKey: 'dcid' })) };
  const table = /^\/ws\/schema\/table\/(\w+)\/metadata$/.exec(path)?.[1];
  return table === undefined ? undefined : metadata(table);
}

function metadata(table: string): unknown {
  const columns = Array.from({ length: COLUMNS }, (_, index) => ({
    name: `${WORDS[index % WORDS.length]}_${table.slice(-4)}_${index}`,
    access: index % 3 === 0 ? 'NoAccess' : 'ViewOnly',
    type: 'String',
  }));
  return { name: table, primaryKey: 'dcid', columns };
}

async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
