// What a careful person would write for one job: plain node:http, one agent, no library.
import { Agent, request } from 'node:http';

export function client(port, sockets = 1) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  let token = '';
  const send = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, method, path, agent, headers }, resolve);
      call.on('error', reject);
      call.end(body);
    });
  return {
    async signIn() {
      const headers = {
        Authorization: `Basic ${Buffer.from('bench:bench').toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
      };
      const answer = await send('POST', '/oauth/access_token', headers, 'grant_type=client_credentials');
      token = JSON.parse((await bytes(answer)).toString()).access_token;
    },
    get: (path) => send('GET', path, { Authorization: `Bearer ${token}`, Accept: 'application/json' }),
    bytes,
    close: () => agent.destroy(),
  };
}

async function bytes(response) {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
